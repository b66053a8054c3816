import type { Policy } from '../core/finding.ts';
import { on, optional, unmet } from '../core/requirements.ts';

export const alarmNotifies: Policy = {
  id: 'alarm-notifies',
  description: 'Every alarm tells a topic of this deployment that somebody reads.',
  *check(assembly) {
    const subscribed = new Set(
      assembly.resources('AWS::SNS::Subscription').flatMap((item) => item.target('TopicArn') ?? []),
    );
    for (const topic of assembly.resources('AWS::SNS::Topic')) {
      if (topic.items('Subscription').length > 0) subscribed.add(topic);
    }
    for (const alarm of assembly.resources('AWS::CloudWatch::Alarm', 'AWS::CloudWatch::CompositeAlarm')) {
      yield* unmet(alarm, { ActionsEnabled: optional(on) });
      const actions = alarm.items('AlarmActions');
      const topics = actions
        .flatMap(({ value }) => alarm.follow(value) ?? [])
        .filter(({ type }) => type === 'AWS::SNS::Topic');
      if (topics.length === 0) yield alarm.fault('AlarmActions', 'tells no topic of this deployment; add one');
      if (topics.length > 0 && !topics.some((topic) => subscribed.has(topic))) {
        yield topics[0]!.fault('', `nobody subscribes to it, so ${alarm.logicalId} wakes nobody; add a subscription`);
      }
    }
  },
};
