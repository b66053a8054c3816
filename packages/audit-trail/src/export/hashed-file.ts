import { createHash } from 'node:crypto';
import { type FileHandle, open } from 'node:fs/promises';
import { join } from 'node:path';
import type { ManifestFile } from './manifest.ts';

const flushAt = 1 << 18;

/** A new file that is hashed while it is written. */
export class HashedFile {
  readonly #name: string;
  readonly #file: FileHandle;
  readonly #hash = createHash('sha256');
  #bytes = 0;
  #waiting: string[] = [];
  #waitingLength = 0;

  private constructor(name: string, file: FileHandle) {
    this.#name = name;
    this.#file = file;
  }

  /** @throws when there is a file of this name */
  static async create(directory: string, name: string): Promise<HashedFile> {
    return new HashedFile(name, await open(join(directory, name), 'wx', 0o600));
  }

  /** Resolves at once while little waits to be written. */
  async write(text: string): Promise<void> {
    this.#waiting.push(text);
    this.#waitingLength += text.length;
    if (this.#waitingLength >= flushAt) await this.#flush();
  }

  /** Resolves once the file is on the disk. */
  async finish(): Promise<ManifestFile> {
    await this.#flush();
    await this.#file.sync();
    await this.#file.close();
    return { bytes: this.#bytes, name: this.#name, sha256: this.#hash.digest('hex') };
  }

  async abandon(): Promise<void> {
    await this.#file.close().catch(() => {});
  }

  async #flush(): Promise<void> {
    const data = Buffer.from(this.#waiting.join(''));
    this.#waiting = [];
    this.#waitingLength = 0;
    this.#hash.update(data);
    this.#bytes += data.length;
    await this.#file.appendFile(data);
  }
}
