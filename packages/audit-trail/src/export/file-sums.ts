import { createHash } from 'node:crypto';

/** SHA-256 and size of files that are read in pieces. */
export class FileSums {
  readonly #sums = new Map<string, { readonly hash: ReturnType<typeof createHash>; bytes: number }>();

  readonly add = (file: string, bytes: Buffer): void => {
    let sum = this.#sums.get(file);
    if (!sum) {
      sum = { hash: createHash('sha256'), bytes: 0 };
      this.#sums.set(file, sum);
    }
    sum.hash.update(bytes);
    sum.bytes += bytes.length;
  };

  /** Call once a file. */
  of(file: string): { readonly bytes: number; readonly sha256: string } {
    const sum = this.#sums.get(file);
    return { bytes: sum?.bytes ?? 0, sha256: (sum?.hash ?? createHash('sha256')).digest('hex') };
  }
}
