import * as z from 'zod';
import { ed25519Key, integer, kmsKeyId } from './values.ts';

/** How the audit trail is sealed, and where it is published. */
export const trailSettings = {
  AUDIT_SIGNING_KEY: ed25519Key.optional().meta({
    description:
      'Ed25519 key that signs the checkpoints of the audit trail: a PKCS#8 PEM, or its 32-byte seed in base64. Production requires it or `AUDIT_SIGNING_KEY_ID`.',
    secret: true,
  }),
  AUDIT_SIGNING_KEY_ID: kmsKeyId.optional().meta({
    description:
      'AWS KMS key of spec `ECC_NIST_EDWARDS25519` that signs the checkpoints, instead of `AUDIT_SIGNING_KEY`.',
  }),
  AUDIT_SIGNING_KEY_NEXT: ed25519Key.optional().meta({
    description: 'Next signing key. It signs nothing until `audit rotate-signing-key` has named it.',
    secret: true,
  }),
  AUDIT_SIGNING_KEY_NEXT_ID: kmsKeyId.optional().meta({
    description: 'Next signing key, in AWS KMS.',
  }),
  AUDIT_CHECKPOINT_SECONDS: integer(1, 3_600).default(60).meta({
    description:
      'Maximum time between an audit event and its signed checkpoint. About 1,000 events trigger a checkpoint earlier.',
  }),
  AUDIT_LOG_GROUP: z
    .string()
    .regex(/^[\w./#-]{1,512}$/, 'must be the name of a CloudWatch log group')
    .optional()
    .meta({ description: 'CloudWatch log group for the published audit trail.' }),
  AUDIT_BUCKET: z
    .string()
    .regex(/^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/, 'must be the name of an S3 bucket')
    .optional()
    .meta({ description: 'S3 bucket with Object Lock for the published checkpoints.' }),
  AUDIT_DIR: z.string().optional().meta({
    description: 'Folder for the published audit trail, as JSON lines.',
    shown: '`audit` in `DATA_DIR` with the embedded database, else none',
  }),
};
