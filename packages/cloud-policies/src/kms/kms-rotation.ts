import { between, on, optional, propertyPolicy } from '../core/requirements.ts';

export const isSymmetric = (spec: unknown): boolean => spec === undefined || spec === 'SYMMETRIC_DEFAULT';

export const kmsRotation = propertyPolicy({
  id: 'kms-rotation',
  description: 'Symmetric customer keys rotate at least yearly.',
  types: ['AWS::KMS::Key'],
  where: (key) => isSymmetric(key.get('KeySpec')),
  require: { EnableKeyRotation: on, RotationPeriodInDays: optional(between(90, 365)) },
});
