import { metricsOf } from '../alarms/alarm-metrics.ts';
import type { Policy } from '../core/finding.ts';
import { equals, optional, present, unmet } from '../core/requirements.ts';

export const eventRule: Policy = {
  id: 'event-rule',
  description:
    'Event rules are on, match something, notify targets of this deployment, and an alarm counts failed deliveries.',
  *check(assembly) {
    const watched = assembly
      .resources('AWS::CloudWatch::Alarm')
      .flatMap(metricsOf)
      .filter(({ namespace, name }) => namespace === 'AWS/Events' && name === 'FailedInvocations')
      .flatMap(({ dimensions }) => assembly.mentioned(dimensions.RuleName ?? ''));
    for (const rule of assembly.resources('AWS::Events::Rule')) {
      yield* unmet(rule, { State: optional(equals('ENABLED')), Targets: present });
      if (rule.get('EventPattern') === undefined && rule.get('ScheduleExpression') === undefined) {
        yield rule.fault('EventPattern', 'matches nothing; add a pattern');
      }
      if (!watched.includes(rule)) {
        yield rule.fault('', 'no alarm on AWS/Events FailedInvocations of this rule; add one');
      }
      for (const { path } of rule.items('Targets')) {
        if (rule.followAll(rule.get(`${path}.Arn`)).length === 0) {
          yield rule.fault(`${path}.Arn`, `got ${rule.text(`${path}.Arn`)}; refer to a target of this deployment`);
        }
      }
    }
  },
};
