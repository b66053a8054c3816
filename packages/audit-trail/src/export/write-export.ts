import { hash } from 'node:crypto';
import { mkdir, open, readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Checkpoint } from '../format/checkpoint.ts';
import { needsSchema2 } from '../format/event.ts';
import { parseEvent } from '../format/parse-event.ts';
import type { DerivedFormat } from './derived/derived-format.ts';
import { exportFiles } from './export-files.ts';
import { HashedFile } from './hashed-file.ts';
import { type Manifest, manifestFile, writeManifest } from './manifest.ts';

/** What is exported, in the order in which it is published. */
export type ExportItem =
  /** Texts of events, a page at a time, then the checkpoint that covers them. */
  | { readonly events: readonly string[] }
  | { readonly checkpoint: Checkpoint }
  /** Events that no checkpoint covers: after all others. */
  | { readonly unproven: readonly string[] };

export interface WriteExportOptions {
  /** Created if missing; must be empty. */
  readonly directory: string;
  readonly items: AsyncIterable<ExportItem>;

  /**
   * Other forms of the events to write as well.
   *
   * @default - none
   */
  readonly formats?: readonly DerivedFormat[];
}

/** The directory holds something already. */
export class DirectoryNotEmptyError extends Error {
  constructor(directory: string) {
    super(`${directory} is not empty: an export accounts for every file in its directory, so give a new one`);
    this.name = 'DirectoryNotEmptyError';
  }
}

/** The trail went on in a newer schema after the export began. */
export class SchemaChangedError extends Error {
  constructor(format: string) {
    super(
      `the schema of the trail changed during the export, and the ${format} file has too few columns: run it again`,
    );
    this.name = 'SchemaChangedError';
  }
}

/**
 * Writes an export. The manifest comes last: a directory without one is an export that was cut off.
 *
 * @throws DirectoryNotEmptyError, SchemaChangedError
 * @throws RangeError when there is no checkpoint: nothing of it could be verified
 */
export async function writeExport({ directory, items, formats = [] }: WriteExportOptions): Promise<Manifest> {
  await mkdir(directory, { recursive: true, mode: 0o700 });
  if ((await readdir(directory)).length > 0) throw new DirectoryNotEmptyError(directory);
  const files = new Map<string, HashedFile>();
  const fileOf = async (name: string, head = ''): Promise<HashedFile> => {
    let file = files.get(name);
    if (!file) {
      file = await HashedFile.create(directory, name);
      files.set(name, file);
      await file.write(head);
    }
    return file;
  };
  try {
    const events = await fileOf(exportFiles.events);
    const checkpoints = await fileOf(exportFiles.checkpoints);
    for (const format of formats) await fileOf(format.file, format.head);
    const counted = { events: 0, unproven: 0, checkpoints: 0 };
    let first: Checkpoint | undefined;
    let last: Checkpoint | undefined;
    for await (const item of items) {
      if ('checkpoint' in item) {
        first ??= item.checkpoint;
        last = item.checkpoint;
        counted.checkpoints += 1;
        await checkpoints.write(`${item.checkpoint.record}\n`);
      } else if ('unproven' in item) {
        for (const text of item.unproven) await (await fileOf(exportFiles.unproven)).write(`${text}\n`);
        counted.unproven += item.unproven.length;
      } else {
        for (const text of item.events) {
          await events.write(`${text}\n`);
          for (const format of formats) {
            const event = parseEvent(text);
            if (needsSchema2(event) && format.schema < event.v) throw new SchemaChangedError(format.name);
            await (await fileOf(format.file)).write(format.event(event, hash('sha256', text)));
          }
        }
        counted.events += item.events.length;
      }
    }
    if (!first || !last) throw new RangeError('there is no checkpoint yet, so nothing could be verified');
    const written = await Promise.all([...files.values()].map((file) => file.finish()));
    const manifest: Manifest = {
      checkpoints: {
        count: counted.checkpoints,
        first: first.statement.number,
        last: last.statement.number,
        last_hash: last.hash,
      },
      events: counted.events,
      files: written.sort((a, b) => (a.name < b.name ? -1 : 1)),
      origin: last.statement.origin,
      unproven: counted.unproven,
    };
    await writeFile(join(directory, manifestFile), writeManifest(manifest), { flag: 'wx', mode: 0o600, flush: true });
    await syncDirectory(directory);
    return manifest;
  } finally {
    await Promise.all([...files.values()].map((file) => file.abandon()));
  }
}

async function syncDirectory(directory: string): Promise<void> {
  const handle = await open(directory, 'r');
  await handle.sync().finally(() => handle.close());
}
