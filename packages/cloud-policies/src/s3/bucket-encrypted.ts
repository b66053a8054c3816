import type { Policy } from '../core/finding.ts';
import { customerKey, equals, unmet } from '../core/requirements.ts';
import { isLogDelivery } from './log-delivery.ts';

const path = 'BucketEncryption.ServerSideEncryptionConfiguration';
const rule = `${path}.0.ServerSideEncryptionByDefault`;

export const bucketEncrypted: Policy = {
  id: 'bucket-encrypted',
  description: 'Buckets are encrypted by a customer key; those that receive load balancer logs can only use SSE-S3.',
  *check(assembly) {
    for (const bucket of assembly.resources('AWS::S3::Bucket')) {
      const customer = {
        [`${rule}.SSEAlgorithm`]: equals('aws:kms', 'aws:kms:dsse'),
        [`${rule}.KMSMasterKeyID`]: customerKey,
      };
      const managed = { [`${rule}.SSEAlgorithm`]: equals('AES256', 'aws:kms', 'aws:kms:dsse') };
      yield* unmet(bucket, isLogDelivery(bucket) ? managed : customer);
      if (bucket.items(path).length > 1) yield bucket.fault(path, 'got more than one rule; use one');
    }
  },
};
