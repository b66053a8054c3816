import { type FileHandle, open } from 'node:fs/promises';
import { dirname } from 'node:path';

const blockSize = 64 * 1024;
const newline = 0x0a;

/** A file of lines that is only added to. What a crash left of a line is cut back when it is opened. */
export class JsonlFile {
  readonly path: string;
  readonly #file: FileHandle;
  #size: number;

  private constructor(path: string, file: FileHandle, size: number) {
    this.path = path;
    this.#file = file;
    this.#size = size;
  }

  /** Creates the file if it does not exist. */
  static async open(path: string): Promise<JsonlFile> {
    const file = await open(path, 'a+', 0o600);
    try {
      const { size } = await file.stat();
      const whole = await endOfLastLine(file, size);
      if (whole < size) await file.truncate(whole);
      await file.sync();
      if (size === 0) await syncFolder(dirname(path));
      return new JsonlFile(path, file, whole);
    } catch (error) {
      await file.close();
      throw error;
    }
  }

  /** Bytes in the file. */
  get size(): number {
    return this.#size;
  }

  /** @param lines with line breaks between them */
  async append(lines: string): Promise<void> {
    const bytes = Buffer.from(`${lines}\n`);
    await this.#file.appendFile(bytes);
    this.#size += bytes.length;
  }

  /** Resolves once what was added is on the disk. */
  async sync(): Promise<void> {
    await this.#file.datasync();
  }

  /** The last line; undefined in an empty file. */
  async lastLine(): Promise<string | undefined> {
    return lineBefore(this.#file, this.#size);
  }

  async close(): Promise<void> {
    await this.#file.close();
  }
}

/** The last complete line of a file, or undefined. Does not change the file. */
export async function lastLineOf(path: string): Promise<string | undefined> {
  const file = await open(path, 'r');
  try {
    return await lineBefore(file, await endOfLastLine(file, (await file.stat()).size));
  } finally {
    await file.close();
  }
}

/** The line whose line break is before `end`. */
async function lineBefore(file: FileHandle, end: number): Promise<string | undefined> {
  if (end === 0) return undefined;
  const start = await endOfLastLine(file, end - 1);
  const line = Buffer.alloc(end - 1 - start);
  await file.read(line, 0, line.length, start);
  return line.toString('utf8');
}

/** Offset after the last line break before `end`, or 0. */
async function endOfLastLine(file: FileHandle, end: number): Promise<number> {
  const block = Buffer.alloc(blockSize);
  for (let to = end; to > 0; to -= blockSize) {
    const from = Math.max(0, to - blockSize);
    const { bytesRead } = await file.read(block, 0, to - from, from);
    const at = block.subarray(0, bytesRead).lastIndexOf(newline);
    if (at >= 0) return from + at + 1;
  }
  return 0;
}

/** A new name is only kept once its folder is. */
export async function syncFolder(path: string): Promise<void> {
  const folder = await open(path, 'r');
  try {
    await folder.sync();
  } finally {
    await folder.close();
  }
}
