import { setTimeout as delay } from 'node:timers/promises';
import {
  CreateChangeSetCommand,
  DescribeStackEventsCommand,
  DescribeStacksCommand,
  ExecuteChangeSetCommand,
} from '@aws-sdk/client-cloudformation';
import type { AwsClients } from '../../packages/ops/src/aws/clients.ts';

export interface Deployed {
  readonly status: string;

  /** Reasons of the events of the stack, the newest first. */
  readonly reasons: readonly string[];
}

/** Deploys a template by a change set, as the CDK CLI does, and waits for its end. */
export async function deployTemplate(
  { cloudFormation }: Pick<AwsClients, 'cloudFormation'>,
  StackName: string,
  template: object,
): Promise<Deployed> {
  const exists = (await describe()) !== undefined;
  const ChangeSetName = `rehearsal-${Date.now()}`;
  const request = { StackName, ChangeSetName, TemplateBody: JSON.stringify(template) };
  await cloudFormation.send(new CreateChangeSetCommand({ ...request, ChangeSetType: exists ? 'UPDATE' : 'CREATE' }));
  await cloudFormation.send(new ExecuteChangeSetCommand({ StackName, ChangeSetName }));
  let status = '';
  for (let tries = 0; tries < 100; tries += 1) {
    status = (await describe())?.StackStatus ?? '';
    if (!status.endsWith('IN_PROGRESS')) break;
    await delay(50);
  }
  const { StackEvents } = await cloudFormation.send(new DescribeStackEventsCommand({ StackName }));
  return { status, reasons: StackEvents!.flatMap(({ ResourceStatusReason }) => ResourceStatusReason ?? []) };

  async function describe() {
    try {
      return (await cloudFormation.send(new DescribeStacksCommand({ StackName }))).Stacks?.[0];
    } catch (error) {
      if (/does not exist/.test((error as Error).message)) return undefined;
      throw error;
    }
  }
}
