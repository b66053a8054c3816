import { DescribeAlarmsCommand, type MetricAlarm } from '@aws-sdk/client-cloudwatch';
import { ListSubscriptionsByTopicCommand, type Subscription } from '@aws-sdk/client-sns';
import { allPages } from '../../aws/all-pages.ts';
import type { OpsContext } from '../../context.ts';
import { type DoctorCheck, deployCommand, fault, ok, Unknown } from '../check.ts';

export const alarms: DoctorCheck = {
  name: 'alarms',
  async run({ context }) {
    const all = await alarmsOf(context);
    if (all.length === 0) throw new Unknown('not created yet', deployCommand(context));
    const named = (some: readonly MetricAlarm[]) => some.map(({ AlarmName }) => AlarmName).join(' ');
    const mute = all.filter(({ ActionsEnabled }) => !ActionsEnabled);
    if (mute.length > 0)
      return fault(
        `${named(mute)}: notifies nobody`,
        `aws cloudwatch enable-alarm-actions --alarm-names ${named(mute)}`,
      );
    const raised = all.filter(({ StateValue }) => StateValue === 'ALARM');
    if (raised.length > 0) {
      const saw = `in alarm: ${named(raised)}`;
      return fault(
        saw,
        `aws cloudwatch describe-alarms --alarm-names ${named(raised)} --query 'MetricAlarms[].[AlarmDescription,StateReason]'`,
      );
    }
    const silent = all.filter(({ StateValue }) => StateValue === 'INSUFFICIENT_DATA').length;
    return ok(`${all.length} quiet${silent > 0 ? `, of them ${silent} without data so far` : ''}`);
  },
};

const alarmsOf = ({ clients, names }: OpsContext): Promise<MetricAlarm[]> =>
  allPages(async (NextToken) => {
    const page = await clients.cloudWatch.send(
      new DescribeAlarmsCommand({ AlarmNamePrefix: `${names.base}-`, AlarmTypes: ['MetricAlarm'], NextToken }),
    );
    return [page.MetricAlarms, page.NextToken];
  });

/** An alarm without a confirmed subscriber is a fault. */
export const subscriptions: DoctorCheck = {
  name: 'alarm mail',
  async run({ context, resources }) {
    const [topic] = await resources('audit', 'AWS::SNS::Topic');
    if (!topic) throw new Unknown('the audit stack has no topic');
    const subscribed = await allPages<Subscription>(async (token) => {
      const command = new ListSubscriptionsByTopicCommand({ TopicArn: topic.physicalId, NextToken: token });
      const { Subscriptions, NextToken } = await context.clients.sns.send(command);
      return [Subscriptions, NextToken];
    });
    const waiting = subscribed.filter(({ SubscriptionArn }) => !SubscriptionArn?.startsWith('arn:'));
    const addresses = (some: readonly Subscription[]) => some.map(({ Endpoint }) => Endpoint).join(', ');
    if (waiting.length > 0) {
      return fault(
        `not confirmed: ${addresses(waiting)}`,
        'confirm by the link in the mail of AWS Notifications; a deploy sends another',
      );
    }
    if (subscribed.length === 0) {
      return fault(
        'no confirmed subscription',
        `alarms.emails in lib/config/stages.ts, then ${deployCommand(context)} --digest current`,
      );
    }
    return ok(addresses(subscribed));
  },
};
