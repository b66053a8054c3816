import { constants, createReadStream } from 'node:fs';

/** Longest line in bytes: eight times the largest checkpoint. */
const longest = 1 << 20;
const newline = 0x0a;
const chunkSize = 1 << 18;
/** A symbolic link would lead out of the directory that is verified. */
const flags = constants.O_RDONLY | constants.O_NOFOLLOW;

/** A file does not consist of whole lines. */
export class LineError extends Error {
  /** Counted from 1. */
  readonly line: number;
  /** It is the last line, and its line break is missing: what a crash leaves behind. */
  readonly torn: boolean;

  constructor(line: number, message: string, torn = false) {
    super(message);
    this.name = 'LineError';
    this.line = line;
    this.torn = torn;
  }
}

/** Called with every byte that is read, in order: for a hash of the file or a progress bar. */
export type OnBytes = (bytes: Buffer) => void;

/**
 * The lines of a file, without their line breaks, in batches: one pass, memory for one chunk.
 *
 * @param size bytes to read: what is added to the file meanwhile is left out; undefined reads it to its end
 * @throws LineError for a last line without its line break, an empty line, or one that is far too long
 */
export async function* readLines(
  path: string,
  onBytes: OnBytes = () => {},
  size?: number,
): AsyncGenerator<readonly Buffer[]> {
  if (size === 0) return;
  let rest: Buffer = Buffer.alloc(0);
  let count = 0;
  for await (const chunk of createReadStream(path, {
    highWaterMark: chunkSize,
    flags: flags as unknown as string,
    end: size === undefined ? undefined : size - 1,
  }) as AsyncIterable<Buffer>) {
    onBytes(chunk);
    const data = rest.length === 0 ? chunk : Buffer.concat([rest, chunk]);
    const lines: Buffer[] = [];
    let start = 0;
    for (let end = data.indexOf(newline); end !== -1; end = data.indexOf(newline, start)) {
      if (end === start) {
        yield lines;
        throw new LineError(count + lines.length + 1, 'is empty');
      }
      lines.push(data.subarray(start, end));
      start = end + 1;
    }
    rest = data.subarray(start);
    if (lines.length > 0) yield lines;
    count += lines.length;
    if (rest.length > longest) throw new LineError(count + 1, `is longer than ${longest} bytes`);
  }
  if (rest.length > 0) throw new LineError(count + 1, 'is cut off: it does not end with a line break', true);
}
