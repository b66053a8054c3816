import { DescribeStackEventsCommand, type StackEvent } from '@aws-sdk/client-cloudformation';
import type { AwsClients } from '../aws/clients.ts';

/** Failures that only follow from another one. */
const CONSEQUENCE = /^(Resource (creation|update) cancelled|The following resource\(s\) failed)/i;

/** CloudFormation's own wrapping around what the service said. */
const WRAPPING = /^Resource handler returned message: "?|"? ?\(RequestToken: [^)]*\)|\(Service: [^)]*\)/g;

/**
 * Why the newest operation on a stack failed: the first resource that did, and what its service said.
 *
 * @param since events before it belong to earlier operations
 * @returns undefined when no event has the reason
 */
export async function failureOf(
  client: AwsClients['cloudFormation'],
  stackName: string,
  since: Date,
): Promise<string | undefined> {
  const events: StackEvent[] = [];
  let token: string | undefined;
  // Newest first; a hundred a page. An operation on the largest stack here has about two hundred.
  for (let page = 0; page < 10; page += 1) {
    const answer = await client.send(new DescribeStackEventsCommand({ StackName: stackName, NextToken: token }));
    const recent = (answer.StackEvents ?? []).filter(({ Timestamp }) => Timestamp! >= since);
    events.push(...recent);
    token = answer.NextToken;
    if (token === undefined || recent.length === 0) break;
  }
  return firstFailure(events);
}

/** @param events newest first, as CloudFormation gives them */
export function firstFailure(events: readonly StackEvent[]): string | undefined {
  const failed = events
    .filter(
      ({ ResourceStatus, ResourceStatusReason }) =>
        ResourceStatus?.endsWith('_FAILED') && ResourceStatusReason && !CONSEQUENCE.test(ResourceStatusReason),
    )
    .reverse();
  const own = failed.find(({ ResourceType }) => ResourceType !== 'AWS::CloudFormation::Stack') ?? failed[0];
  if (own === undefined) return undefined;
  const reason = own.ResourceStatusReason!.replace(WRAPPING, '').trim();
  return `${own.LogicalResourceId} (${own.ResourceType}): ${reason}`;
}
