import { closeSync, constants, openSync, readSync } from 'node:fs';
import { TrailFormatError } from './format-error.ts';

/** A file is longer than it may be. */
export class TooLongError extends TrailFormatError {
  constructor(bytes: number) {
    super(`is longer than ${bytes} bytes`);
    this.name = 'TooLongError';
  }
}

/**
 * The whole of a file, a pipe or a device: the latter two have no size, and perhaps no end.
 *
 * @param flags how it is opened
 * @throws TooLongError, and what the file system throws
 */
export function readBounded(path: string, bytes: number, flags: number = constants.O_RDONLY): Buffer {
  const file = openSync(path, flags);
  try {
    const buffer = Buffer.alloc(bytes + 1);
    let length = 0;
    for (let read = 1; read > 0 && length < buffer.length; length += read) {
      read = readSync(file, buffer, length, buffer.length - length, null);
    }
    if (length > bytes) throw new TooLongError(bytes);
    return buffer.subarray(0, length);
  } finally {
    closeSync(file);
  }
}
