import {
  ContinueUpdateRollbackCommand,
  DeleteStackCommand,
  DescribeStackResourcesCommand,
  UpdateTerminationProtectionCommand,
} from '@aws-sdk/client-cloudformation';
import { ModifyLoadBalancerAttributesCommand } from '@aws-sdk/client-elastic-load-balancing-v2';
import { OpsFailure } from '../errors.ts';
import type { StackArtifact } from './assembly.ts';
import type { DeployContext } from './context.ts';
import { failureOf } from './stack-failure.ts';
import { findStack, stackAtRest } from './stack-state.ts';

/**
 * Deletes a stack whose first creation failed: CloudFormation can do nothing else with it. Its protections are taken
 * off, since what they protect never came to be; resources with the policy to retain stay.
 *
 * @throws OpsFailure with the resource that cannot be deleted
 */
export async function clearFailedCreation(context: DeployContext, { name, region }: StackArtifact): Promise<void> {
  const { cloudFormation, elb } = context.clientsOf(region);
  const since = new Date(context.clock.now() - 60_000);
  const { stack } = await findStack(cloudFormation, name);
  if (stack?.EnableTerminationProtection) {
    await cloudFormation.send(
      new UpdateTerminationProtectionCommand({ StackName: name, EnableTerminationProtection: false }),
    );
  }
  const { StackResources = [] } = await cloudFormation.send(new DescribeStackResourcesCommand({ StackName: name }));
  for (const { ResourceType, PhysicalResourceId, ResourceStatus } of StackResources) {
    // It was made with deletion protection, which keeps CloudFormation itself from undoing it.
    if (ResourceType !== 'AWS::ElasticLoadBalancingV2::LoadBalancer' || ResourceStatus === 'DELETE_COMPLETE') continue;
    if (!PhysicalResourceId?.startsWith('arn:')) continue;
    const Attributes = [{ Key: 'deletion_protection.enabled', Value: 'false' }];
    await elb.send(new ModifyLoadBalancerAttributesCommand({ LoadBalancerArn: PhysicalResourceId, Attributes }));
  }
  await cloudFormation.send(new DeleteStackCommand({ StackName: name }));
  const end = await stackAtRest(context, cloudFormation, name, `the deletion of what is left of ${name}`);
  if (end.state === 'absent') return;
  const reason = (await failureOf(cloudFormation, name, since)) ?? 'no event has the reason';
  throw new OpsFailure(
    `What a failed attempt left of ${name} cannot be deleted (${end.status}): ${reason}. Delete that resource by hand, then run the same command again.`,
  );
}

/** Undoes an update that failed and whose rollback failed as well. @throws OpsFailure with the resource that resists */
export async function continueRollback(context: DeployContext, { name, region }: StackArtifact): Promise<void> {
  const { cloudFormation } = context.clientsOf(region);
  const since = new Date(context.clock.now() - 60_000);
  await cloudFormation.send(new ContinueUpdateRollbackCommand({ StackName: name }));
  const end = await stackAtRest(context, cloudFormation, name, `the rollback of ${name}`);
  if (end.state === 'ready') return;
  const reason = (await failureOf(cloudFormation, name, since)) ?? 'no event has the reason';
  throw new OpsFailure(
    `The failed update of ${name} cannot be undone (${end.status}): ${reason}. Put that resource right, then run the same command again; where it is gone for good: npx cdk rollback --orphan.`,
  );
}
