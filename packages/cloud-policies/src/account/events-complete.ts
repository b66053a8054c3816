import { missing, type Policy } from '../core/finding.ts';
import { isRecord, listOf } from '../core/template.ts';

/** What happens without a metric, and has to be told. */
const watched = [
  { source: 'aws.ecs', type: 'ECS Task State Change', what: 'tasks that failed' },
  { source: 'aws.ecs', type: 'ECS Deployment State Change', what: 'deployments that failed' },
  { source: 'aws.guardduty', type: 'GuardDuty Finding', what: 'threats that GuardDuty found' },
  { source: 'aws.rds', type: 'RDS DB Cluster Event', what: 'failovers of the database' },
];

export const eventsComplete: Policy = {
  id: 'events-complete',
  description: 'A deployment that serves patients hears of failed tasks and deployments, of threats and of failovers.',
  *check(assembly) {
    if (assembly.resources('AWS::ECS::Service').length === 0) return;
    const patterns = assembly.resources('AWS::Events::Rule').map((rule) => rule.get('EventPattern'));
    for (const { source, type, what } of watched) {
      const heard = patterns.some(
        (pattern) =>
          isRecord(pattern) && listOf(pattern.source).includes(source) && listOf(pattern['detail-type']).includes(type),
      );
      if (!heard) yield missing(`no event rule on ${what} (${source}, ${type}); add one`);
    }
  },
};
