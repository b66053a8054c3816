import * as z from 'zod';
import { ed25519Key, integer, kmsKeyId } from './values.ts';

/** How the audit trail is sealed, and where it is published. */
export const trailSettings = {
  AUDIT_SIGNING_KEY: ed25519Key.optional().meta({
    description:
      'Ed25519 key that signs the checkpoints of the audit trail: a PKCS#8 PEM, or its 32-byte seed in base64. Production needs it or `AUDIT_SIGNING_KEY_ID`.',
    secret: true,
  }),
  AUDIT_SIGNING_KEY_ID: kmsKeyId.optional().meta({
    description:
      'AWS KMS key of spec `ECC_NIST_EDWARDS25519` that signs the checkpoints, in place of `AUDIT_SIGNING_KEY`.',
  }),
  AUDIT_SIGNING_KEY_NEXT: ed25519Key.optional().meta({
    description: 'Key to go on with once `audit rotate-signing-key` has named it; until then it signs nothing.',
    secret: true,
  }),
  AUDIT_SIGNING_KEY_NEXT_ID: kmsKeyId.optional().meta({
    description: 'The same, as a key of AWS KMS.',
  }),
  AUDIT_CHECKPOINT_SECONDS: integer(1, 3_600).default(60).meta({
    description:
      'Longest time between an audit event and the signed checkpoint over it; about 1,000 events make one sooner.',
  }),
  AUDIT_LOG_GROUP: z
    .string()
    .regex(/^[\w./#-]{1,512}$/, 'must be the name of a CloudWatch log group')
    .optional()
    .meta({ description: 'CloudWatch log group that the audit trail is published to.' }),
  AUDIT_BUCKET: z
    .string()
    .regex(/^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/, 'must be the name of an S3 bucket')
    .optional()
    .meta({ description: 'S3 bucket with Object Lock that the checkpoints are published to.' }),
  AUDIT_DIR: z.string().optional().meta({
    description: 'Folder that the audit trail is published to, as JSON lines.',
    shown: '`audit` in `DATA_DIR` with the embedded database, else none',
  }),
};
