import { createReadStream } from 'node:fs';
import { mkdir, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { type Checkpoint, parseCheckpoint } from '@healthcare-ai/audit-trail/format/checkpoint';
import { type FolderLock, lockFolder } from '../../database/folder-lock.ts';
import { JsonlFile, lastLineOf } from './jsonl-file.ts';
import { type EventPages, ForkError, type PublishingTerm, type Sink } from './sink.ts';

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
  events: JsonlFile | undefined;
  checkpoints: JsonlFile | undefined;
  /** Number of the last checkpoint that the files hold whole. */
  last: number;
}

const fileName = /^(events|checkpoints)-(\d{10})\.jsonl$/;

/**
 * Publishes to a folder, as JSON lines: `events-<n>.jsonl` and `checkpoints-<n>.jsonl` hold what came from checkpoint
 * `n` on. The events of a checkpoint are on the disk before its record is, so a record stands for events that are there.
 */
export class FilesSink implements Sink {
  readonly name = 'files';
  readonly takesEvents = true;
  readonly #folder: string;
  readonly #rollAt: number;
  #opened: Opened | undefined;

  constructor({ folder, rollAt = 64 * 1024 * 1024 }: FilesSinkOptions) {
    this.#folder = folder;
    this.#rollAt = rollAt;
  }

  async open({ signal }: PublishingTerm): Promise<void> {
    await mkdir(this.#folder, { recursive: true, mode: 0o700 });
    const opened: Opened = {
      lock: await lockFolder(this.#folder),
      signal,
      events: undefined,
      checkpoints: undefined,
      last: 0,
    };
    this.#opened = opened;
    const newest = (await this.#list('events')).at(-1);
    if (newest === undefined) return;
    // A crash may have come between the making of the two files.
    opened.events = await JsonlFile.open(join(this.#folder, newest));
    opened.checkpoints = await JsonlFile.open(join(this.#folder, newest.replace('events', 'checkpoints')));
    opened.last = await this.#lastNumber();
  }

  async publish(checkpoint: Checkpoint, events: EventPages): Promise<void> {
    const opened = this.#opened!;
    const { number } = checkpoint.statement;
    if (number <= opened.last) {
      // The sink took it before and the response was lost, or the database was restored.
      if (!(await this.#holds(checkpoint))) throw new ForkError(number, this.#folder);
      return;
    }
    if (!opened.events || !opened.checkpoints || opened.events.size >= this.#rollAt) await this.#roll(opened, number);
    for await (const lines of events) {
      opened.signal.throwIfAborted();
      await opened.events!.append(lines);
    }
    await opened.events!.sync();
    opened.signal.throwIfAborted();
    await opened.checkpoints!.append(checkpoint.record);
    await opened.checkpoints!.sync();
    opened.last = number;
  }

  /** Changes nothing: another process may be writing. */
  async reaches(_trail: string | undefined, number: number): Promise<boolean> {
    const names = await this.#list('checkpoints').catch((error: NodeJS.ErrnoException) => {
      if (error.code === 'ENOENT') return [];
      throw error;
    });
    for (const name of names.reverse()) {
      const record = await lastLineOf(join(this.#folder, name));
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

  async #roll(opened: Opened, number: number): Promise<void> {
    const path = (kind: string) => join(this.#folder, `${kind}-${String(number).padStart(10, '0')}.jsonl`);
    await opened.events?.close();
    await opened.checkpoints?.close();
    opened.events = undefined;
    opened.checkpoints = undefined;
    opened.events = await JsonlFile.open(path('events'));
    opened.checkpoints = await JsonlFile.open(path('checkpoints'));
  }

  /** Number of the last record in the files, or 0. */
  async #lastNumber(): Promise<number> {
    for (const name of (await this.#list('checkpoints')).reverse()) {
      const file = await JsonlFile.open(join(this.#folder, name));
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
    const name = names.findLast((one) => Number(fileName.exec(one)![2]) <= statement.number);
    if (name === undefined) return false;
    for await (const line of createInterface({ input: createReadStream(join(this.#folder, name)) })) {
      if (line === record) return true;
    }
    return false;
  }
}
