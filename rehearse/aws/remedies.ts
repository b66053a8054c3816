import { ModifyLoadBalancerAttributesCommand } from '@aws-sdk/client-elastic-load-balancing-v2';
import { stackResources } from '../../packages/ops/src/aws/stack-resources.ts';
import { command, type Place } from './place.ts';
import { ended } from './support.ts';

/** One more deployment of the same image, after which ECS sends the traffic to the group that the template names. */
export async function restart(place: Place): Promise<void> {
  ended(await command(place, 'ops', ['restart']), 0);
}

/** CloudFormation cannot delete a protected load balancer. */
export async function unprotect({ clients, names }: Place): Promise<void> {
  const resources = (await stackResources({ clients }, `${names.base}-service`))!;
  const { physicalId } = resources.find(({ type }) => type === 'AWS::ElasticLoadBalancingV2::LoadBalancer')!;
  const Attributes = [{ Key: 'deletion_protection.enabled', Value: 'false' }];
  await clients.elb.send(new ModifyLoadBalancerAttributesCommand({ LoadBalancerArn: physicalId, Attributes }));
}
