import { customerKey, equals, matches, off, on, propertyPolicy } from '../core/requirements.ts';

export const ecrRepository = propertyPolicy({
  id: 'ecr-repository',
  description: 'Images are immutable, scanned on push and encrypted by a customer key.',
  types: ['AWS::ECR::Repository'],
  require: {
    ImageTagMutability: equals('IMMUTABLE'),
    'ImageScanningConfiguration.ScanOnPush': on,
    'EncryptionConfiguration.EncryptionType': equals('KMS', 'KMS_DSSE'),
    'EncryptionConfiguration.KmsKey': customerKey,
    EmptyOnDelete: off,
    'LifecyclePolicy.LifecyclePolicyText': matches(/"rules"/, 'rules that expire old images'),
  },
});
