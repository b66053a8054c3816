import { DescribeRulesCommand, DescribeTargetHealthCommand } from '@aws-sdk/client-elastic-load-balancing-v2';
import { type DoctorCheck, deployCommand, fault, ok, Unknown } from '../check.ts';

/** Do the weights of the production rule lead to tasks? ECS owns them on a stage with canary deployments. */
export const productionRule: DoctorCheck = {
  name: 'production rule',
  async run({ context, resources }) {
    const { clients, stage } = context;
    const rules = await resources('service', 'AWS::ElasticLoadBalancingV2::ListenerRule');
    const rule = rules.find(({ logicalId }) => logicalId.includes('Production'));
    if (rule === undefined) throw new Unknown('the service stack has no production rule', deployCommand(context));
    const { Rules = [] } = await clients.elb.send(new DescribeRulesCommand({ RuleArns: [rule.physicalId] }));
    const weights = weightsOf(Rules[0]?.Actions);
    const empty: string[] = [];
    for (const { arn, weight } of weights) {
      if (weight === 0) continue;
      const { TargetHealthDescriptions = [] } = await clients.elb.send(
        new DescribeTargetHealthCommand({ TargetGroupArn: arn }),
      );
      if (!TargetHealthDescriptions.some(({ TargetHealth }) => TargetHealth?.State === 'healthy')) empty.push(arn);
    }
    const shown = weights.map(({ arn, weight }) => `${arn.split('/')[1]} ${weight}`).join(', ');
    if (empty.length === 0) return ok(`its weights lead to healthy tasks: ${shown}`);
    return fault(
      `it sends requests to a target group without a healthy task, which answers 503: ${shown}`,
      `npm run ops -- restart --stage ${stage}, which lets ECS set the weights; never set them by hand to those of the template`,
    );
  },
};

export interface TargetWeight {
  readonly arn: string;
  readonly weight: number;
}

interface ForwardingAction {
  readonly Type?: string;
  readonly TargetGroupArn?: string;
  readonly ForwardConfig?: { readonly TargetGroups?: readonly { TargetGroupArn?: string; Weight?: number }[] };
}

/** Target groups that an action of a rule forwards to. ELB counts a weight that is not given as 1. */
export function weightsOf(actions: unknown): TargetWeight[] {
  if (!Array.isArray(actions)) return [];
  return (actions as readonly ForwardingAction[]).flatMap(({ TargetGroupArn, ForwardConfig }) => {
    const groups = ForwardConfig?.TargetGroups ?? (TargetGroupArn ? [{ TargetGroupArn, Weight: 1 }] : []);
    return groups.map(({ TargetGroupArn: arn = '', Weight = 1 }) => ({ arn, weight: Weight }));
  });
}
