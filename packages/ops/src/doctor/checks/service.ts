import { DescribeTargetHealthCommand } from '@aws-sdk/client-elastic-load-balancing-v2';
import { unlessMissing } from '../../aws/unless-missing.ts';
import { short } from '../../rollout/digest.ts';
import { currentDigest } from '../../rollout/history.ts';
import { primaryOf, ServiceWatcher } from '../../rollout/service-view.ts';
import { type DoctorCheck, deployCommand, fault, ok, Unknown } from '../check.ts';

export const service: DoctorCheck = {
  name: 'service',
  async run({ context }) {
    const { stage } = context;
    const found = await unlessMissing('ClusterNotFound', new ServiceWatcher(context).view());
    if (found?.status !== 'ACTIVE') throw new Unknown('there is no service yet', deployCommand(context));
    const runs = primaryOf(found)?.digest;
    const wanted = await currentDigest(context);
    if (wanted !== undefined && runs !== wanted) {
      const saw = `it runs ${short(runs)}, and ${short(wanted)} is wanted`;
      return fault(saw, `npm run ops -- rollout ${wanted} --stage ${stage}`);
    }
    if (found.desired === 0 && found.running === 0 && context.config.service.minTasks === 0) {
      return ok(`stopped: npm run ops -- scale --min 1 --max 1 --stage ${stage} starts it`);
    }
    const saw = `${found.running} of ${found.desired} tasks run ${short(runs)}`;
    return found.running >= found.desired && found.running > 0
      ? ok(saw)
      : fault(saw, `npm run ops -- status --stage ${stage}, and npm run ops -- logs --stage ${stage} --level error`);
  },
};

export const targets: DoctorCheck = {
  name: 'targets',
  async run({ context: { clients, stage, config }, resources }) {
    const groups = await resources('service', 'AWS::ElasticLoadBalancingV2::TargetGroup');
    const described = await Promise.all(
      groups.map(({ physicalId }) => clients.elb.send(new DescribeTargetHealthCommand({ TargetGroupArn: physicalId }))),
    );
    const all = described.flatMap(({ TargetHealthDescriptions = [] }) => TargetHealthDescriptions);
    const healthy = all.filter(({ TargetHealth }) => TargetHealth?.State === 'healthy').length;
    const sick = all.filter(({ TargetHealth }) => TargetHealth?.State === 'unhealthy');
    const see = `npm run ops -- logs --stage ${stage} --level warn`;
    if (sick.length > 0) {
      const why = sick.map(
        ({ Target, TargetHealth }) => `${Target?.Id}: ${TargetHealth?.Description ?? TargetHealth?.Reason}`,
      );
      return fault(`${healthy} healthy, ${sick.length} not: ${why.slice(0, 3).join('; ')}`, see);
    }
    if (all.length === 0 && config.service.minTasks === 0) return ok('none: see "service"');
    if (healthy === 0) return fault(`none of ${all.length} is healthy`, see);
    return ok(`${healthy} healthy${all.length > healthy ? `, ${all.length - healthy} coming or going` : ''}`);
  },
};
