import type { Policy } from '../core/finding.ts';
import type { Resource } from '../core/resource.ts';
import { statementsOf } from '../core/statements.ts';

/** Who publishes to a topic for whom: type and property that names the topic, and the service that does it. */
const publishers = [
  { type: 'AWS::CloudWatch::Alarm', path: 'AlarmActions', service: 'cloudwatch.amazonaws.com' },
  { type: 'AWS::Events::Rule', path: 'Targets', service: 'events.amazonaws.com' },
  { type: 'AWS::Backup::BackupVault', path: 'Notifications', service: 'backup.amazonaws.com' },
  { type: 'AWS::Budgets::Budget', path: 'NotificationsWithSubscribers', service: 'budgets.amazonaws.com' },
] as const;

/** Every resource that a property mentions, at any depth. */
const mentions = (resource: Resource, path: string): Resource[] => {
  const text = JSON.stringify(resource.get(path) ?? null);
  return resource.assembly.resources('AWS::SNS::Topic').filter((topic) => {
    const deep = (value: unknown): boolean =>
      typeof value === 'object' &&
      value !== null &&
      (resource.followAll(value as never).includes(topic) || Object.values(value).some(deep));
    return deep(JSON.parse(text));
  });
};

export const topicPublishers: Policy = {
  id: 'topic-publishers',
  description: "A topic's policy admits every service that publishes to it: else alarms are lost without a word.",
  *check(assembly) {
    const policies = assembly.resources('AWS::SNS::TopicPolicy');
    for (const { type, path, service } of publishers) {
      const topics = new Set(assembly.resources(type).flatMap((resource) => mentions(resource, path)));
      for (const topic of topics) {
        const admitted = policies
          .filter((policy) => policy.followAll(policy.get('Topics')).includes(topic))
          .flatMap((policy) => [...statementsOf(policy)])
          .some(
            (statement) =>
              statement.allows &&
              statement.actions.includes('sns:Publish') &&
              statement.principals.includes(`Service:${service}`) &&
              statement.resources.some((arn) => assembly.mentioned(arn).includes(topic)),
          );
        if (!admitted) yield topic.fault('', `no policy lets ${service} publish to it; allow sns:Publish`);
      }
    }
  },
};
