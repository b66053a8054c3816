import { DescribeStacksCommand, type Stack } from '@aws-sdk/client-cloudformation';
import type { AwsClients } from './clients.ts';

/** Name of the template's parameter: lib/constructs/tasks/pinned-image.ts. */
export const IMAGE_PARAMETER = 'ImageDigest';

/** The answer of a call about a stack; undefined where the stack does not exist. */
export const unlessNoStack = <T>(answer: Promise<T>): Promise<T | undefined> =>
  answer.catch((error: Error) => {
    if (error.name !== 'ValidationError' || !/does not exist/.test(error.message)) throw error;
    return undefined;
  });

/** A stack; undefined where it does not exist. */
export async function describeStack(
  client: AwsClients['cloudFormation'],
  StackName: string,
): Promise<Stack | undefined> {
  return (await unlessNoStack(client.send(new DescribeStacksCommand({ StackName }))))?.Stacks?.[0];
}

/** Digest of the image that the stack had when it was last updated. */
export const imageOf = (stack: Stack | undefined): string | undefined =>
  stack?.Parameters?.find(({ ParameterKey }) => ParameterKey === IMAGE_PARAMETER)?.ResolvedValue;

export const outputsOf = (stack: Stack | undefined): Record<string, string> =>
  Object.fromEntries((stack?.Outputs ?? []).map(({ OutputKey, OutputValue }) => [OutputKey!, OutputValue ?? '']));
