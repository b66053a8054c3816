import { randomUUID } from 'node:crypto';
import {
  CancelUpdateStackCommand,
  DescribeStackEventsCommand,
  UpdateStackCommand,
} from '@aws-sdk/client-cloudformation';
import { describeStack, IMAGE_PARAMETER, imageOf, outputsOf } from '../aws/stack.ts';
import type { OpsContext } from '../context.ts';
import { firstFailure } from '../deploy/stack-failure.ts';
import { OpsFailure } from '../errors.ts';
import { waitFor } from '../wait.ts';

export type StackContext = Pick<OpsContext, 'clients' | 'names' | 'clock' | 'signal' | 'timeoutMs' | 'output'>;

export interface StackView {
  readonly name: string;
  readonly status: string;
  readonly reason: string | undefined;

  /** Digest that the parameter had when the stack was last updated. */
  readonly digest: string | undefined;
  readonly outputs: Readonly<Record<string, string>>;
  readonly parameters: readonly string[];
}

/** Stacks that read the image, as they are named in an account. */
export const imageStacks = ({ base }: OpsContext['names']) =>
  ({ tasks: `${base}-tasks`, service: `${base}-service` }) as const;

const inProgress = (status: string): boolean => status.endsWith('_IN_PROGRESS');
const usable = /^(CREATE_COMPLETE|UPDATE_COMPLETE|UPDATE_ROLLBACK_COMPLETE|IMPORT_COMPLETE|IMPORT_ROLLBACK_COMPLETE)$/;

/** The state of a stack; undefined if it does not exist. */
export async function viewStack(
  { clients }: Pick<OpsContext, 'clients'>,
  name: string,
): Promise<StackView | undefined> {
  const stack = await describeStack(clients.cloudFormation, name);
  return (
    stack && {
      name,
      status: stack.StackStatus ?? '',
      reason: stack.StackStatusReason,
      digest: imageOf(stack),
      outputs: outputsOf(stack),
      parameters: (stack.Parameters ?? []).map(({ ParameterKey }) => ParameterKey!),
    }
  );
}

async function existing(context: StackContext, name: string): Promise<StackView> {
  const stack = await viewStack(context, name);
  if (stack === undefined) throw new OpsFailure(`There is no stack ${name}. \`npm run deploy\` makes it.`);
  return stack;
}

/** Waits until no update of the stack runs; `each` is called with every look. */
export async function settledStack(
  context: StackContext,
  name: string,
  each?: () => Promise<unknown>,
): Promise<StackView> {
  return waitFor(context, {
    what: `the stack ${name}`,
    look: async () => {
      const stack = await existing(context, name);
      await each?.();
      return inProgress(stack.status) ? undefined : stack;
    },
  });
}

/** A stack that can be updated. @throws OpsFailure when it is stuck, with the way out */
export function requireUsable({ name, status, reason }: StackView): void {
  if (usable.test(status)) return;
  const ways: Record<string, string> = {
    UPDATE_ROLLBACK_FAILED: `aws cloudformation continue-update-rollback --stack-name ${name}`,
    ROLLBACK_COMPLETE: `it was never made: aws cloudformation delete-stack --stack-name ${name}, then npm run deploy`,
  };
  const way = ways[status] ?? `see its events: aws cloudformation describe-stack-events --stack-name ${name}`;
  throw new OpsFailure(`The stack ${name} is stuck in ${status}${reason ? ` (${reason})` : ''}. The way out: ${way}`);
}

/**
 * Refuses to begin a change that the stacks would not take.
 *
 * @param goesOn whether this resumes an interrupted change, whose updates may still run
 */
export async function requireReady(context: StackContext, goesOn: boolean): Promise<void> {
  for (const name of Object.values(imageStacks(context.names))) {
    const stack = await existing(context, name);
    if (!inProgress(stack.status)) requireUsable(stack);
    else if (!goesOn)
      throw new OpsFailure(`The stack ${name} is being changed (${stack.status}). Wait until that has finished.`);
  }
}

/**
 * Begins to bring a stack to the digest in SSM. CloudFormation alone changes task definition and service: were they
 * changed behind its back, the next failed deploy would roll back to the image that it remembers, of long ago.
 *
 * @param each called while an update that is under way is waited for
 * @returns whether an update began; false if the stack has the digest
 */
export async function beginImageUpdate(
  context: StackContext,
  name: string,
  digest: string,
  each?: () => Promise<unknown>,
): Promise<boolean> {
  const stack = await settledStack(context, name, each);
  requireUsable(stack);
  if (stack.digest === digest) return false;
  try {
    await context.clients.cloudFormation.send(
      new UpdateStackCommand({
        StackName: name,
        UsePreviousTemplate: true,
        Capabilities: ['CAPABILITY_NAMED_IAM'],
        ClientRequestToken: `ops-${randomUUID()}`,
        Parameters: stack.parameters.map((ParameterKey) =>
          ParameterKey === IMAGE_PARAMETER
            ? { ParameterKey, ParameterValue: context.names.imageDigestParameter }
            : { ParameterKey, UsePreviousValue: true },
        ),
      }),
    );
    return true;
  } catch (error) {
    if (error instanceof Error && /No updates are to be performed/.test(error.message)) return false;
    throw error;
  }
}

/** Stops an update that is under way; CloudFormation goes back to what was before. */
export async function cancelUpdate(context: StackContext, name: string): Promise<void> {
  const stack = await existing(context, name);
  if (stack.status !== 'UPDATE_IN_PROGRESS') return;
  context.output.progress(`Stopping the update of ${name}`);
  await context.clients.cloudFormation.send(new CancelUpdateStackCommand({ StackName: name }));
}

/** What failed first in the last update. */
export async function lastUpdateFailure({ clients }: StackContext, name: string): Promise<string | undefined> {
  const { StackEvents = [] } = await clients.cloudFormation.send(new DescribeStackEventsCommand({ StackName: name }));
  // The newest event is the first of the list.
  const begin = StackEvents.findIndex(
    ({ ResourceType, ResourceStatus }) =>
      ResourceType === 'AWS::CloudFormation::Stack' && ResourceStatus === 'UPDATE_IN_PROGRESS',
  );
  return firstFailure(begin < 0 ? StackEvents : StackEvents.slice(0, begin));
}
