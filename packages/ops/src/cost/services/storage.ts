import type { Json } from '@healthcare-ai/lib/synth/templates';
import type { CostedService } from '../service.ts';

const s3 = (usageType: string) => ({ service: 'AmazonS3', usageType });

/** S3 and ECR: https://aws.amazon.com/s3/pricing/, https://aws.amazon.com/ecr/pricing/ */
export const storage: CostedService = {
  meters: {
    's3-storage': { title: 'S3 Standard', by: 'gigabyte', unit: 'GB months', priceList: s3('TimedStorage-ByteHrs') },
    's3-archive': {
      title: 'S3 Glacier Instant Retrieval',
      by: 'gigabyte',
      unit: 'GB months',
      priceList: s3('TimedStorage-GIR-ByteHrs'),
    },
    's3-write': { title: 'S3, objects written', by: 'request', unit: 'requests', priceList: s3('Requests-Tier1') },
    's3-read': { title: 'S3, objects read', by: 'request', unit: 'requests', priceList: s3('Requests-Tier2') },
    's3-archive-move': {
      title: 'S3, objects moved to Glacier Instant Retrieval',
      by: 'request',
      unit: 'requests',
      priceList: s3('Requests-Tier4'),
    },
    'image-storage': {
      title: 'Images in ECR',
      by: 'gigabyte',
      unit: 'GB months',
      priceList: { service: 'AmazonECR', usageType: 'TimedStorage-ByteHrs' },
    },
  },
  counters: {
    'AWS::S3::Bucket': ({ LifecycleConfiguration }, { assume }) => {
      const moves = (LifecycleConfiguration?.Rules ?? []).some(({ Transitions = [] }: Json) =>
        Transitions.some(({ StorageClass }: Json) => StorageClass === 'GLACIER_IR'),
      );
      return [
        moves
          ? { meter: 's3-storage', low: assume.auditBucketGb, how: 'auditBucketGb' }
          : { meter: 's3-storage', low: assume.accessLogGb, how: 'accessLogGb' },
        { meter: 's3-write', low: assume.bucketWrites, how: 'bucketWrites' },
        { meter: 's3-read', low: assume.bucketReads, how: 'bucketReads' },
        ...(moves
          ? [
              { meter: 's3-archive', low: assume.auditArchiveGb, how: 'auditArchiveGb' },
              { meter: 's3-archive-move', low: assume.bucketWrites, how: 'bucketWrites: each moves once' },
            ]
          : []),
      ];
    },
    'AWS::ECR::Repository': (_, { assume }) => [{ meter: 'image-storage', low: assume.imageGb, how: 'imageGb' }],
  },
};
