import { CreateServiceLinkedRoleCommand, GetRoleCommand } from '@aws-sdk/client-iam';
import type { OpsContext } from '../context.ts';
import { unlessMissing } from './unless-missing.ts';

/** A role that AWS creates for a service when the service is first used: too late for the deployment that uses it first. */
export interface LinkedRole {
  readonly service: string;
  readonly role: string;
}

/** https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_aws-services-that-work-with-iam.html names those that have one. */
export const linkedRoles: readonly LinkedRole[] = [
  { service: 'ecs.amazonaws.com', role: 'AWSServiceRoleForECS' },
  { service: 'rds.amazonaws.com', role: 'AWSServiceRoleForRDS' },
  { service: 'elasticloadbalancing.amazonaws.com', role: 'AWSServiceRoleForElasticLoadBalancing' },
  {
    service: 'ecs.application-autoscaling.amazonaws.com',
    role: 'AWSServiceRoleForApplicationAutoScaling_ECSService',
  },
  { service: 'restore-testing.backup.amazonaws.com', role: 'AWSServiceRoleForBackupRestoreTesting' },
];

export const createCommand = ({ service }: LinkedRole): string =>
  `aws iam create-service-linked-role --aws-service-name ${service}`;

/** Service-linked roles that the account lacks. */
export async function missingRoles({ clients }: Pick<OpsContext, 'clients'>): Promise<LinkedRole[]> {
  const found = await Promise.all(
    linkedRoles.map(async (linked) => {
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
