import { derivedFormats } from '@healthcare-ai/audit-trail/export/export-files';
import type { Manifest } from '@healthcare-ai/audit-trail/export/manifest';
import { verifyDirectory } from '@healthcare-ai/audit-trail/export/verify-directory';
import {
  DirectoryNotEmptyError,
  type ExportItem,
  SchemaChangedError,
  writeExport,
} from '@healthcare-ai/audit-trail/export/write-export';
import { parseCheckpoint } from '@healthcare-ai/audit-trail/format/checkpoint';
import type { EventSchema } from '@healthcare-ai/audit-trail/format/event';
import { TrailFormatError } from '@healthcare-ai/audit-trail/format/format-error';
import type { AuditStore } from '@healthcare-ai/audit-trail/store';
import { describeFault } from '@healthcare-ai/audit-trail/verify/fault';
import type { CheckpointName } from '@healthcare-ai/audit-trail/verify/report';
import type { LocalContext } from '../context.ts';
import { OpsFailure, UsageError } from '../errors.ts';
import { ProgressBar } from './progress-bar.ts';
import { type AuditTools, withStore } from './tools.ts';

export interface ExportFlags {
  readonly out: string;
  readonly format: readonly string[];
  readonly unproven?: boolean;
  /** The last checkpoint of the export before this one. */
  readonly fromCheckpoint: number;
}

/**
 * Writes the trail to a directory that can be verified offline, and verifies what it wrote.
 *
 * @throws OpsFailure when the trail in the database cannot be exported, or what was written is not whole
 */
export async function exportTrail(context: LocalContext, tools: AuditTools, flags: ExportFlags): Promise<void> {
  const { manifest, keys } = await withStore(
    { tools, command: 'export', now: context.clock.now },
    async ({ store, looked }) => {
      const { events: total } = await store.size();
      const { terminal } = tools;
      const bar = new ProgressBar({ terminal, verb: 'Exporting', unit: 'events', total, now: context.clock.now });
      const items = lookingFirst(
        // Written down before the first byte is: an interrupted export shows what it wrote until then.
        () => looked({ action: 'audit.export', count: total }),
        itemsOf(store, flags, (count) => {
          context.signal.throwIfAborted();
          bar.add(count);
        }),
      );
      try {
        return { manifest: await writeFiles(flags, items, await store.schema()), keys: await tools.signingKeys() };
      } finally {
        bar.end();
      }
    },
  );
  await tellExport(context, flags, manifest, keys);
}

/** Writes the files of an export. @throws UsageError for a directory that is not empty; OpsFailure for a bad record */
export const writeFiles = (
  { out, format }: ExportFlags,
  items: AsyncIterable<ExportItem>,
  schema: EventSchema,
): Promise<Manifest> =>
  writeExport({
    directory: out,
    items,
    formats: derivedFormats(schema).filter(({ name }) => format.includes(name)),
  }).catch(explain);

/** Verifies what was written, and reports the result. @throws OpsFailure when it is incomplete */
export async function tellExport(
  context: LocalContext,
  flags: Pick<ExportFlags, 'out' | 'fromCheckpoint'>,
  manifest: Manifest,
  keys: readonly Buffer[],
): Promise<void> {
  const { first, last, last_hash: hash, count } = manifest.checkpoints;
  const newest = { number: last, hash };
  // An export that continues an earlier one is verified with its last checkpoint. Any other beginning must be
  // checkpoint 1, or what a tombstone explains.
  const goesOn = flags.fromCheckpoint > 0 && first === flags.fromCheckpoint + 1;
  const trusted = goesOn ? await before(flags.out, first) : keys.length === 0 ? newest : undefined;
  const report = await verifyDirectory({
    directory: flags.out,
    keys,
    // What was read a moment ago is no reason to trust it. Without a key of the environment, the links alone are verified.
    trusted,
    expected: newest,
    now: new Date(context.clock.now()),
  });
  const known = goesOn ? trusted : keys.length > 0 ? newest : undefined;
  const verify = [
    `npm run ops -- audit verify --dir ${flags.out} --public-key FILE`,
    ...(known ? [`--trusted ${known.number}:${known.hash}`] : []),
  ].join(' ');
  const text = [
    `${flags.out}: ${manifest.events} events under ${count} checkpoints (${first} to ${last}), ${manifest.unproven} unproven`,
    ...manifest.files.map(({ name, bytes }) => `  ${name}, ${bytes} bytes`),
    ...(report.ok ? [`Verify it anywhere: ${verify}`] : []),
  ];
  context.output.result({ directory: flags.out, manifest, report }, text.join('\n'));
  if (report.fault) throw new OpsFailure(`The trail that was exported is broken: ${describeFault(report.fault)}`);
}

async function* lookingFirst(look: () => Promise<void>, items: AsyncIterable<ExportItem>) {
  await look();
  yield* items;
}

async function* itemsOf(
  store: AuditStore,
  { fromCheckpoint, unproven = false }: ExportFlags,
  onEvents: (count: number) => void,
): AsyncGenerator<ExportItem> {
  for await (const piece of store.readTrail({ after: fromCheckpoint, unproven })) {
    if ('record' in piece) yield { checkpoint: parseCheckpoint(piece.record) };
    else if ('events' in piece) {
      onEvents(piece.events.length);
      yield { events: piece.events.map(({ text }) => text) };
    } else yield { unproven: piece.unproven.map(({ text }) => text) };
  }
}

/** The checkpoint before the first of an export that does not begin at 1. */
async function before(directory: string, first: number): Promise<CheckpointName> {
  const { readLines } = await import('@healthcare-ai/audit-trail/format/lines');
  for await (const [line] of readLines(`${directory}/checkpoints.jsonl`)) {
    return { number: first - 1, hash: parseCheckpoint(line!.toString('utf8')).statement.previous };
  }
  throw new OpsFailure(`${directory} holds no checkpoint.`);
}

function explain(error: unknown): never {
  if (error instanceof DirectoryNotEmptyError) throw new UsageError(error.message);
  if (error instanceof TrailFormatError) {
    throw new OpsFailure(`The trail cannot be exported: a record ${error.message}. audit verify names it.`);
  }
  if (error instanceof SchemaChangedError) throw new OpsFailure(`The trail cannot be exported: ${error.message}.`);
  if (error instanceof RangeError) throw new OpsFailure(`The trail cannot be exported: ${error.message}.`);
  throw error;
}
