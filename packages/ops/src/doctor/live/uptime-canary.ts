import { GetMetricStatisticsCommand } from '@aws-sdk/client-cloudwatch';
import { type DoctorCheck, deployCommand, fault, ok, Unknown } from '../check.ts';

const MINUTE = 60_000;

/** Does the uptime canary pass the web ACL, and its own runtime? Its last runs say so. */
export const uptimeCanary: DoctorCheck = {
  name: 'uptime canary',
  async run({ context, resources }) {
    const { clients, config, clock } = context;
    const [canary] = await resources('monitoring', 'AWS::Synthetics::Canary');
    if (canary === undefined) {
      if (config.network.exposure === 'internal') return ok('none: the load balancer is internal');
      if (config.alarms.uptimeCheckMinutes === 0) return ok('none: alarms.uptimeCheckMinutes is 0');
      throw new Unknown('the monitoring stack has no canary', deployCommand(context));
    }
    const name = canary.physicalId;
    const minutes = 3 * config.alarms.uptimeCheckMinutes;
    const { Datapoints = [] } = await clients.cloudWatch.send(
      new GetMetricStatisticsCommand({
        Namespace: 'CloudWatchSynthetics',
        MetricName: 'SuccessPercent',
        Dimensions: [{ Name: 'CanaryName', Value: name }],
        StartTime: new Date(clock.now() - minutes * MINUTE),
        EndTime: new Date(clock.now() + MINUTE),
        Period: 60,
        Statistics: ['Average'],
      }),
    );
    const last = Datapoints.toSorted((a, b) => Number(a.Timestamp) - Number(b.Timestamp)).at(-1);
    if (last === undefined) throw new Unknown(`${name} has not run in the last ${minutes} minutes`);
    if (last.Average === 100) return ok(`${name} passed its last run`);
    return fault(
      `${name} failed its last run`,
      `aws synthetics get-canary-runs --name ${name} --max-results 1; a status of 403 means that the web ACL blocks it`,
    );
  },
};
