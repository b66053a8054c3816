import type { Policy } from '../core/finding.ts';
import { numberOf } from '../core/resource.ts';
import { isProduction, sixYearsInDays } from '../core/stage.ts';
import { show } from '../core/template.ts';
import { isAuditGroup } from './audit-group.ts';

/** What PutRetentionPolicy takes. https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_PutRetentionPolicy.html */
const allowed = [
  1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653,
];

export const logGroupRetention: Policy = {
  id: 'log-group-retention',
  description:
    'Every log group has a chosen retention: in production six years for the audit trail, 90 days for the rest.',
  *check(assembly) {
    for (const group of assembly.resources('AWS::Logs::LogGroup')) {
      const given = group.get('RetentionInDays');
      const production = isProduction(assembly);
      const least = production ? (isAuditGroup(group) ? sixYearsInDays : 90) : 7;
      if (!allowed.includes(numberOf(given)) || numberOf(given) < least) {
        const choices = allowed.filter((days) => days >= least).slice(0, 4);
        yield group.fault('RetentionInDays', `got ${show(given)}; use ${choices.join(', ')} or longer`);
      }
    }
  },
};
