import type { Queryable } from '../../database/database.ts';
import type { RangeDigest } from './recent-events.ts';

/** Events `from` to `to` of a chain, both included. */
export interface EventRange {
  readonly chain: string;
  readonly from: number;
  readonly to: number;
  /**
   * None of them was recorded before this: partitions that end earlier are not read.
   *
   * @default - all partitions are read
   */
  readonly since?: string;
}

/** Events of one chain, one after the other. */
export interface EventRun {
  readonly chain: string;
  readonly count: number;
  /** Their canonical texts, with line breaks between them: no text has one. */
  readonly events: string;
  /** The hashes that are stored with them, 64 hex digits each. */
  readonly hashes: string;
}

/** Events held at once: about 270 kB. */
const pageSize = 500;

const ranges = `
  FROM unnest($1::uuid[], $2::bigint[], $3::bigint[], $4::timestamptz[]) WITH ORDINALITY AS r (chain, first, last, since, place)
  CROSS JOIN LATERAL (
    SELECT seq, hash, event FROM audit_events
    WHERE chain = r.chain AND seq BETWEEN r.first AND r.last AND recorded_at >= r.since
  ) e
  GROUP BY r.place, r.chain ORDER BY r.place`;

/**
 * A run comes as one row: for `pg` a row of every event, with a hash, costs as much CPU as the event did when it was
 * written.
 */
const runs = {
  name: 'read-event-ranges',
  text: `SELECT r.chain, count(*)::int AS count, string_agg(e.event, E'\\n' ORDER BY e.seq) AS events,
                encode(string_agg(e.hash, ''::bytea ORDER BY e.seq), 'hex') AS hashes ${ranges}`,
} as const;

const digests = {
  name: 'digest-event-ranges',
  text: `SELECT r.chain, count(*)::int AS count,
                encode(sha256(convert_to(string_agg(e.event, E'\\n' ORDER BY e.seq), 'UTF8')), 'hex') AS events,
                encode(sha256(string_agg(e.hash, ''::bytea ORDER BY e.seq)), 'hex') AS hashes ${ranges}`,
} as const;

/** Reads ranges in the order given, page by page. What is missing in the database is missing in the runs. */
export async function* readEvents(database: Queryable, ranges: readonly EventRange[]): AsyncGenerator<EventRun> {
  for (const page of pagesOf(ranges)) {
    yield* (await database.query<EventRun>({ ...runs, values: valuesOf(page) })).rows;
  }
}

/** The digest of each range, by its chain; a range without an event has none. */
export async function readDigests(
  database: Queryable,
  ranges: readonly EventRange[],
): Promise<ReadonlyMap<string, RangeDigest>> {
  if (ranges.length === 0) return new Map();
  const { rows } = await database.query<RangeDigest & { chain: string }>({ ...digests, values: valuesOf(ranges) });
  return new Map(rows.map((row) => [row.chain, row]));
}

const valuesOf = (ranges: readonly EventRange[]): unknown[] => [
  ranges.map(({ chain }) => chain),
  ranges.map(({ from }) => from),
  ranges.map(({ to }) => to),
  ranges.map(({ since }) => since ?? '-infinity'),
];

/** Cuts ranges into groups of at most a page of events. */
function* pagesOf(ranges: readonly EventRange[]): Generator<readonly EventRange[]> {
  let page: EventRange[] = [];
  let room = pageSize;
  for (const { chain, from, to, since } of ranges) {
    for (let first = from; first <= to; ) {
      const last = Math.min(to, first + room - 1);
      page.push({ chain, from: first, to: last, since });
      room -= last - first + 1;
      first = last + 1;
      if (room > 0) continue;
      yield page;
      page = [];
      room = pageSize;
    }
  }
  if (page.length > 0) yield page;
}
