import type { ExportItem } from '@healthcare-ai/audit-trail/export/write-export';
import { type Collected, collectPublished } from '@healthcare-ai/audit-trail/verify/collect-published';
import { describeFault } from '@healthcare-ai/audit-trail/verify/fault';
import { TrailVerifier } from '@healthcare-ai/audit-trail/verify/verifier';
import type { OpsContext } from '../context.ts';
import { OpsFailure } from '../errors.ts';
import { type ExportFlags, tellExport, writeFiles } from './export.ts';
import { ProgressBar } from './progress-bar.ts';
import { linesOf } from './source/cloudwatch.ts';
import { type CloudWatchFlags, findPublished } from './source/published.ts';
import type { AuditTools } from './tools.ts';
import { noSegments } from './verify.ts';

/**
 * Writes what a stage has published to a directory that can be verified offline: each event and each checkpoint once.
 * It is verified as it is read, and once more as it was written.
 *
 * @throws OpsFailure when what was published, or what was written, is not whole: the directory is no export then
 */
export async function exportPublished(
  context: OpsContext,
  { terminal }: Pick<AuditTools, 'terminal'>,
  flags: ExportFlags & CloudWatchFlags,
): Promise<void> {
  const { streams, keys, expected, segments } = await findPublished(context, flags);
  if (flags.published && !segments) throw new OpsFailure(noSegments);
  context.state(`${flags.out} is incomplete without manifest.json: remove it, and run the command again.`);
  const bar = new ProgressBar({ terminal, verb: 'Exporting', unit: 'lines', now: context.clock.now });
  const verifier = new TrailVerifier({ keys, expected, now: new Date(context.clock.now()) });
  const onLines = (count: number) => bar.add(count);
  const { publishedPages } = await import('./source/segments.ts');
  const pages =
    flags.published && segments ? publishedPages(streams, segments, onLines) : linesOf(await streams(), onLines);
  const items = itemsOf(collectPublished(pages, verifier), verifier, flags);
  try {
    // A stage with segments was switched to audit format 2.
    const manifest = await writeFiles(flags, items, segments ? 2 : 1);
    await tellExport(context, flags, manifest, keys);
  } finally {
    bar.end();
  }
}

async function* itemsOf(
  collected: AsyncIterable<Collected>,
  verifier: TrailVerifier,
  { fromCheckpoint, unproven = false, out }: ExportFlags,
): AsyncGenerator<ExportItem> {
  for await (const item of collected) {
    if ('unproven' in item) {
      if (unproven) yield item;
      continue;
    }
    const { checkpoint, events } = item;
    if (checkpoint.statement.number <= fromCheckpoint) continue;
    if (events.length > 0) yield { events };
    yield { checkpoint };
  }
  const { fault } = verifier.finish();
  if (fault) {
    throw new OpsFailure(
      `What was published is broken: ${describeFault(fault)}. ${out} is not a valid export: remove it.`,
    );
  }
}
