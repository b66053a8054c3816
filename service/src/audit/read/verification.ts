import type { Queryable } from '../../database/database.ts';

/** What is recorded of the trail as a whole. It proves nothing: `ops audit verify` does. */
export interface TrailState {
  /** The newest checkpoint. */
  readonly checkpoint?: {
    readonly number: number;
    /** Hex. */
    readonly hash: string;
    readonly madeAt: string;
    readonly ageSeconds: number;
  };
  /** The newest checkpoint that each sink has. */
  readonly published: readonly { readonly sink: string; readonly checkpoint: number; readonly publishedAt?: string }[];
  /** The newest verification of the whole trail in the database. */
  readonly verification?: {
    readonly outcome: 'success' | 'failure';
    readonly verifiedAt: string;
    readonly ageSeconds: number;
    /** Events that it checked. */
    readonly events?: number;
  };
}

/** Reads the state of the trail. Ages are by the clock of the database, which is the same for all processes. */
export async function readTrailState(database: Queryable): Promise<TrailState> {
  const [checkpoints, sinks, verifications] = await Promise.all([
    database.query<{ number: string; hash: string; made_at: Date; age: string }>({
      text: `SELECT number, encode(hash, 'hex') AS hash, made_at, extract(epoch FROM now() - made_at) AS age
             FROM audit_checkpoints ORDER BY number DESC LIMIT 1`,
    }),
    database.query<{ sink: string; number: string; published_at: Date | null }>({
      text: 'SELECT sink, number, published_at FROM audit_publications ORDER BY sink',
    }),
    // `audit verify` records its outcome. It checks the trail of all tenants, so its event has no tenant.
    database.query<{ outcome: 'success' | 'failure'; recorded_at: Date; event: string; age: string }>({
      text: `SELECT outcome, recorded_at, event, extract(epoch FROM now() - recorded_at) AS age FROM audit_events
             WHERE tenant IS NULL AND action = 'audit.verify' ORDER BY recorded_at DESC LIMIT 1`,
    }),
  ]);
  const [checkpoint] = checkpoints.rows;
  const [verification] = verifications.rows;
  return {
    checkpoint: checkpoint && {
      number: Number(checkpoint.number),
      hash: checkpoint.hash,
      madeAt: checkpoint.made_at.toISOString(),
      ageSeconds: secondsOf(checkpoint.age),
    },
    published: sinks.rows.map(({ sink, number, published_at: at }) => ({
      sink,
      checkpoint: Number(number),
      publishedAt: at?.toISOString(),
    })),
    verification: verification && {
      outcome: verification.outcome,
      verifiedAt: verification.recorded_at.toISOString(),
      ageSeconds: secondsOf(verification.age),
      events: countOf(verification.event),
    },
  };
}

const secondsOf = (age: string): number => Math.max(0, Math.round(Number(age)));

/** A forged event may hold anything. */
function countOf(event: string): number | undefined {
  try {
    const { count } = JSON.parse(event) as { count?: unknown };
    return Number.isSafeInteger(count) ? (count as number) : undefined;
  } catch {
    return undefined;
  }
}
