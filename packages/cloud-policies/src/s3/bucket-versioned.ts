import { equals, propertyPolicy } from '../core/requirements.ts';

export const bucketVersioned = propertyPolicy({
  id: 'bucket-versioned',
  description: 'Buckets keep what is overwritten or deleted.',
  types: ['AWS::S3::Bucket'],
  require: { 'VersioningConfiguration.Status': equals('Enabled') },
});
