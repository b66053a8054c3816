import {
  DeleteParameterCommand,
  GetParameterCommand,
  GetParameterHistoryCommand,
  type ParameterHistory,
  PutParameterCommand,
} from '@aws-sdk/client-ssm';
import { z } from 'zod';
import { allPages } from '../aws/all-pages.ts';
import { unlessMissing } from '../aws/unless-missing.ts';
import type { OpsContext } from '../context.ts';
import { OpsFailure } from '../errors.ts';

type SsmContext = Pick<OpsContext, 'clients' | 'names'>;

/** What a change was about to do when it last said so. The steps of a rollout, in order. */
export const steps = ['opened', 'digest', 'tasks-stack', 'migrate', 'service-stack', 'put-back', 'done'] as const;
export type ChangeStep = (typeof steps)[number];

const recordSchema = z.object({
  id: z.string().regex(/^[\w-]{1,64}$/),
  kind: z.enum(['deploy', 'rollout', 'rollback', 'restart']),
  /** Digest that ran when the change began; none on an empty account. */
  from: z.string().optional(),
  to: z.string(),
  step: z.enum(steps),
  startedAt: z.iso.datetime(),
  /** ARN of who makes the change. */
  operator: z.string(),
  machine: z.string(),
  pid: z.int(),
  /** ARN of the migration task. */
  task: z.string().optional(),
  /** Why the change is being put back. */
  failure: z.string().optional(),
});

/** A change under way: what the SSM parameter beside the image's holds, for as long as the change is not finished. */
export type ChangeRecord = z.output<typeof recordSchema>;

export interface StoredChange {
  readonly record: ChangeRecord;

  /** Of the parameter: grows with each heartbeat. */
  readonly version: number;
  readonly beatAt: Date | undefined;
}

/** The two commands that end a change that is half done, a line each. */
export const waysOut = ({ to }: Pick<ChangeRecord, 'to'>, stage: string): string =>
  [
    `  finish it: npm run ops -- rollout ${to} --stage ${stage}`,
    `  go back:   npm run ops -- rollback --stage ${stage}`,
  ].join('\n');

/** The change under way, if there is one. @throws OpsFailure when the parameter holds something else */
export async function readChange(context: SsmContext): Promise<StoredChange | undefined> {
  const stored = await readStored(context);
  return stored?.record.step === 'done' ? undefined : stored;
}

/** Deletes what a process left that died between its last step and its last call. */
export async function forgetFinished(context: SsmContext): Promise<void> {
  if ((await readStored(context))?.record.step === 'done') await deleteChange(context);
}

/** What the parameter holds, also of a change that is finished. */
export async function readStored({ clients, names }: SsmContext): Promise<StoredChange | undefined> {
  const Name = names.changeParameter;
  const found = await unlessMissing('ParameterNotFound', clients.ssm.send(new GetParameterCommand({ Name })));
  if (found === undefined) return undefined;
  const { Value = '', Version = 0, LastModifiedDate } = found.Parameter ?? {};
  return { record: parse(Value, Name), version: Version, beatAt: LastModifiedDate };
}

function parse(text: string, name: string): ChangeRecord {
  try {
    return recordSchema.parse(JSON.parse(text));
  } catch {
    throw new OpsFailure(
      `The SSM parameter ${name} has a value that this version cannot read. If no change is in progress, delete it: aws ssm delete-parameter --name ${name}`,
    );
  }
}

/**
 * Writes the change.
 *
 * @param first whether there must be none yet: SSM decides between two operators
 * @returns the version of the parameter; undefined if `first` and there is one
 */
export async function storeChange(
  { clients, names }: SsmContext,
  record: ChangeRecord,
  first: boolean,
): Promise<number | undefined> {
  try {
    const { Version } = await clients.ssm.send(
      new PutParameterCommand({
        Name: names.changeParameter,
        Value: JSON.stringify(record),
        Type: 'String',
        Overwrite: !first,
        Description: 'The change of this stage that is under way',
      }),
    );
    return Version ?? 0;
  } catch (error) {
    if (first && (error as Error).name === 'ParameterAlreadyExists') return undefined;
    throw error;
  }
}

/**
 * Whether all that was written since a version is the same change by the same process. The SDK repeats a write whose
 * answer was lost, so that one write may make two versions.
 */
export async function onlyOwnSince(context: SsmContext, version: number, own: ChangeRecord): Promise<boolean> {
  const { clients, names } = context;
  const versions = await allPages<ParameterHistory>(async (NextToken) => {
    const page = await clients.ssm.send(new GetParameterHistoryCommand({ Name: names.changeParameter, NextToken }));
    return [page.Parameters, page.NextToken];
  });
  const since = versions.filter(({ Version = 0 }) => Version > version);
  return since.every(({ Value = '' }) => {
    const { id, machine, pid } = parse(Value, names.changeParameter);
    return id === own.id && machine === own.machine && pid === own.pid;
  });
}

export async function deleteChange({ clients, names }: SsmContext): Promise<void> {
  const Name = names.changeParameter;
  await unlessMissing('ParameterNotFound', clients.ssm.send(new DeleteParameterCommand({ Name })));
}
