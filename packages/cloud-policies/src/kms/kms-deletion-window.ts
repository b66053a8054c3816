import { atLeast, optional, propertyPolicy } from '../core/requirements.ts';

export const kmsDeletionWindow = propertyPolicy({
  id: 'kms-deletion-window',
  description: 'A key scheduled for deletion can be saved for 30 days: with it goes everything that it encrypts.',
  types: ['AWS::KMS::Key', 'AWS::KMS::ReplicaKey'],
  require: { PendingWindowInDays: optional(atLeast(30)) },
});
