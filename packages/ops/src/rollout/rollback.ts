import { DescribeTaskDefinitionCommand } from '@aws-sdk/client-ecs';
import { SERVICE_CONTAINER } from '@healthcare-ai/lib/config/names';
import { unlessMissing } from '../aws/unless-missing.ts';
import type { OpsContext } from '../context.ts';
import { OpsFailure } from '../errors.ts';
import { applyChange } from './apply.ts';
import { openChange } from './change.ts';
import { type ChangeRecord, readChange } from './change-record.ts';
import { digestOfImage, short } from './digest.ts';
import { currentDigest, goodReleases, type Release, releases } from './history.ts';
import { findImage } from './image.ts';
import { requireSchemaSupported } from './rollback-safety.ts';
import { requireReady } from './stack.ts';

export interface RollbackRequest {
  /**
   * Revision of the service's task definition, digest or tag.
   *
   * @default - the start of an interrupted change, else the last good release that does not run
   */
  readonly revision?: string;

  /** @default false */
  readonly despiteSchema?: boolean;
}

/**
 * Brings the stage back to an image that ran before.
 *
 * @throws OpsFailure when there is none, the database was migrated past it, or another operator changes the stage
 */
export async function rollback(context: OpsContext, request: RollbackRequest): Promise<void> {
  const { output } = context;
  const [current, abandoned, history] = await Promise.all([
    currentDigest(context),
    readChange(context),
    releases(context),
  ]);
  const to = await target(context, request.revision, { current, abandoned: abandoned?.record, history });
  const { schema } = await findImage(context, to);
  await requireSchemaSupported(context, { digest: to, schema }, history, request.despiteSchema ?? false);
  if (to === current && abandoned === undefined) {
    throw new OpsFailure(`The stage is at ${to} already. \`rollout ${to}\` brings it there if something else runs.`);
  }
  await requireReady(context, abandoned !== undefined);
  output.progress(`${context.stage} in ${context.region}\n  image    ${short(current)} -> ${short(to)}`);
  await context.confirm(`Roll ${context.stage} back?`);

  const takeOver = () => ({ kind: 'rollback', to }) as const;
  const change = await openChange(context, { kind: 'rollback', from: current, to }, takeOver);
  await applyChange(context, change, { schema, migrate: false, cancel: true });
  output.result({ outcome: 'rolled-back', digest: to, from: current }, `Rolled back: the stage runs ${to}.`);
}

interface Known {
  readonly current: string | undefined;
  readonly abandoned: ChangeRecord | undefined;
  readonly history: readonly Release[];
}

async function target(context: OpsContext, revision: string | undefined, known: Known): Promise<string> {
  if (revision === undefined) return fallback(known);
  if (/^\d{1,9}$/.test(revision)) return digestOfRevision(context, revision);
  return (await findImage(context, revision)).digest;
}

function fallback({ current, abandoned, history }: Known): string {
  const broken = abandoned !== undefined && abandoned.step !== 'done' && abandoned.kind !== 'restart';
  if (broken && abandoned.from !== undefined) return abandoned.from;
  const before = goodReleases(history).find(({ digest }) => digest !== current && digest !== abandoned?.to);
  if (before !== undefined) return before.digest;
  throw new OpsFailure('There is no earlier release to go back to. Name one: `rollback <digest>`.');
}

async function digestOfRevision({ clients, names }: OpsContext, revision: string): Promise<string> {
  const taskDefinition = `${names.serviceFamily}:${revision}`;
  const found = await unlessMissing(
    'ClientException',
    clients.ecs.send(new DescribeTaskDefinitionCommand({ taskDefinition })),
  );
  if (found === undefined) {
    throw new OpsFailure(`There is no revision ${revision} of ${names.serviceFamily}. \`status\` says which one runs.`);
  }
  const image = found.taskDefinition?.containerDefinitions?.find(({ name }) => name === SERVICE_CONTAINER)?.image;
  const digest = image && digestOfImage(image);
  if (digest === undefined) throw new OpsFailure(`Revision ${revision} names no image by digest.`);
  return digest;
}
