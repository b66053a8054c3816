import type { Policy } from '../core/finding.ts';
import { refersTo, unmet } from '../core/requirements.ts';
import { isLogDelivery } from './log-delivery.ts';

export const bucketLogged: Policy = {
  id: 'bucket-logged',
  description: 'Access to every bucket is logged to another one; only the bucket that receives the logs is exempt.',
  *check(assembly) {
    for (const bucket of assembly.resources('AWS::S3::Bucket')) {
      if (isLogDelivery(bucket)) continue;
      yield* unmet(bucket, { 'LoggingConfiguration.DestinationBucketName': refersTo('AWS::S3::Bucket') });
    }
  },
};
