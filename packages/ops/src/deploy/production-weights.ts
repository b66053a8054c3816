import { isDeepStrictEqual } from 'node:util';
import { DescribeRulesCommand } from '@aws-sdk/client-elastic-load-balancing-v2';
import type { ResourceBody, TemplateBody } from '@healthcare-ai/cloud-policies/core/template';
import { stackResources } from '../aws/stack-resources.ts';
import { weightsOf } from '../doctor/live/production-rule.ts';
import { OpsFailure } from '../errors.ts';
import type { StackArtifact } from './assembly.ts';
import type { DeployContext } from './context.ts';
import { deployedTemplate, findStack } from './stack-state.ts';

/**
 * ECS owns the weights of the production rule of a canary deployment, and CloudFormation sends those of the template again
 * with any change of the rule (https://github.com/aws/aws-cdk/issues/36649): all requests could then go to a target group
 * without tasks.
 *
 * @throws OpsFailure when the new template would do so
 */
export async function checkProductionWeights(context: DeployContext, artifact: StackArtifact): Promise<void> {
  const { cloudFormation, elb } = context.clientsOf(artifact.region);
  if ((await findStack(cloudFormation, artifact.name)).state !== 'ready') return;
  const before = (await deployedTemplate(cloudFormation, artifact.name)) ?? {};
  for (const [logicalId, rule] of productionRules(before)) {
    const next = artifact.template.Resources?.[logicalId];
    if (next === undefined || isDeepStrictEqual(rule, next)) continue;
    const resources = (await stackResources(context, artifact.name)) ?? [];
    const physical = new Map(resources.map((resource) => [resource.logicalId, resource.physicalId]));
    const { Rules = [] } = await elb.send(new DescribeRulesCommand({ RuleArns: [physical.get(logicalId)!] }));
    const live = new Set(weightsOf(Rules[0]?.Actions).flatMap(({ arn, weight }) => (weight > 0 ? [arn] : [])));
    const wanted = receivers(next).map((target) => physical.get(target));
    if (wanted.every((target) => target !== undefined && live.has(target))) continue;
    throw new OpsFailure(
      `The new template changes the production rule ${logicalId}, and CloudFormation would send its weights again: all requests would go to the target group without tasks, which answers 503. Shift the traffic back with one deployment first: npm run ops -- restart --stage ${context.stage}. Then run the same command again.`,
    );
  }
}

/** Rules that ECS shifts traffic with: they forward to two target groups. */
function productionRules({ Resources = {} }: TemplateBody): [string, ResourceBody][] {
  return Object.entries(Resources).filter(
    ([, { Type, Properties }]) =>
      Type === 'AWS::ElasticLoadBalancingV2::ListenerRule' && weightsOf(Properties?.Actions).length > 1,
  );
}

/** Logical ids of the target groups that get requests by the weights of a template. */
const receivers = ({ Properties }: ResourceBody): string[] =>
  weightsOf(Properties?.Actions).flatMap(({ arn, weight }) => {
    const { Ref } = arn as unknown as { readonly Ref?: string };
    return weight > 0 && Ref !== undefined ? [Ref] : [];
  });
