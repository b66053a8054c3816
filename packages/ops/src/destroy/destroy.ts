import { DeleteStackCommand, UpdateTerminationProtectionCommand } from '@aws-sdk/client-cloudformation';
import { DeleteParameterCommand } from '@aws-sdk/client-ssm';
import { type StackResource, stackResources } from '../aws/stack-resources.ts';
import { stageStacks } from '../aws/stage-stacks.ts';
import { unlessMissing } from '../aws/unless-missing.ts';
import type { OpsContext } from '../context.ts';
import { failureOf } from '../deploy/stack-failure.ts';
import { stackAtRest } from '../deploy/stack-state.ts';
import { OpsFailure, UsageError } from '../errors.ts';
import { emptyResource } from './empty.ts';
import { alwaysKept, type Kept, keptKeys } from './kept.ts';

/** Load balancer and trail still deliver for a while: a bucket may get an object after it was emptied. */
const ATTEMPTS = 3;

export interface Destroyed {
  readonly stacks: readonly string[];
  readonly kept: readonly Kept[];
}

/**
 * Destroys a disposable stage with its data, and lists what AWS keeps.
 *
 * @throws UsageError for a stage that is not disposable; OpsFailure with the resource that cannot be deleted
 */
export async function destroy(context: OpsContext): Promise<Destroyed> {
  const { config, stage, output } = context;
  if (!config.disposable) {
    throw new UsageError(
      `Stage ${stage} is not disposable: its stacks are protected, and its data outlives them. Only a stage with "disposable: true" can be destroyed by this command.`,
    );
  }
  // All in one region: a disposable stage has no backups, so no copies of them elsewhere.
  const found = await Promise.all(
    stageStacks(context).map(async ({ name }) => ({ name, resources: await stackResources(context, name) })),
  );
  const there = found.flatMap(({ name, resources }) => (resources ? [{ name, resources }] : []));
  if (there.length === 0) throw new OpsFailure(`No stack of stage ${stage} exists in ${context.region}.`);
  output.progress(`Stacks of ${stage}: ${there.map(({ name }) => name).join(', ')}`);
  await context.confirm(`Destroy stage ${stage} with its database, notes, audit trail and backups?`);
  for (const { name, resources } of there) {
    context.state('Some stacks of the stage are destroyed; the same command continues with the rest.');
    output.progress(`  deleting ${name}`);
    await deleteStack(context, name, resources);
  }
  await forgetImage(context);
  const gone = there.flatMap(({ resources }) => resources);
  const kept = [...(await keptKeys(context, gone)), ...alwaysKept(context, gone)];
  return { stacks: there.map(({ name }) => name), kept };
}

async function deleteStack(context: OpsContext, name: string, resources: readonly StackResource[]): Promise<void> {
  const { cloudFormation } = context.clients;
  await cloudFormation.send(
    new UpdateTerminationProtectionCommand({ StackName: name, EnableTerminationProtection: false }),
  );
  for (let attempt = 1; ; attempt += 1) {
    const since = new Date(context.clock.now() - 60_000);
    const left = resources.filter(({ status }) => status !== 'DELETE_COMPLETE');
    for (const resource of left) await emptyResource(context, resource).catch(ignoreMissing);
    await cloudFormation.send(new DeleteStackCommand({ StackName: name }));
    const end = await stackAtRest(context, cloudFormation, name, `the deletion of ${name}`);
    if (end.state === 'absent') return;
    const reason = (await failureOf(cloudFormation, name, since)) ?? 'CloudFormation gives no reason';
    if (attempt < ATTEMPTS) {
      context.output.progress(`  ${name} is ${end.status} (${reason}); trying again`);
      continue;
    }
    throw new OpsFailure(
      `Cannot delete ${name} (${end.status}): ${reason}. Delete that resource, then run the same command again.`,
    );
  }
}

/** A resource that is gone needs no emptying. */
function ignoreMissing(error: Error): void {
  if (!/NoSuchBucket|NotFound/.test(error.name)) throw error;
}

/** The next deployment chooses its image again. */
async function forgetImage({ clients, names }: OpsContext): Promise<void> {
  const Name = names.imageDigestParameter;
  await unlessMissing('ParameterNotFound', clients.ssm.send(new DeleteParameterCommand({ Name })));
}
