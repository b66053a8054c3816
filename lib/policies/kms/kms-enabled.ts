import { equals, optional, propertyPolicy } from '../core/requirements.ts';

/** Symmetric for data at rest; Ed25519 for the audit trail's checkpoints; HMAC for keyed hashes. */
const specs = ['SYMMETRIC_DEFAULT', 'ECC_NIST_EDWARDS25519', 'HMAC_256', 'HMAC_384', 'HMAC_512'];

export const kmsEnabled = propertyPolicy({
  id: 'kms-enabled',
  description: 'Keys are enabled, of AWS-generated material, and of a strong specification.',
  types: ['AWS::KMS::Key'],
  require: {
    Enabled: optional(equals(true)),
    KeySpec: optional(equals(...specs)),
    Origin: optional(equals('AWS_KMS')),
    BypassPolicyLockoutSafetyCheck: optional(equals(false)),
  },
});
