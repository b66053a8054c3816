import { DescribeLoadBalancerAttributesCommand } from '@aws-sdk/client-elastic-load-balancing-v2';
import type { TemplateBody } from '@healthcare-ai/cloud-policies';
import { stackResources } from '../aws/stack-resources.ts';
import { OpsFailure } from '../errors.ts';
import type { StackArtifact } from './assembly.ts';
import type { DeployContext } from './context.ts';
import { deployedTemplate } from './stack-state.ts';

const TYPE = 'AWS::ElasticLoadBalancingV2::LoadBalancer';

const balancersOf = ({ Resources = {} }: TemplateBody): string[] =>
  Object.keys(Resources).filter((id) => Resources[id]!.Type === TYPE);

/**
 * Another exposure replaces the load balancer. CloudFormation cannot delete the old one while it is protected: it would
 * leave it behind, and the subnets that it is in.
 *
 * @throws OpsFailure when the new template replaces a protected load balancer
 */
export async function checkLoadBalancer(context: DeployContext, artifact: StackArtifact): Promise<void> {
  const { cloudFormation, elb } = context.clientsOf(artifact.region);
  const before = await deployedTemplate(cloudFormation, artifact.name);
  const kept = new Set(balancersOf(artifact.template));
  const gone = balancersOf(before ?? {}).filter((id) => !kept.has(id));
  if (gone.length === 0) return;
  const resources = (await stackResources(context, artifact.name)) ?? [];
  for (const { logicalId, physicalId: arn } of resources) {
    if (!gone.includes(logicalId)) continue;
    const { Attributes } = await elb.send(new DescribeLoadBalancerAttributesCommand({ LoadBalancerArn: arn }));
    if (!Attributes?.some(({ Key, Value }) => Key === 'deletion_protection.enabled' && Value === 'true')) continue;
    throw new OpsFailure(
      `The new template replaces the load balancer ${logicalId}, which is protected against deletion: CloudFormation would leave it behind. Clients reach the stage again when its name points to the new load balancer. If you want that, take the protection off: aws elbv2 modify-load-balancer-attributes --region ${artifact.region} --load-balancer-arn ${arn} --attributes Key=deletion_protection.enabled,Value=false. Then run the same command again.`,
    );
  }
}
