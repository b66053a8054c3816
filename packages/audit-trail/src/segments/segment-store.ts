import { isUuid } from '../format/strict.ts';

/**
 * A published segment: the line of a checkpoint, then the lines of the events that it covers, each with its line break.
 * It is written once, and is the one place that verification, export and restore read.
 */
export const segmentOf = (record: string, events: string): string =>
  events === '' ? `${record}\n` : `${record}\n${events}\n`;

/** Below the prefix or the folder of the trail: `segments/<trail>/<number>.jsonl`. */
export const segmentPath = (trail: string, number: number): string =>
  `${segmentFolder(trail)}/${String(number).padStart(12, '0')}.jsonl`;

export const segmentFolder = (trail: string): string => `segments/${trail}`;

/** The number in the name of a segment, or undefined for another name. */
export function segmentNumber(name: string): number | undefined {
  const digits = /^(\d{12})\.jsonl$/.exec(name)?.[1];
  return digits === undefined || Number(digits) === 0 ? undefined : Number(digits);
}

/** Names in `segments/` that are trails. */
export const isTrailFolder = (name: string): boolean => isUuid(name);

/** Where segments of one trail are kept: a folder, or a bucket. */
export interface SegmentStore {
  /** What a report calls a segment. */
  name(number: number): string;
  /** Undefined when there is none of this number. */
  read(number: number): Promise<Buffer | undefined>;
}

/**
 * Where the segments begin that go on without a gap to the newest. What is older is read in the old form: it has no
 * segments, or not all of them yet.
 *
 * @param numbers of the segments that there are, in order
 * @returns undefined when there is none
 */
export function beginOfSegments(numbers: readonly number[]): number | undefined {
  let begin = numbers.at(-1);
  for (const number of numbers.toReversed()) {
    if (begin === undefined || number < begin - 1) break;
    begin = number;
  }
  return begin;
}
