import { createReadStream } from 'node:fs';
import { mkdir, readdir, readFile, rename, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { createInterface } from 'node:readline';
import { type Checkpoint, parseCheckpoint } from '@healthcare-ai/audit-trail/format/checkpoint';
import { FolderSegments } from '@healthcare-ai/audit-trail/segments/folder-store';
import { segmentFolder, segmentOf, segmentPath } from '@healthcare-ai/audit-trail/segments/segment-store';
import { type FolderLock, lockFolder } from '../../database/folder-lock.ts';
import { JsonlFile, lastLineOf, syncFolder } from './jsonl-file.ts';
import { type EventPages, ForkError, joined, type PublishedForm, type PublishingTerm, type Sink } from './sink.ts';

export interface FilesSinkOptions {
  readonly folder: string;

  /**
   * Bytes of events from which the next checkpoint begins new files.
   *
   * @default 64 MiB
   */
  readonly rollAt?: number;
}

/** What is open while this process publishes. */
interface Opened {
  readonly lock: FolderLock;
  readonly signal: AbortSignal;
  readonly trail: string;
  /** Undefined once segments are written in place of it. */
  events: JsonlFile | undefined;
  checkpoints: JsonlFile | undefined;
  /** Number of the last checkpoint that the files hold whole. */
  last: number;
}

const fileName = /^(events|checkpoints)-(\d{10})\.jsonl$/;
const numberIn = (name: string): number => Number(fileName.exec(name)![2]);
const nameOf = (kind: 'events' | 'checkpoints', number: number): string =>
  `${kind}-${String(number).padStart(10, '0')}.jsonl`;

const whenMissing =
  <Value>(value: Value) =>
  (error: NodeJS.ErrnoException): Value => {
    if (error.code !== 'ENOENT') throw error;
    return value;
  };

/**
 * Publishes to a folder, as JSON lines: `events-<n>.jsonl` and `checkpoints-<n>.jsonl` hold what came from checkpoint
 * `n` on. The events of a checkpoint are on the disk before its record is, so a record stands for events that are there.
 * In the form of segments, the events are in `segments/<trail>/<number>.jsonl` in place of `events-<n>.jsonl`.
 */
export class FilesSink implements Sink {
  readonly name = 'files';
  readonly #folder: string;
  readonly #rollAt: number;
  #opened: Opened | undefined;

  constructor({ folder, rollAt = 64 * 1024 * 1024 }: FilesSinkOptions) {
    this.#folder = folder;
    this.#rollAt = rollAt;
  }

  async open({ signal, trail }: PublishingTerm): Promise<void> {
    await mkdir(this.#folder, { recursive: true, mode: 0o700 });
    const opened: Opened = {
      lock: await lockFolder(this.#folder),
      signal,
      trail,
      events: undefined,
      checkpoints: undefined,
      last: 0,
    };
    this.#opened = opened;
    const [events, checkpoints] = [(await this.#list('events')).at(-1), (await this.#list('checkpoints')).at(-1)];
    const newest = Math.max(...[events, checkpoints].map((name) => (name === undefined ? -1 : numberIn(name))));
    if (newest < 0) return;
    // A crash may have come between the making of the two files.
    if (events !== undefined && numberIn(events) === newest) opened.events = await JsonlFile.open(this.#path(events));
    opened.checkpoints = await JsonlFile.open(this.#path(nameOf('checkpoints', newest)));
    opened.last = await this.#lastNumber();
  }

  async publish(checkpoint: Checkpoint, events: EventPages, form: PublishedForm = 'lines'): Promise<void> {
    const opened = this.#opened!;
    const { number } = checkpoint.statement;
    if (form === 'segment') await this.putSegment(checkpoint, await joined(events));
    if (number <= opened.last) {
      // The sink took it before and the response was lost, or the database was restored.
      if (!(await this.#holds(checkpoint))) throw new ForkError(number, this.#folder);
      return;
    }
    if (form === 'lines') await this.#appendEvents(opened, number, events);
    else if (!opened.checkpoints || opened.events || opened.checkpoints.size >= this.#rollAt) {
      await this.#roll(opened, number, form);
    }
    opened.signal.throwIfAborted();
    await opened.checkpoints!.append(checkpoint.record);
    await opened.checkpoints!.sync();
    opened.last = number;
  }

  /** A name that is there has a whole segment: it is renamed to it once it is on the disk. */
  async putSegment({ record, statement: { number } }: Checkpoint, events: string): Promise<void> {
    const { trail, signal } = this.#opened!;
    const [path, text] = [this.#path(segmentPath(trail, number)), segmentOf(record, events)];
    const there = await readFile(path, 'utf8').catch(whenMissing(undefined));
    if (there === text) return;
    if (there !== undefined) throw new ForkError(number, this.#folder);
    const made = await mkdir(this.#path(segmentFolder(trail)), { recursive: true, mode: 0o700 });
    if (made !== undefined) for (const folder of ['.', 'segments']) await syncFolder(this.#path(folder));
    await writeFile(`${path}.part`, text, { mode: 0o600, flush: true });
    signal.throwIfAborted();
    await rename(`${path}.part`, path);
    await syncFolder(dirname(path));
  }

  /** Changes nothing: another process may be writing. */
  async reaches(_trail: string | undefined, number: number): Promise<boolean> {
    for (const trail of await FolderSegments.trails(this.#folder)) {
      const newest = (await new FolderSegments(this.#folder, trail).numbers()).at(-1) ?? 0;
      if (newest >= number) return true;
    }
    const names = await this.#list('checkpoints').catch(whenMissing([]));
    for (const name of names.reverse()) {
      const record = await lastLineOf(this.#path(name));
      if (record !== undefined) return parseCheckpoint(record).statement.number >= number;
    }
    return false;
  }

  async close(): Promise<void> {
    const opened = this.#opened;
    this.#opened = undefined;
    await opened?.events?.close().catch(() => {});
    await opened?.checkpoints?.close().catch(() => {});
    opened?.lock.release();
  }

  async #appendEvents(opened: Opened, number: number, events: EventPages): Promise<void> {
    if (!opened.events || !opened.checkpoints || opened.events.size >= this.#rollAt) {
      await this.#roll(opened, number, 'lines');
    }
    for await (const lines of events) {
      opened.signal.throwIfAborted();
      await opened.events!.append(lines);
    }
    await opened.events!.sync();
  }

  async #roll(opened: Opened, number: number, form: PublishedForm): Promise<void> {
    await opened.events?.close();
    await opened.checkpoints?.close();
    opened.events = undefined;
    opened.checkpoints = undefined;
    if (form === 'lines') opened.events = await JsonlFile.open(this.#path(nameOf('events', number)));
    opened.checkpoints = await JsonlFile.open(this.#path(nameOf('checkpoints', number)));
  }

  #path(name: string): string {
    return join(this.#folder, name);
  }

  /** Number of the last record in the files, or 0. */
  async #lastNumber(): Promise<number> {
    for (const name of (await this.#list('checkpoints')).reverse()) {
      const file = await JsonlFile.open(this.#path(name));
      const record = await file.lastLine().finally(() => file.close());
      if (record !== undefined) return parseCheckpoint(record).statement.number;
    }
    return 0;
  }

  /** Oldest first. */
  async #list(kind: string): Promise<string[]> {
    const names = await readdir(this.#folder);
    return names.filter((name) => fileName.exec(name)?.[1] === kind).sort();
  }

  /** True if the files contain exactly this record. Rarely called, so it reads all of them. */
  async #holds({ record, statement }: Checkpoint): Promise<boolean> {
    const names = await this.#list('checkpoints');
    const name = names.findLast((one) => numberIn(one) <= statement.number);
    if (name === undefined) return false;
    for await (const line of createInterface({ input: createReadStream(this.#path(name)) })) {
      if (line === record) return true;
    }
    return false;
  }
}
