import { isUtf8 } from 'node:buffer';
import { hash } from 'node:crypto';
import { TrailFormatError } from '../format/format-error.ts';
import { parseEvent } from '../format/parse-event.ts';

/** An event as it was read: its place, what it hashes to, and nothing else of it. */
export interface Arrival {
  /** Empty for a line that could not be read. */
  readonly chain: string;
  readonly seq: number;
  /** Hex. */
  readonly hash: string;
  readonly prevHash: string;
  /** ISO 8601; empty for a line that could not be read. */
  readonly recordedAt: string;
  /** Whether the chain says that it ends here. */
  readonly ends: boolean;
  readonly file: string;
  readonly line: number;
  /** Why it cannot be what was sealed, whatever its place. */
  readonly problem?: string;
}

/** The text of a line. @throws TrailFormatError for bytes that are no UTF-8: decoding would replace them */
export function textOf(line: Buffer | string): string {
  if (typeof line === 'string') return line;
  if (!isUtf8(line)) throw new TrailFormatError('is not UTF-8');
  return line.toString('utf8');
}

/** Reads the line of an event; what cannot be read is an arrival, too. */
export function readArrival(line: Buffer | string, file: string, number: number): Arrival {
  const digest = hash('sha256', line);
  try {
    const event = parseEvent(textOf(line));
    return {
      chain: event.chain,
      seq: event.seq,
      hash: digest,
      prevHash: event.prev_hash,
      recordedAt: event.recorded_at,
      ends: event.action === 'chain.end',
      file,
      line: number,
    };
  } catch (error) {
    if (!(error instanceof TrailFormatError)) throw error;
    const { message: problem } = error;
    return { chain: '', seq: 0, hash: digest, prevHash: '', recordedAt: '', ends: false, file, line: number, problem };
  }
}
