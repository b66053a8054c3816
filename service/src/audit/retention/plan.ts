import type { Queryable } from '../../database/database.ts';
import { RetentionError } from './retention-error.ts';

export interface ExpiryRequest {
  /**
   * Number of the last checkpoint that is to go.
   *
   * @default - the last that is old enough
   */
  readonly through?: number;

  /**
   * Only checkpoints made before this moment.
   *
   * @default - all that are old enough
   */
  readonly before?: Date;

  /** Sinks that will never get what they lack: expiry does not wait for them. */
  readonly givenUpSinks: readonly string[];
}

/** The checkpoints that are to go: all of them, from the oldest that there is. */
export interface ExpiryPlan {
  readonly first: number;
  readonly through: number;
  /** When the first and the last of them were made: ISO 8601. */
  readonly from: string;
  readonly to: string;
  readonly events: number;
  /** How long the trail is kept. */
  readonly days: number;
}

interface Checkpoint {
  readonly number: string;
  readonly made_at: Date;
  readonly events: string;
  readonly total: string;
  readonly young: boolean;
}

const columns = `number, (record::jsonb -> 'statement' ->> 'made_at')::timestamptz AS made_at,
  record::jsonb -> 'statement' ->> 'events' AS events, record::jsonb -> 'statement' ->> 'total' AS total,
  (record::jsonb -> 'statement' ->> 'made_at')::timestamptz > audit_expiry_limit() AS young`;

/**
 * What would go. Ages are judged by the clock of the database.
 *
 * @returns undefined where nothing would
 * @throws RetentionError
 */
export async function planExpiry(database: Queryable, request: ExpiryRequest): Promise<ExpiryPlan | undefined> {
  const settings = await database.query<{ days: number; until: Date }>({
    text: 'SELECT days, audit_expiry_limit() AS until FROM audit_retention',
  });
  const { days, until } = settings.rows[0]!;
  if (request.before && request.before > until) {
    throw new RetentionError(
      'too-young',
      `the trail is kept for ${days} days: only events before ${until.toISOString()} can expire now`,
    );
  }
  const first = await one(database, 'ORDER BY number LIMIT 1', []);
  const last = await lastOf(database, request, days);
  if (!first || !last || Number(last.number) < Number(first.number)) return undefined;
  await requirePublished(database, Number(last.number), request.givenUpSinks);
  return {
    first: Number(first.number),
    through: Number(last.number),
    from: first.made_at.toISOString(),
    to: last.made_at.toISOString(),
    events: Number(last.total) - Number(first.total) + Number(first.events),
    days,
  };
}

/** Checkpoints that go in one transaction, by row: no checkpoint is made while it lasts. */
const slice = 1_000;

/**
 * The last checkpoint of the next transaction: a thousand of them, or as many as it takes to cover the oldest partition of
 * events whole, because to drop it costs less than to empty it.
 */
export async function endOfSlice(database: Queryable, first: number, through: number): Promise<number> {
  const { rows } = await database.query<{ number: string | null }>({
    // An event is sealed within minutes of when it is recorded.
    text: `SELECT min(number) AS number FROM audit_checkpoints WHERE made_at >= (
             SELECT min(ends) FROM quarter_partitions() WHERE parent = 'audit_events' AND ends <= audit_expiry_limit()
           ) + interval '1 hour'`,
  });
  const whole = Number(rows[0]?.number ?? 0);
  return Math.min(through, Math.max(first + slice - 1, whole <= through ? whole : 0));
}

async function lastOf(
  database: Queryable,
  { through, before }: ExpiryRequest,
  days: number,
): Promise<Checkpoint | undefined> {
  if (through === undefined) {
    return one(
      database,
      `WHERE made_at <= least(audit_expiry_limit(), $1::timestamptz) ORDER BY made_at DESC, number DESC LIMIT 1`,
      [before?.toISOString() ?? 'infinity'],
    );
  }
  const found = await one(database, 'WHERE number = $1', [through]);
  if (found?.young) {
    throw new RetentionError(
      'too-young',
      `checkpoint ${through} was made at ${found.made_at.toISOString()}: the trail is kept for ${days} days`,
    );
  }
  if (found || (await isExpired(database, through))) return found;
  throw new RetentionError('unknown-checkpoint', `checkpoint ${through} does not exist`);
}

async function isExpired(database: Queryable, through: number): Promise<boolean> {
  const { rows } = await database.query<{ passed: string | null }>({
    text: 'SELECT max(through) AS passed FROM audit_expirations',
  });
  return Number(rows[0]?.passed ?? 0) >= through;
}

async function requirePublished(database: Queryable, through: number, givenUp: readonly string[]): Promise<void> {
  const { rows } = await database.query<{ sink: string; number: string; segments: string | null }>({
    // Until the segments of older checkpoints are written, their events must stay: the database is where they come from.
    text: `SELECT sink, number, CASE WHEN backfilled_at IS NULL AND backfilled < least(segments_from - 1, $1)
                                THEN backfilled END AS segments
           FROM audit_publications ORDER BY sink`,
    values: [through],
  });
  const waiting = rows.filter(({ sink }) => !givenUp.includes(sink));
  if (waiting.length === 0) {
    throw new RetentionError('unpublished', 'the trail was never published: expired events would be lost permanently');
  }
  const late = waiting.find(({ number }) => Number(number) < through);
  if (late) {
    throw new RetentionError(
      'unpublished',
      `the sink ${late.sink} has the trail up to checkpoint ${late.number}: wait until it has checkpoint ${through}, or abandon the sink with --without-sink`,
    );
  }
  const behind = waiting.find(({ segments }) => segments !== null);
  if (!behind) return;
  throw new RetentionError(
    'unpublished',
    `the sink ${behind.sink} has segments of older checkpoints up to ${behind.segments} only: wait until it has all of them, or abandon the sink with --without-sink`,
  );
}

async function one(database: Queryable, which: string, values: readonly unknown[]): Promise<Checkpoint | undefined> {
  const { rows } = await database.query<Checkpoint>({
    text: `SELECT ${columns} FROM audit_checkpoints ${which}`,
    values,
  });
  return rows[0];
}
