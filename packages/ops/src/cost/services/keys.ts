import { type CostedService, UncountableError } from '../service.ts';

/** `awskms` names regions in full: `us-east-1-KMS-Keys`. */
const kms = (usageType: string) => ({ service: 'awskms', usageType });

/** KMS and Secrets Manager: https://aws.amazon.com/kms/pricing/, https://aws.amazon.com/secrets-manager/pricing/ */
export const keys: CostedService = {
  meters: {
    'kms-key': { title: 'KMS key', by: 'hour', unit: 'key months', priceList: kms('KMS-Keys') },
    'kms-request': {
      title: 'KMS requests, symmetric keys',
      by: 'request',
      unit: 'requests',
      priceList: kms('KMS-Requests'),
    },
    'kms-signature': {
      title: 'KMS requests, elliptic-curve keys',
      by: 'request',
      unit: 'requests',
      priceList: kms('KMS-Requests-Asymmetric'),
    },
    secret: {
      title: 'Secrets Manager, secret',
      by: 'hour',
      unit: 'secret months',
      priceList: { service: 'AWSSecretsManager', usageType: 'AWSSecretsManager-Secrets' },
    },
  },
  counters: {
    'AWS::KMS::Key': ({ KeySpec = 'SYMMETRIC_DEFAULT', EnableKeyRotation }, { assume, stacks }) => {
      if (KeySpec.startsWith('ECC_')) {
        const signatures = (assume.hours * 60) / assume.checkpointMinutes;
        return [
          { meter: 'kms-key', low: 1, how: 'signing key' },
          { meter: 'kms-signature', low: signatures, how: 'hours x 60 / checkpointMinutes' },
        ];
      }
      if (KeySpec !== 'SYMMETRIC_DEFAULT') throw new UncountableError(`a key of spec ${KeySpec}`);
      const symmetric = stacks.flatMap(({ resources }) =>
        Object.values(resources).filter(
          ({ Type, Properties }) => Type === 'AWS::KMS::Key' && Properties?.KeySpec === undefined,
        ),
      ).length;
      return [
        EnableKeyRotation
          ? { meter: 'kms-key', low: 1, high: 3, how: '1, and 1 more for each of the first two rotations' }
          : { meter: 'kms-key', low: 1, how: '1' },
        { meter: 'kms-request', low: assume.dataKeys / symmetric, how: `dataKeys / ${symmetric} keys` },
      ];
    },
    // Its requests are those of the primary until the region is lost.
    'AWS::KMS::ReplicaKey': () => [
      { meter: 'kms-key', low: 1, high: 3, how: '1, and 1 more for each of the first two rotations' },
    ],
    'AWS::SecretsManager::Secret': () => [{ meter: 'secret', low: 1, how: '1' }],
  },
};
