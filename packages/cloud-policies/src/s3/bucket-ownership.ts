import { absent, equals, optional, propertyPolicy } from '../core/requirements.ts';

export const bucketOwnership = propertyPolicy({
  id: 'bucket-ownership',
  description: 'The account owns every object, and access control lists do not count.',
  types: ['AWS::S3::Bucket'],
  require: {
    'OwnershipControls.Rules.0.ObjectOwnership': optional(equals('BucketOwnerEnforced')),
    AccessControl: absent,
    WebsiteConfiguration: absent,
    CorsConfiguration: absent,
  },
});
