import { equals, optional, propertyPolicy } from '../core/requirements.ts';

export const logGroupStandard = propertyPolicy({
  id: 'log-group-standard',
  description:
    'Log groups are of the standard class: the infrequent-access class knows no metric filters and no masking.',
  types: ['AWS::Logs::LogGroup'],
  require: { LogGroupClass: optional(equals('STANDARD')) },
});
