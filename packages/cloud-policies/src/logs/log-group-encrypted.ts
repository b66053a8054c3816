import { customerKey, propertyPolicy } from '../core/requirements.ts';

export const logGroupEncrypted = propertyPolicy({
  id: 'log-group-encrypted',
  description: 'Every log group is encrypted by a customer key.',
  types: ['AWS::Logs::LogGroup'],
  require: { KmsKeyId: customerKey },
});
