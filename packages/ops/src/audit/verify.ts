import { NoTrailError, verifyDirectory } from '@healthcare-ai/audit-trail/export/verify-directory';
import type { LinePage } from '@healthcare-ai/audit-trail/verify/collect-published';
import { compareCopy } from '@healthcare-ai/audit-trail/verify/compare-copy';
import { describeReport } from '@healthcare-ai/audit-trail/verify/describe-report';
import { describeFault } from '@healthcare-ai/audit-trail/verify/fault';
import type { TrailReport } from '@healthcare-ai/audit-trail/verify/report';
import type { TrustOptions } from '@healthcare-ai/audit-trail/verify/trust';
import { TrailVerifier } from '@healthcare-ai/audit-trail/verify/verifier';
import type { LocalContext, OpsContext } from '../context.ts';
import { OpsFailure, UsageError } from '../errors.ts';
import { ProgressBar } from './progress-bar.ts';
import { linesOf, verifyLines } from './source/cloudwatch.ts';
import { verifyStore } from './source/database.ts';
import { type CloudWatchFlags, findPublished } from './source/published.ts';
import { type AuditTools, withStore } from './tools.ts';
import { keysOf, type TrustFlags } from './trust-options.ts';

/** Prints a verification. @throws OpsFailure for a broken trail */
export function show({ output }: LocalContext, report: TrailReport): void {
  output.result(report, describeReport(report));
  if (!report.ok) throw new OpsFailure(report.fault ? `Broken: ${describeFault(report.fault)}` : 'Broken.');
}

const trustOf = (
  context: LocalContext,
  flags: TrustFlags,
  keys: readonly Buffer[],
): Omit<TrustOptions, 'expected'> => ({
  keys,
  trusted: flags.trusted,
  origin: flags.origin,
  maxAge: flags.maxAge,
  now: new Date(context.clock.now()),
});

/** An exported directory, offline. @throws UsageError without a key, or when there is no trail in the directory */
export async function verifyFiles(
  context: LocalContext,
  { terminal }: AuditTools,
  directory: string,
  flags: TrustFlags,
): Promise<TrailReport> {
  const keys = keysOf(flags);
  if (keys.length === 0 && !flags.trusted) {
    throw new UsageError('pass the public key with --public-key FILE: without it nothing is proven');
  }
  const bar = new ProgressBar({ terminal, verb: 'Verifying', unit: 'bytes', now: context.clock.now });
  try {
    return await verifyDirectory({
      directory,
      ...trustOf(context, flags, keys),
      onProgress: (bytes) => {
        context.signal.throwIfAborted();
        bar.add(bytes);
      },
    });
  } catch (error) {
    throw error instanceof NoTrailError ? new UsageError(error.message) : error;
  } finally {
    bar.end();
  }
}

/** The database that the service's environment names. The look is written down with its outcome. */
export function verifyDatabase(context: LocalContext, tools: AuditTools, flags: TrustFlags): Promise<TrailReport> {
  return withStore({ tools, command: 'verify', now: context.clock.now }, async ({ store, looked }) => {
    const given = keysOf(flags);
    const keys = given.length > 0 ? given : await tools.signingKeys();
    const { events: total } = await store.size();
    const { terminal } = tools;
    const bar = new ProgressBar({ terminal, verb: 'Verifying', unit: 'events', total, now: context.clock.now });
    const verifier = new TrailVerifier(trustOf(context, flags, keys));
    try {
      await verifyStore(store, verifier, (count) => {
        context.signal.throwIfAborted();
        bar.add(count);
      });
    } finally {
      bar.end();
    }
    const own = 'the public key is that of the environment: give --public-key to trust it less';
    const report = verifier.finish(given.length > 0 ? [] : [own]);
    await looked({ action: 'audit.verify', outcome: report.ok ? 'success' : 'failure', count: report.events });
    return report;
  });
}

/**
 * The log group of a stage, held to what the bucket with Object Lock keeps. Where the bucket has segments, the log group
 * is a copy of them: the first event or checkpoint that is missing, extra or different is named.
 */
export async function verifyCloudWatch(
  context: OpsContext,
  { terminal }: AuditTools,
  flags: CloudWatchFlags,
): Promise<TrailReport> {
  const { streams, keys, expected, segments, notes } = await findPublished(context, flags);
  const bar = new ProgressBar({ terminal, verb: 'Verifying', unit: 'lines', now: context.clock.now });
  const verifier = new TrailVerifier({ ...trustOf(context, flags, keys), expected });
  const onLines = (count: number) => bar.add(count);
  try {
    const found = await streams();
    if (!segments) {
      await verifyLines(linesOf(found, onLines), verifier);
      return verifier.finish(notes);
    }
    const { read } = await import('./source/segments.ts');
    const compared = await compareCopy(passedOn(linesOf(found, onLines), verifier), read(segments), 'the log group');
    const { difference, checkpoints, events, later } = compared;
    const report = verifier.finish([
      ...notes,
      `compared with segments ${segments.from} to ${segments.to} of s3://${segments.bucket}: ` +
        `${checkpoints} checkpoints and ${events} events are the same${later > 0 ? `, ${later} lines are newer` : ''}`,
    ]);
    return difference ? { ...report, ok: false, fault: difference } : report;
  } finally {
    bar.end();
  }
}

/** What a stage has published: the segments of its bucket, and the log group for what is older. */
export async function verifyPublished(
  context: OpsContext,
  { terminal }: AuditTools,
  flags: CloudWatchFlags,
): Promise<TrailReport> {
  const { streams, keys, expected, segments, notes } = await findPublished(context, flags);
  if (!segments) throw new OpsFailure(noSegments);
  const { publishedPages } = await import('./source/segments.ts');
  const bar = new ProgressBar({ terminal, verb: 'Verifying', unit: 'lines', now: context.clock.now });
  const verifier = new TrailVerifier({ ...trustOf(context, flags, keys), expected });
  try {
    await verifyLines(
      publishedPages(streams, segments, (count) => bar.add(count)),
      verifier,
    );
  } finally {
    bar.end();
  }
  return verifier.finish([...notes, `segments ${segments.from} to ${segments.to} of s3://${segments.bucket}`]);
}

export const noSegments =
  'The bucket has no segments of the trail: the stage was not switched to audit format 2. Read the log group with --cloudwatch.';

/** Gives lines to a verifier on the way to who asks for them. */
async function* passedOn(pages: AsyncIterable<LinePage>, verifier: TrailVerifier): AsyncGenerator<LinePage> {
  for await (const page of pages) {
    for (const [index, line] of page.lines.entries()) verifier.line(line, page.source, page.first + index);
    yield page;
  }
}
