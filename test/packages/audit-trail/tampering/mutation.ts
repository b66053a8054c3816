import type { AuditEvent } from '@healthcare-ai/audit-trail/format/event';
import type { Fault } from '@healthcare-ai/audit-trail/verify/fault';
import { publishedLines, type Trail } from '../support/build-trail.ts';
import type { Random } from '../support/random.ts';

/** A line of the published trail and what it is. */
export interface Line {
  readonly text: string;
  /** Index in the untouched trail. */
  readonly index: number;
  /** The checkpoint that it is, or that covers it. */
  readonly checkpoint: number;
  readonly kind: 'event' | 'checkpoint';
  readonly chain: string;
  readonly seq: number;
}

/** A trail to tamper with: only what the newest checkpoint covers. */
export interface Target {
  readonly trail: Trail;
  readonly lines: readonly Line[];
  readonly events: readonly Line[];
  readonly records: readonly Line[];
  /** A trail of another origin that the same key signed. */
  readonly other: Trail;
}

/** What is bad after a change: the verifier must name one of these. */
export type Place =
  | { readonly chain: string; readonly seq: number }
  | { readonly checkpoint: number }
  /** Any event that this checkpoint covers. */
  | { readonly under: number }
  /** Index in the changed lines. */
  | { readonly at: number };

export interface Tampered {
  readonly lines: readonly (string | Buffer)[];
  readonly bad: readonly Place[];
  /** Also to be named by one who lacks the key that signed there: what he can know is where a key that he has signed. */
  readonly withoutKey?: readonly Place[];
  /** Only detected by one who knows the newest checkpoint from elsewhere: the end was cut off. */
  readonly cut?: boolean;
}

/** @returns undefined when this trail does not have what it would change */
export type Mutation = (target: Target, random: Random) => Tampered | undefined;

export function targetOf(trail: Trail, other: Trail): Target {
  let checkpoint = 1;
  const lines = publishedLines({ published: trail.published, unproven: [] }).map((text, index): Line => {
    if (text.startsWith('{"heads"')) {
      checkpoint += 1;
      return { text, index, checkpoint: checkpoint - 1, kind: 'checkpoint', chain: '', seq: 0 };
    }
    const { chain, seq } = JSON.parse(text) as AuditEvent;
    return { text, index, checkpoint, kind: 'event', chain, seq };
  });
  const events = lines.filter(({ kind }) => kind === 'event');
  const records = lines.filter(({ kind }) => kind === 'checkpoint');
  return { trail, lines, events, records, other };
}

export const textsOf = ({ lines }: Target): string[] => lines.map(({ text }) => text);

/** Where a line stands, for the one who must find it. */
export const placeOf = ({ kind, chain, seq, checkpoint }: Line): Place =>
  kind === 'event' ? { chain, seq } : { checkpoint };

/** One line is replaced. */
export function replaced(target: Target, line: Line, by: string | Buffer): Tampered | undefined {
  if (by === line.text) return undefined;
  const lines: (string | Buffer)[] = textsOf(target);
  lines[line.index] = by;
  return { lines, bad: [placeOf(line), { at: line.index }] };
}

/** One line is inserted before another. */
export function inserted(target: Target, index: number, line: string | Buffer, bad: readonly Place[] = []): Tampered {
  const lines: (string | Buffer)[] = textsOf(target);
  lines.splice(index, 0, line);
  return { lines, bad: [{ at: index }, ...bad] };
}

/** Whether the fault names a bad record. */
export function names(fault: Fault, places: readonly Place[]): boolean {
  return places.some((place) => {
    if ('at' in place) return fault.line === place.at + 1;
    if ('checkpoint' in place) return fault.kind === 'checkpoint' && fault.checkpoint === place.checkpoint;
    if ('under' in place) return fault.kind === 'event' && fault.checkpoint === place.under;
    return fault.chain === place.chain && fault.seq === place.seq;
  });
}
