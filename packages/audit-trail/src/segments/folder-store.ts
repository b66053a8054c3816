import { constants } from 'node:fs';
import { open, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { isTrailFolder, type SegmentStore, segmentFolder, segmentNumber, segmentPath } from './segment-store.ts';

/** Bytes of a segment at most: 100,000 events of a kilobyte, and a third to spare. */
const longest = 128 * 1024 * 1024;

/** Segments in a folder, as the service's sink writes them, or as a copy of the bucket has them. */
export class FolderSegments implements SegmentStore {
  readonly #directory: string;
  readonly #trail: string;

  constructor(directory: string, trail: string) {
    this.#directory = directory;
    this.#trail = trail;
  }

  /** UUIDs of the trails of which a directory holds segments. */
  static async trails(directory: string): Promise<string[]> {
    return (await namesIn(join(directory, 'segments'))).filter(isTrailFolder).sort();
  }

  /** Numbers of the segments, in order. */
  async numbers(): Promise<number[]> {
    const names = await namesIn(join(this.#directory, segmentFolder(this.#trail)));
    return names.flatMap((name) => segmentNumber(name) ?? []).sort((a, b) => a - b);
  }

  name(number: number): string {
    return segmentPath(this.#trail, number);
  }

  async read(number: number): Promise<Buffer | undefined> {
    const path = join(this.#directory, this.name(number));
    // A symbolic link would lead out of the directory that is verified.
    const file = await open(path, constants.O_RDONLY | constants.O_NOFOLLOW).catch(nothing);
    if (!file) return undefined;
    try {
      const { size } = await file.stat();
      if (size > longest) throw Object.assign(new Error('too large'), { code: 'EFBIG', path });
      return await file.readFile();
    } finally {
      await file.close();
    }
  }
}

const namesIn = async (path: string): Promise<string[]> => (await readdir(path).catch(nothing)) ?? [];

function nothing(error: NodeJS.ErrnoException): undefined {
  if (error.code !== 'ENOENT' && error.code !== 'ENOTDIR') throw error;
}
