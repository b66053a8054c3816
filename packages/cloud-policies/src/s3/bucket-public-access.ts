import { on, propertyPolicy } from '../core/requirements.ts';

export const bucketPublicAccess = propertyPolicy({
  id: 'bucket-public-access',
  description: 'No bucket can be opened to the public: all four switches of the block are on.',
  types: ['AWS::S3::Bucket'],
  require: {
    'PublicAccessBlockConfiguration.BlockPublicAcls': on,
    'PublicAccessBlockConfiguration.BlockPublicPolicy': on,
    'PublicAccessBlockConfiguration.IgnorePublicAcls': on,
    'PublicAccessBlockConfiguration.RestrictPublicBuckets': on,
  },
});
