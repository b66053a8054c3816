import { TrailFormatError } from '../format/format-error.ts';
import { readPublicKeyFile } from '../format/public-keys.ts';
import { readBounded, TooLongError } from '../format/read-bounded.ts';
import { isOrigin } from '../format/statement.ts';
import type { CheckpointName } from './report.ts';

/** What was typed cannot be what is meant. The message is one line for a person. */
export class TrustArgumentError extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'TrustArgumentError';
  }
}

/** `NUMBER:HASH`, as a verification prints it. @throws TrustArgumentError */
export function parseTrusted(text: string): CheckpointName {
  const [, number, hash] = /^([1-9]\d{0,15}):([0-9a-f]{64})$/.exec(text) ?? [];
  if (number === undefined || hash === undefined || !Number.isSafeInteger(Number(number))) {
    throw new TrustArgumentError('--trusted takes a checkpoint as NUMBER:HASH, as a verification prints it');
  }
  return { number: Number(number), hash };
}

/** The origin of a trail. @throws TrustArgumentError */
export function parseOrigin(text: string): string {
  if (!isOrigin(text))
    throw new TrustArgumentError('--origin takes the trail as STAGE/UUID, as a verification prints it');
  return text;
}

const units = { s: 1_000, m: 60_000, h: 3_600_000, d: 86_400_000 } as const;

/** `90s`, `15m`, `2h` or `1d`. @returns milliseconds @throws TrustArgumentError */
export function parseMaxAge(text: string): number {
  const [, amount, unit] = /^([1-9]\d{0,6})([smhd])$/.exec(text) ?? [];
  if (unit === undefined) throw new TrustArgumentError('--max-age takes a time such as 90s, 15m, 2h or 1d');
  return Number(amount) * units[unit as keyof typeof units];
}

/** Bytes in the file of a key: a thousand keys are shorter. */
const keyBytes = 128 * 1024;

/** The keys of PEM files, SPKI DER. @throws TrustArgumentError */
export function readKeyFiles(paths: readonly string[]): Buffer[] {
  return paths.flatMap((path) => {
    let pem: string;
    try {
      pem = readBounded(path, keyBytes).toString('utf8');
    } catch (error) {
      if (error instanceof TooLongError) throw new TrustArgumentError(`${path} ${error.message}: no file of a key is`);
      throw new TrustArgumentError(`the public key ${path} cannot be read (${(error as NodeJS.ErrnoException).code})`);
    }
    try {
      return readPublicKeyFile(pem);
    } catch (error) {
      if (error instanceof TrailFormatError) throw new TrustArgumentError(`${path} ${error.message}`);
      throw error;
    }
  });
}
