/** Invalid use of a command: a one-line message and exit code 2. */
export class UsageError extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'UsageError';
  }
}

/** Converts a RangeError of lower layers, caused by an argument, into a UsageError. */
export function asUsageError(error: unknown): never {
  throw error instanceof RangeError ? new UsageError(error.message) : error;
}
