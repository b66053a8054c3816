import { DescribeRegionSettingsCommand } from '@aws-sdk/client-backup';
import { explain, isAwsError } from '../aws/explain.ts';
import {
  createCommand,
  createLinkedRoles,
  type LinkedRole,
  linkedRolesOf,
  missingRoles,
  rolesOfAccountStack,
} from '../aws/linked-roles.ts';
import { quotaChecks } from '../doctor/checks/quotas.ts';
import { lookUpInDns } from '../doctor/dns.ts';
import { examine } from '../doctor/examine.ts';
import { backupOptInCommand } from '../doctor/live/backup-opt-in.ts';
import { OpsFailure } from '../errors.ts';
import type { DeployContext } from './context.ts';
import { checkExistingResources } from './existing-resources.ts';
import { findStack } from './stack-state.ts';
import type { Plan, Step } from './step.ts';

/** IAM needs a moment until a service can use its new role. */
const PROPAGATION_MS = 10_000;

/**
 * What the account has already, and what it must have before CloudFormation begins: a second detector or a missing
 * service-linked role fails a stack in the middle of the deployment.
 */
export function accountResourcesStep(context: DeployContext): Step {
  return {
    title: 'What the account has already',
    interrupted: 'At most service-linked roles were created; the same command continues from there.',
    look: () => lookAtAccount(context),
  };
}

async function lookAtAccount(context: DeployContext): Promise<Plan> {
  await checkExistingResources(context);
  await warnOfOptIn(context);
  await warnOfQuotas(context);
  const missing = await rolesToCreate(context);
  if (missing.length === 0) return { sees: 'no conflict with this deployment, and every service-linked role' };
  const names = missing.map(({ role }) => role).join(', ');
  return {
    sees: 'no conflict with this deployment',
    will: `create ${names}`,
    act: async () => {
      await create(context, missing);
      return `created ${names}`;
    },
  };
}

/** With `serviceLinkedRoles: create` the account stack makes all but one. */
async function rolesToCreate(context: DeployContext): Promise<readonly LinkedRole[]> {
  const { owned, serviceLinkedRoles } = context.config.accountBaseline;
  const byStack = owned && serviceLinkedRoles === 'create' ? rolesOfAccountStack : [];
  try {
    return await missingRoles(
      context,
      linkedRolesOf(context).filter((role) => !byStack.includes(role)),
    );
  } catch (error) {
    if (!isAwsError(error)) throw error;
    context.output.progress(`  WARNING Cannot check the service-linked roles. ${explain(error)}`);
    return [];
  }
}

async function create(context: DeployContext, missing: readonly LinkedRole[]): Promise<void> {
  try {
    await createLinkedRoles(context, missing);
  } catch (error) {
    if (!isAwsError(error)) throw error;
    const commands = missing.map(createCommand).join(' && ');
    throw new OpsFailure(
      `Cannot create the service-linked roles. ${explain(error)} An administrator can create them once: ${commands}`,
    );
  }
  await context.clock.sleep(PROPAGATION_MS, context.signal);
}

/** A plan that names Aurora makes no backup without the opt-in, and nothing fails. */
async function warnOfOptIn({ clients, region, output }: DeployContext): Promise<void> {
  try {
    const { ResourceTypeOptInPreference } = await clients.backup.send(new DescribeRegionSettingsCommand({}));
    if (ResourceTypeOptInPreference?.Aurora !== false) return;
    output.progress(`  WARNING AWS Backup is not enabled for Aurora in ${region}, so no backup is made`);
    output.progress(`          Enable it: ${backupOptInCommand(region)}`);
  } catch (error) {
    if (!isAwsError(error)) throw error;
    output.progress(`  WARNING Cannot check the opt-in of AWS Backup. ${explain(error)}`);
  }
}

/** A new account has low quotas: scaling would fail weeks later. Looked at before the service exists, since it takes seconds. */
async function warnOfQuotas(context: DeployContext): Promise<void> {
  const service = await findStack(context.clients.cloudFormation, `${context.names.base}-service`);
  if (service.state !== 'absent') return;
  const findings = await examine(context, { checks: quotaChecks, lookUp: lookUpInDns });
  for (const { check, state, saw, fix } of findings) {
    if (state !== 'fault') continue;
    context.output.progress(`  WARNING ${check}: ${saw}`);
    context.output.progress(`          ${fix}`);
  }
}
