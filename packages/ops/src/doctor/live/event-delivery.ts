import { GetMetricStatisticsCommand } from '@aws-sdk/client-cloudwatch';
import { PutEventsCommand } from '@aws-sdk/client-eventbridge';
import type { OpsContext } from '../../context.ts';
import { waitFor } from '../../wait.ts';
import { type DoctorCheck, deployCommand, fault, ok, Unknown } from '../check.ts';

const MINUTE = 60_000;

/**
 * Does EventBridge reach the alarm topic? Sends one test event, and reads what became of it from the metrics of its rule.
 * EventBridge drops an event that a policy refuses, and no other trace of it exists.
 */
export const eventDelivery: DoctorCheck = {
  name: 'events to the alarm topic',
  async run({ context, resources }) {
    const { clients, names, stage, clock } = context;
    const rules = await resources('monitoring', 'AWS::Events::Rule');
    const rule = rules
      .find(({ logicalId }) => logicalId.includes('DeliveryTest'))
      ?.physicalId.split('|')
      .at(-1);
    if (rule === undefined)
      throw new Unknown('the monitoring stack has no rule for test events', deployCommand(context));
    const { source, detailType } = names.deliveryTest;
    const before = await countsOf(context, rule);
    const sentAt = new Date(clock.now()).toISOString();
    const { Entries } = await clients.events.send(
      new PutEventsCommand({
        Entries: [{ Source: source, DetailType: detailType, Detail: JSON.stringify({ stage, sentAt }) }],
      }),
    );
    const refused = Entries?.[0]?.ErrorMessage;
    if (refused !== undefined) throw new Unknown(`EventBridge refused the test event: ${refused}`);
    const after = await waitFor(context, {
      what: `the metrics of rule ${rule}`,
      look: async () => {
        const counts = await countsOf(context, rule);
        const grew = (name: 'delivered' | 'failed') => counts[name] > before[name];
        return grew('delivered') || grew('failed') ? counts : undefined;
      },
      everyMs: 15_000,
    });
    if (after.failed > before.failed) {
      return fault(
        'EventBridge cannot deliver to the alarm topic: alarms by events are lost',
        `deploy the audit stack again (npx cdk deploy '${stage}/audit' -c stage=${stage}): its topic and key must allow events.amazonaws.com without conditions`,
      );
    }
    return ok('a test event was delivered; the subscribers of the alarm topic received it');
  },
};

async function countsOf({ clients, clock }: OpsContext, RuleName: string) {
  const sum = async (MetricName: string) => {
    const { Datapoints = [] } = await clients.cloudWatch.send(
      new GetMetricStatisticsCommand({
        Namespace: 'AWS/Events',
        MetricName,
        Dimensions: [{ Name: 'RuleName', Value: RuleName }],
        StartTime: new Date(clock.now() - 60 * MINUTE),
        EndTime: new Date(clock.now() + MINUTE),
        Period: 3600,
        Statistics: ['Sum'],
      }),
    );
    return Datapoints.reduce((total, { Sum = 0 }) => total + Sum, 0);
  };
  const [invocations, failed] = await Promise.all([sum('Invocations'), sum('FailedInvocations')]);
  // AWS counts a failed invocation as an invocation, too.
  return { delivered: invocations - failed, failed };
}
