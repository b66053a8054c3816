import type { Queryable } from '../../database/database.ts';

/** Events `from` to `to` of a chain, both included. */
export interface EventRange {
  readonly chain: string;
  readonly from: number;
  readonly to: number;
}

export interface StoredEventRow {
  readonly chain: string;
  /** A bigint, as the database writes it. */
  readonly seq: string;
  /** Of the event, in hex, as the column has it. */
  readonly hash: string;
  /** The canonical text. */
  readonly event: string;
}

/** Rows held at once: about 250 kB, and a pause of the event loop of 2 ms. */
const pageSize = 500;

const statement = {
  name: 'read-event-ranges',
  text: `SELECT r.chain, e.seq, encode(e.hash, 'hex') AS hash, e.event
         FROM unnest($1::uuid[], $2::bigint[], $3::bigint[]) WITH ORDINALITY AS r (chain, first, last, place)
         CROSS JOIN LATERAL (
           SELECT seq, hash, event FROM audit_events WHERE chain = r.chain AND seq BETWEEN r.first AND r.last
         ) e
         ORDER BY r.place, e.seq`,
} as const;

/** Reads ranges in the order given, page by page. What is missing in the database is missing in the pages. */
export async function* readEvents(
  database: Queryable,
  ranges: readonly EventRange[],
): AsyncGenerator<readonly StoredEventRow[]> {
  for (const page of pagesOf(ranges)) {
    const values = [page.map(({ chain }) => chain), page.map(({ from }) => from), page.map(({ to }) => to)];
    yield (await database.query<StoredEventRow>({ ...statement, values })).rows;
  }
}

/** Cuts ranges into groups of at most a page of events. */
function* pagesOf(ranges: readonly EventRange[]): Generator<readonly EventRange[]> {
  let page: EventRange[] = [];
  let room = pageSize;
  for (const { chain, from, to } of ranges) {
    for (let first = from; first <= to; ) {
      const last = Math.min(to, first + room - 1);
      page.push({ chain, from: first, to: last });
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
