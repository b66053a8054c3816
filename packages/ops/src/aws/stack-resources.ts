import { ListStackResourcesCommand, type StackResourceSummary } from '@aws-sdk/client-cloudformation';
import type { OpsContext } from '../context.ts';
import { allPages } from './all-pages.ts';
import { unlessNoStack } from './stack.ts';

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
  const all = allPages<StackResourceSummary>(async (NextToken) => {
    const page = await clients.cloudFormation.send(new ListStackResourcesCommand({ StackName: stack, NextToken }));
    return [page.StackResourceSummaries, page.NextToken];
  });
  const found = await unlessNoStack(all);
  return found?.map(({ ResourceType = '', LogicalResourceId = '', PhysicalResourceId = '', ResourceStatus = '' }) => ({
    type: ResourceType,
    logicalId: LogicalResourceId,
    physicalId: PhysicalResourceId,
    status: ResourceStatus,
  }));
}
