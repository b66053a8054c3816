import { isDeepStrictEqual } from 'node:util';
import {
  DescribeStackEventsCommand,
  type DescribeStackEventsCommandOutput,
  GetTemplateCommand,
  type Stack,
} from '@aws-sdk/client-cloudformation';
import type { TemplateBody } from '@healthcare-ai/cloud-policies';
import type { AwsClients } from '../aws/clients.ts';
import { describeStack } from '../aws/stack.ts';
import { type WaitContext, waitFor } from '../wait.ts';

type CloudFormation = AwsClients['cloudFormation'];

/** What can be done about a stack. */
export type StackState =
  /** It does not exist, or is the shell that an unexecuted change set left. */
  | 'absent'
  | 'busy'
  | 'ready'
  /** Its first creation did not end well: nothing of it has ever worked, and it can only be deleted. */
  | 'creation-failed'
  /** A deletion did not finish: the stack may have worked, so it is not touched. */
  | 'deletion-failed'
  /** An update failed, and so did undoing it. */
  | 'rollback-failed';

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/view-stack-events.html lists the statuses. */
export function stateOf(status: string | undefined): StackState {
  if (status === undefined || status === 'REVIEW_IN_PROGRESS' || status === 'DELETE_COMPLETE') return 'absent';
  if (status.endsWith('_IN_PROGRESS')) return 'busy';
  if (status === 'UPDATE_ROLLBACK_FAILED') return 'rollback-failed';
  if (/^(ROLLBACK_(COMPLETE|FAILED)|CREATE_FAILED)$/.test(status)) return 'creation-failed';
  if (status === 'DELETE_FAILED') return 'deletion-failed';
  return 'ready';
}

export interface FoundStack {
  readonly state: StackState;
  readonly status?: string;
  readonly stack?: Stack;
}

/** @throws errors of AWS other than that there is no such stack */
export async function findStack(client: CloudFormation, name: string): Promise<FoundStack> {
  const stack = await describeStack(client, name);
  const state = stateOf(stack?.StackStatus);
  const neverWorked = state === 'deletion-failed' && (await itsCreationFailed(client, stack!));
  return { state: neverWorked ? 'creation-failed' : state, status: stack?.StackStatus, stack };
}

/** Waits until no operation runs on a stack. @param what completes "waiting for" in the message of a timeout */
export function stackAtRest(
  context: WaitContext,
  client: CloudFormation,
  name: string,
  what: string,
): Promise<FoundStack> {
  return waitFor(context, {
    what,
    look: async () => {
      const found = await findStack(client, name);
      return found.state === 'busy' ? undefined : found;
    },
  });
}

/** Whether an event says so. CloudFormation keeps events for 90 days, so a missing success proves nothing. */
async function itsCreationFailed(client: CloudFormation, stack: Stack): Promise<boolean> {
  const { StackName, StackId } = stack;
  let page: DescribeStackEventsCommandOutput | undefined;
  do {
    const command = new DescribeStackEventsCommand({ StackName: StackId ?? StackName, NextToken: page?.NextToken });
    page = await client.send(command);
    const failed = page.StackEvents?.some(
      ({ ResourceType, LogicalResourceId, ResourceStatus }) =>
        ResourceType === 'AWS::CloudFormation::Stack' &&
        LogicalResourceId === StackName &&
        stateOf(ResourceStatus) === 'creation-failed',
    );
    if (failed) return true;
  } while (page.NextToken !== undefined);
  return false;
}

/** The template of a stack as it was deployed last; undefined if there is no such stack. */
export async function deployedTemplate(client: CloudFormation, name: string): Promise<TemplateBody | undefined> {
  try {
    const { TemplateBody } = await client.send(new GetTemplateCommand({ StackName: name }));
    return JSON.parse(TemplateBody || '{}') as TemplateBody;
  } catch (error) {
    // The shell that an unexecuted change set left has no template.
    if (error instanceof Error && error.name === 'ValidationError') return undefined;
    throw error;
  }
}

/** Whether a stack that is ready is what its template says, and read the SSM parameters as they are now. */
export async function isDeployed(
  client: CloudFormation,
  found: FoundStack,
  template: unknown,
  parameterValues: Readonly<Record<string, string | undefined>>,
): Promise<boolean> {
  if (found.state !== 'ready') return false;
  // A rollback that ended well holds the template before; so does its GetTemplate.
  for (const { ParameterKey, ParameterValue, ResolvedValue } of found.stack?.Parameters ?? []) {
    if (!(ParameterKey! in parameterValues)) continue;
    if ((ResolvedValue ?? ParameterValue) !== parameterValues[ParameterKey!]) return false;
  }
  const { TemplateBody = '' } = await client.send(new GetTemplateCommand({ StackName: found.stack!.StackName }));
  try {
    return isDeepStrictEqual(JSON.parse(TemplateBody), template);
  } catch {
    return false;
  }
}
