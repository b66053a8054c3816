import type { OpsContext } from '../context.ts';
import { applyChange } from './apply.ts';
import { openChange } from './change.ts';
import { type ChangeRecord, forgetFinished, readChange } from './change-record.ts';
import { short } from './digest.ts';
import { currentDigest, releases } from './history.ts';
import { type FoundImage, findImage } from './image.ts';
import { requireRollbackPossible, requireSchemaSupported } from './rollback-safety.ts';
import { requireScanned, scanResult } from './scan.ts';
import { ServiceWatcher } from './service-view.ts';
import { imageStacks, requireReady, viewStack } from './stack.ts';

export interface RolloutRequest {
  /** Digest or tag. */
  readonly image: string;

  /** @default false */
  readonly despiteFindings?: boolean;

  /** @default false */
  readonly oneWay?: boolean;
}

/**
 * Brings the stage to an image of its repository.
 *
 * @throws OpsFailure when the image must not run, another operator changes the stage, or the image did not start
 */
export async function rollout(context: OpsContext, request: RolloutRequest): Promise<void> {
  const { output } = context;
  const image = await findImage(context, request.image);
  const scan = request.despiteFindings ? await scanResult(context, image) : await requireScanned(context, image);
  const from = await currentDigest(context);
  const history = await releases(context);
  await requireSchemaSupported(context, image, history, true);
  if (from !== undefined && !request.oneWay) await requireRollbackPossible(context, image, from, history);
  if (await isThere(context, image.digest)) {
    await forgetFinished(context);
    output.result(
      { outcome: 'unchanged', digest: image.digest },
      `The stage runs ${image.digest} already: nothing to do.`,
    );
    return;
  }
  const open = (await readChange(context))?.record;
  await requireReady(context, open !== undefined);
  const begun = open?.to === image.digest ? open : undefined;
  output.progress(planText(context, image, begun ? begun.from : from, scan.counts));
  if (begun) output.progress(`  resumes  the ${begun.kind} that began ${begun.startedAt}, at "${begun.step}"`);
  if (scan.fault !== undefined) output.progress(`  despite: ${scan.fault}`);
  await context.confirm(`Roll out to ${context.stage}?`);

  const wanted = { kind: 'rollout', from, to: image.digest } as const;
  const takeOver = (abandoned: ChangeRecord) =>
    abandoned.to === image.digest ? { ...wanted, from: abandoned.from } : undefined;
  const change = await openChange(context, wanted, takeOver);
  await applyChange(context, change, { schema: image.schema, migrate: true, cancel: false });
  output.result({ outcome: 'rolled-out', digest: image.digest, from }, `Rolled out: the stage runs ${image.digest}.`);
}

/** Whether SSM, both stacks and the service agree on a digest, and nothing is half done. */
async function isThere(context: OpsContext, digest: string): Promise<boolean> {
  if ((await currentDigest(context)) !== digest || (await readChange(context)) !== undefined) return false;
  const stacks = await Promise.all(Object.values(imageStacks(context.names)).map((name) => viewStack(context, name)));
  if (stacks.some((stack) => stack?.digest !== digest)) return false;
  const view = await new ServiceWatcher(context).view();
  return (
    view?.deployments.every((deployment) => deployment.digest === digest && deployment.state === 'COMPLETED') ?? false
  );
}

function planText(
  context: OpsContext,
  image: FoundImage,
  from: string | undefined,
  counts: Readonly<Record<string, number>>,
): string {
  const tags = image.tags.length > 0 ? ` (${image.tags.join(', ')})` : '';
  const findings = Object.entries(counts).map(([severity, count]) => `${count} ${severity.toLowerCase()}`);
  const { deployment, canaryPercent, bakeMinutes } = context.config.service;
  const way = deployment === 'canary' ? `canary of ${canaryPercent} %` : deployment;
  return [
    `${context.stage} in ${context.region}`,
    `  image    ${short(from)} -> ${short(image.digest)}${tags}`,
    `  pushed   ${image.pushedAt?.toISOString() ?? 'unknown'}`,
    `  scan     ${findings.join(', ') || 'no findings'}`,
    `  schema   ${image.schema === undefined ? 'not annotated' : `${image.schema.version}, services from ${image.schema.oldestService} on`}`,
    `  way      ${way}, watched for ${bakeMinutes} minutes; circuit breaker and alarms roll back`,
  ].join('\n');
}
