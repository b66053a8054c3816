import * as z from 'zod';
import { key256, kmsKeyId } from './values.ts';

/** The master key that wraps the data keys. */
export const encryptionSettings = {
  ENCRYPTION_KEY: key256.optional().meta({
    description:
      'Master key that wraps the data keys: 32 bytes in base64 or hex. Production requires it or `KMS_KEY_ID`.',
    secret: true,
  }),
  ENCRYPTION_KEY_PREVIOUS: z
    .string()
    .transform((text) => text.split(',').map((item) => item.trim()))
    .pipe(z.array(key256))
    .default([])
    .meta({
      description: 'Former master keys, separated by commas. They only unwrap.',
      secret: true,
      shown: 'none',
    }),
  KMS_KEY_ID: kmsKeyId.optional().meta({
    description: 'AWS KMS key that wraps the data keys, instead of `ENCRYPTION_KEY`.',
  }),
};
