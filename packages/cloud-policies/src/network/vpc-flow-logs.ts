import type { Policy } from '../core/finding.ts';
import { equals, optional, refersTo, unmet } from '../core/requirements.ts';

export const vpcFlowLogs: Policy = {
  id: 'vpc-flow-logs',
  description: 'Every VPC logs all traffic, accepted and rejected, to a log group.',
  *check(assembly) {
    const logs = assembly.resources('AWS::EC2::FlowLog');
    for (const vpc of assembly.resources('AWS::EC2::VPC')) {
      if (!logs.some((log) => log.target('ResourceId') === vpc && log.get('ResourceType') === 'VPC')) {
        yield vpc.fault('', 'has no AWS::EC2::FlowLog; add one');
      }
    }
    for (const log of logs) {
      yield* unmet(log, {
        TrafficType: equals('ALL'),
        MaxAggregationInterval: optional(equals(60, 600)),
        LogDestinationType: optional(equals('cloud-watch-logs')),
        DeliverLogsPermissionArn: refersTo('AWS::IAM::Role'),
      });
      const group = log.target('LogGroupName') ?? log.target('LogDestination');
      if (group?.type !== 'AWS::Logs::LogGroup')
        yield log.fault('LogGroupName', 'refer to a log group of this deployment');
    }
  },
};
