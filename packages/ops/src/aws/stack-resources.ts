import { ListStackResourcesCommand, type StackResourceSummary } from '@aws-sdk/client-cloudformation';
import type { OpsContext } from '../context.ts';
import { allPages } from './all-pages.ts';

export interface StackResource {
  readonly type: string;
  readonly logicalId: string;
  /** What AWS calls it: a name, an id or an ARN. */
  readonly physicalId: string;
  readonly status: string;
}

/** Every resource of a stack; undefined if there is no such stack. */
export async function stackResources(
  { clients }: Pick<OpsContext, 'clients'>,
  stack: string,
): Promise<StackResource[] | undefined> {
  try {
    const all = await allPages<StackResourceSummary>(async (NextToken) => {
      const page = await clients.cloudFormation.send(new ListStackResourcesCommand({ StackName: stack, NextToken }));
      return [page.StackResourceSummaries, page.NextToken];
    });
    return all.map(({ ResourceType = '', LogicalResourceId = '', PhysicalResourceId = '', ResourceStatus = '' }) => ({
      type: ResourceType,
      logicalId: LogicalResourceId,
      physicalId: PhysicalResourceId,
      status: ResourceStatus,
    }));
  } catch (error) {
    if (error instanceof Error && /does not exist/.test(error.message)) return undefined;
    throw error;
  }
}
