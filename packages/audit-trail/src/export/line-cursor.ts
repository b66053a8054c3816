import { join } from 'node:path';
import { LineError, type OnBytes, readLines } from '../format/lines.ts';

/** Called with what is read of a file. */
export type OnFileBytes = (file: string, bytes: Buffer) => void;

export interface LineCursorOptions {
  readonly directory: string;
  /** Names of the files, in the order in which they follow each other. */
  readonly files: readonly string[];
  /** Called with every byte. */
  readonly onBytes?: OnFileBytes;

  /**
   * Bytes to read of each file.
   *
   * @default - all of them to their ends
   */
  readonly sizes?: ReadonlyMap<string, number>;

  /**
   * An incomplete last line, left by a crash, is skipped and reported; anywhere else it is an error.
   *
   * @default - an error
   */
  readonly onTornLine?: (file: string) => void;
}

/** A line where it stands. */
export interface PlacedLine {
  readonly bytes: Buffer;
  readonly file: string;
  /** Counted from 1. */
  readonly line: number;
}

/** A line of a file cannot be read. */
export class BadLineError extends Error {
  readonly file: string;
  readonly line: number;

  constructor(file: string, { line, message }: LineError) {
    super(message);
    this.name = 'BadLineError';
    this.file = file;
    this.line = line;
  }
}

/** The lines of several files, one after the other. They come in batches: `take` waits for nothing while one lasts. */
export class LineCursor {
  readonly #batches: AsyncGenerator<Batch>;
  #batch: Batch | undefined;
  #at = 0;

  constructor(options: LineCursorOptions) {
    this.#batches = batchesOf(options);
  }

  /**
   * Makes sure that there is a line to take.
   *
   * @returns false at the end
   * @throws BadLineError
   */
  async more(): Promise<boolean> {
    while (!this.#batch || this.#at >= this.#batch.lines.length) {
      const { value, done } = await this.#batches.next();
      if (done) return false;
      this.#batch = value;
      this.#at = 0;
    }
    return true;
  }

  /** @returns undefined when `more` must be called first */
  take(): PlacedLine | undefined {
    const batch = this.#batch;
    const bytes = batch?.lines[this.#at];
    if (!batch || !bytes) return undefined;
    this.#at += 1;
    return { bytes, file: batch.file, line: batch.first + this.#at - 1 };
  }

  /** The bytes of the line that `take` would give. */
  peek(): Buffer | undefined {
    return this.#batch?.lines[this.#at];
  }

  async close(): Promise<void> {
    await this.#batches.return(undefined);
  }
}

interface Batch {
  readonly file: string;
  /** Number of the first line. */
  readonly first: number;
  readonly lines: readonly Buffer[];
}

async function* batchesOf({ directory, files, sizes, onBytes, onTornLine }: LineCursorOptions): AsyncGenerator<Batch> {
  for (const file of files) {
    const onRead: OnBytes = (bytes) => onBytes?.(file, bytes);
    let first = 1;
    try {
      for await (const lines of readLines(join(directory, file), onRead, sizes?.get(file))) {
        yield { file, first, lines };
        first += lines.length;
      }
    } catch (error) {
      if (!(error instanceof LineError)) throw error;
      if (!error.torn || !onTornLine) throw new BadLineError(file, error);
      onTornLine(file);
    }
  }
}
