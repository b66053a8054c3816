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
    // A key of an elliptic curve signs; an absent usage would be refused.
    KeyUsage: {
      expected: 'SIGN_VERIFY for a curve, GENERATE_VERIFY_MAC for an HMAC, else ENCRYPT_DECRYPT',
      holds: (value, key) => {
        const spec = String(key.get('KeySpec') ?? '');
        const needed = spec.startsWith('ECC')
          ? 'SIGN_VERIFY'
          : spec.startsWith('HMAC')
            ? 'GENERATE_VERIFY_MAC'
            : 'ENCRYPT_DECRYPT';
        return (value ?? 'ENCRYPT_DECRYPT') === needed;
      },
    },
    Origin: optional(equals('AWS_KMS')),
    BypassPolicyLockoutSafetyCheck: optional(equals(false)),
  },
});
