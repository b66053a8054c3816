import { CreateServiceLinkedRoleCommand, GetRoleCommand } from '@aws-sdk/client-iam';
import { isOffered } from '@healthcare-ai/lib/config/regions';
import type { OpsContext } from '../context.ts';
import { unlessMissing } from './unless-missing.ts';

/** A role that AWS creates for a service when the service is first used: too late for the deployment that uses it first. */
export interface LinkedRole {
  readonly service: string;
  readonly role: string;
}

const RESTORE_TESTS = 'restore-testing.backup.amazonaws.com';

/** https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_aws-services-that-work-with-iam.html names those that have one. */
export const linkedRoles: readonly LinkedRole[] = [
  { service: 'ecs.amazonaws.com', role: 'AWSServiceRoleForECS' },
  { service: 'rds.amazonaws.com', role: 'AWSServiceRoleForRDS' },
  { service: 'elasticloadbalancing.amazonaws.com', role: 'AWSServiceRoleForElasticLoadBalancing' },
  {
    service: 'ecs.application-autoscaling.amazonaws.com',
    role: 'AWSServiceRoleForApplicationAutoScaling_ECSService',
  },
  { service: RESTORE_TESTS, role: 'AWSServiceRoleForBackupRestoreTesting' },
];

/** Those that the account stack makes with `accountBaseline.serviceLinkedRoles: create`. */
export const rolesOfAccountStack: readonly LinkedRole[] = linkedRoles.filter(
  ({ service }) => service !== RESTORE_TESTS,
);

/** The roles that a stage needs. IAM refuses one of a service that the partition does not have. */
export const linkedRolesOf = ({ config }: Pick<OpsContext, 'config'>): readonly LinkedRole[] =>
  !config.disposable && isOffered('AWS::Backup::RestoreTestingPlan', config.region) ? linkedRoles : rolesOfAccountStack;

export const createCommand = ({ service }: LinkedRole): string =>
  `aws iam create-service-linked-role --aws-service-name ${service}`;

/** Those of the roles that the account lacks. */
export async function missingRoles(
  { clients }: Pick<OpsContext, 'clients'>,
  roles: readonly LinkedRole[] = linkedRoles,
): Promise<LinkedRole[]> {
  const found = await Promise.all(
    roles.map(async (linked) => {
      const role = clients.iam.send(new GetRoleCommand({ RoleName: linked.role }));
      return (await unlessMissing('NoSuchEntity', role)) ? [] : [linked];
    }),
  );
  return found.flat();
}

/** Creates service-linked roles; one that another caller created meanwhile is fine. */
export async function createLinkedRoles(
  { clients }: Pick<OpsContext, 'clients'>,
  roles: readonly LinkedRole[],
): Promise<void> {
  for (const { service } of roles) {
    try {
      await clients.iam.send(new CreateServiceLinkedRoleCommand({ AWSServiceName: service }));
    } catch (error) {
      if (!/has been taken/.test((error as Error).message)) throw error;
    }
  }
}
