import { equal, match } from 'node:assert/strict';
import { DescribeTasksCommand, ListTasksCommand, type Task } from '@aws-sdk/client-ecs';
import { DeleteParameterCommand, GetParameterCommand, PutParameterCommand } from '@aws-sdk/client-ssm';
import { namesOf } from '../../lib/config/names.ts';
import type { Ran } from '../support/run.ts';
import type { AwsWorld } from './world.ts';

export const names = namesOf('dev', 'us-east-1');

/** Every exit code: what a check expects, it says itself. */
export const any = { accept: [0, 1, 2, -1] } as const;

/** Fails unless a command ended with this code and said this. */
export function ended(ran: Ran, code: number, ...patterns: readonly RegExp[]): void {
  const said = `${ran.stdout}\n${ran.stderr}`;
  equal(ran.code, code, `it ended with ${ran.code}: ${said.trim().slice(-1500)}`);
  for (const pattern of patterns) match(said, pattern);
}

/** Plants faults in the emulator; without any, takes them away. */
export async function plant(
  { clients }: Pick<AwsWorld, 'clients'>,
  faults?: Readonly<Record<string, unknown>>,
): Promise<void> {
  const Name = '/rehearsal/faults';
  if (faults === undefined) {
    await clients.ssm.send(new DeleteParameterCommand({ Name }));
    return;
  }
  await clients.ssm.send(
    new PutParameterCommand({ Name, Value: JSON.stringify(faults), Type: 'String', Overwrite: true }),
  );
}

/** The digest that the stage is to run. */
export async function wantedDigest({ clients }: Pick<AwsWorld, 'clients'>, stage = names): Promise<string> {
  const { Parameter } = await clients.ssm.send(new GetParameterCommand({ Name: stage.imageDigestParameter }));
  return Parameter!.Value!;
}

/** The migration tasks of a stage that have ended. */
export async function migrationTasks({ clients }: Pick<AwsWorld, 'clients'>, stage = names): Promise<Task[]> {
  const { cluster, migrateFamily: family } = stage;
  const { taskArns } = await clients.ecs.send(new ListTasksCommand({ cluster, family, desiredStatus: 'STOPPED' }));
  const { tasks } = await clients.ecs.send(new DescribeTasksCommand({ cluster, tasks: taskArns! }));
  return tasks!;
}

/** Options of a deploy whose templates were synthesized before. */
export const again = (world: AwsWorld): string[] => [
  ...stageOptions(world),
  ...['--templates', 'cdk.out/deploy/dev', '--no-smoke'],
];

/** An issuer whose key set a function of the stage copies, so that the function is deployed, too. */
const issuer = {
  issuer: 'https://example.okta.com/oauth2/default',
  preset: 'okta',
  audiences: 'api://notes',
  keys: { uri: 'https://example.okta.com/oauth2/default/v1/keys' },
  tenant: 'north',
};

/** Settings of the stage that is deployed: a certificate that the rehearsal made, and an identity provider. */
export const stageOptions = ({ notes }: AwsWorld): string[] => [
  ...['-c', `edge.certificateArn=${notes.get('certificate')}`],
  ...['-c', `service.issuers=${JSON.stringify([issuer])}`],
];

/** How many of the steps of a deploy changed something. */
export const changes = ({ stderr }: Ran): number => [...stderr.matchAll(/^ {2}did /gm)].length;
