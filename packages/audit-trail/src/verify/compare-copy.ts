import { hash } from 'node:crypto';
import { looksLikeCheckpoint, parseCheckpoint } from '../format/checkpoint.ts';
import { TrailFormatError } from '../format/format-error.ts';
import { parseEvent } from '../format/parse-event.ts';
import type { ReadSegment } from '../segments/read-segments.ts';
import type { LinePage } from './collect-published.ts';
import type { Fault } from './fault.ts';
import { ReceivedEvents } from './received-events.ts';

/** How a copy of the trail compares with the published segments. */
export interface CopyComparison {
  /** Checkpoints that both have, and the events under them. */
  readonly checkpoints: number;
  readonly events: number;
  /** Lines of the copy that were repeated: delivery is at least once. */
  readonly repeated: number;
  /** Lines of the copy after the newest segment: it may be written to first. */
  readonly later: number;
  /** The first record that is missing in the copy, extra there, or different. */
  readonly difference?: Fault;
}

interface Place {
  readonly hash: string;
  readonly source: string;
  readonly line: number;
}

/**
 * Compares a copy of the trail, such as a log group, with the published segments: each checkpoint by its hash, and its
 * events by count, chain, number and hash. Proves nothing by itself: the segments are what is verified.
 *
 * @param copy lines in which events and records stand mixed, and may be repeated
 * @param segments in order, without a gap; what the copy has before the first of them is passed over
 * @param name of the copy, for messages
 */
export async function compareCopy(
  copy: AsyncIterable<LinePage>,
  segments: AsyncIterable<ReadSegment>,
  name: string,
): Promise<CopyComparison> {
  const counted = { checkpoints: 0, events: 0, repeated: 0, later: 0 };
  const source = segments[Symbol.asyncIterator]();
  const seen = new ReceivedEvents();
  let segment = await nextSegment(source);
  let last: { readonly number: number; readonly hash: string } | undefined;
  let waiting = new Map<string, Place>();
  const ended = (difference: Fault): CopyComparison => ({ ...counted, difference });
  try {
    for await (const { source: file, first, lines } of copy) {
      for (const [index, text] of lines.entries()) {
        const place = { hash: hash('sha256', text), source: file, line: first + index };
        if (looksLikeCheckpoint(text)) {
          const number = numberOf(text);
          if (number === undefined) return ended(lineFault(place, 'is no checkpoint'));
          if (last && number <= last.number) {
            if (number === last.number && place.hash !== last.hash) return ended(recordFault(number, place));
            counted.repeated += 1;
            continue;
          }
          if (segment && number < segment.number && last === undefined) {
            // Older than the first segment: there is nothing to compare it with.
            waiting = new Map();
            continue;
          }
          if (!segment) {
            counted.later += waiting.size + 1;
            waiting = new Map();
            continue;
          }
          if (number > segment.number) return ended(missing(segment, name));
          if (place.hash !== segment.hash) return ended(recordFault(number, place));
          const difference = compareEvents(segment, waiting, name);
          if (difference) return ended(difference);
          for (const [key, { hash: digest }] of segment.events) seen.add(...placeOf(key), digest);
          counted.checkpoints += 1;
          counted.events += segment.events.size;
          last = { number, hash: place.hash };
          waiting = new Map();
          segment = await nextSegment(source);
          continue;
        }
        const key = keyOf(text);
        if (key === undefined) return ended(lineFault(place, 'is no event'));
        const before = seen.find(...placeOf(key)) ?? waiting.get(key)?.hash;
        if (before === undefined) waiting.set(key, place);
        else if (before === place.hash) counted.repeated += 1;
        else return ended(different(key, last?.number, place));
      }
    }
    if (segment) return ended(missing(segment, name));
    counted.later += waiting.size;
    return counted;
  } finally {
    await source.return?.(undefined);
  }
}

interface Expected {
  readonly number: number;
  readonly hash: string;
  readonly events: ReadonlyMap<string, { readonly hash: string }>;
}

async function nextSegment(source: AsyncIterator<ReadSegment>): Promise<Expected | undefined> {
  const { value, done } = await source.next();
  if (done) return undefined;
  const [record = '', ...texts] = value.bytes.toString('utf8').trimEnd().split('\n');
  const events = new Map(texts.map((text) => [keyOf(text) ?? '', { hash: hash('sha256', text) }]));
  return { number: value.number, hash: hash('sha256', record), events };
}

function compareEvents(segment: Expected, copy: ReadonlyMap<string, Place>, name: string): Fault | undefined {
  for (const [key, { hash: digest }] of segment.events) {
    const found = copy.get(key);
    const [chain, seq] = placeOf(key);
    if (!found) {
      const message = `is missing in ${name}: the segment has it`;
      return { kind: 'event', chain, seq, checkpoint: segment.number, message };
    }
    if (found.hash !== digest) return different(key, segment.number, found);
  }
  for (const [key, { source, line }] of copy) {
    if (segment.events.has(key)) continue;
    const [chain, seq] = placeOf(key);
    const message = 'is extra: no segment has it';
    return { kind: 'event', chain, seq, checkpoint: segment.number, file: source, line, message };
  }
  return undefined;
}

function different(key: string, checkpoint: number | undefined, { source, line }: Place): Fault {
  const [chain, seq] = placeOf(key);
  const message = 'is different from the one that the segment has';
  return { kind: 'event', chain, seq, checkpoint, file: source, line, message };
}

const recordFault = (checkpoint: number, { source, line }: Place): Fault => ({
  kind: 'checkpoint',
  checkpoint,
  file: source,
  line,
  message: 'is different from the one that the segment has',
});

const lineFault = ({ source, line }: Place, message: string): Fault => ({ kind: 'line', file: source, line, message });

const missing = ({ number }: Expected, name: string): Fault => ({
  kind: 'checkpoint',
  checkpoint: number,
  message: `is missing in ${name}: there is a segment of it`,
});

const keyOf = (text: string): string | undefined =>
  read(
    () => parseEvent(text),
    ({ chain, seq }) => `${chain} ${seq}`,
  );

const placeOf = (key: string): [chain: string, seq: number] => {
  const [chain = '', seq] = key.split(' ');
  return [chain, Number(seq)];
};

const numberOf = (text: string): number | undefined =>
  read(
    () => parseCheckpoint(text),
    ({ statement }) => statement.number,
  );

function read<Parsed, Result>(parse: () => Parsed, use: (parsed: Parsed) => Result): Result | undefined {
  try {
    return use(parse());
  } catch (error) {
    if (error instanceof TrailFormatError) return undefined;
    throw error;
  }
}
