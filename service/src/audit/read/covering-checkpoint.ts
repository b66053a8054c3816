import { parseCheckpoint } from '@healthcare-ai/audit-trail/format/checkpoint';
import type { Covering } from '@healthcare-ai/audit-trail/store';
import type { Queryable } from '../../database/database.ts';

/** How long an event waits for its checkpoint at most while all is well, in ms; the clocks of tasks differ, too. */
const margin = 10 * 60_000;
const atOnce = 100;

/**
 * Finds the checkpoint that covers an event.
 *
 * @returns undefined when there is no such event, or no checkpoint covers it yet
 * @throws TrailFormatError for a record that was tampered with
 */
export async function coveringCheckpoint(
  database: Queryable,
  chain: string,
  seq: number,
): Promise<Covering | undefined> {
  const event = await database.query<{ recorded_at: Date }>({
    text: 'SELECT recorded_at FROM audit_events WHERE chain = $1 AND seq = $2',
    values: [chain, seq],
  });
  const recordedAt = event.rows[0]?.recorded_at;
  if (!recordedAt) return undefined;
  // It was sealed after it was recorded: the first checkpoints from then on are looked at, in order.
  for (let after = await numberBefore(database, new Date(recordedAt.getTime() - margin)); ; ) {
    const { rows } = await database.query<{ number: string; record: string }>({
      text: `SELECT number, record FROM audit_checkpoints WHERE number > $1 ORDER BY number LIMIT ${atOnce}`,
      values: [after],
    });
    for (const { record } of rows) {
      // The record of each covering checkpoint contains the chain's id, so most records need not be parsed.
      if (!record.includes(chain)) continue;
      const checkpoint = parseCheckpoint(record);
      const head = checkpoint.heads.find((one) => one.chain === chain && seq >= one.from && seq <= one.to);
      if (!head) continue;
      const events = await database.query<{ event: string }>({
        text: 'SELECT event FROM audit_events WHERE chain = $1 AND seq BETWEEN $2 AND $3 ORDER BY seq',
        values: [chain, head.from, head.to],
      });
      return { checkpoint, texts: events.rows.map(({ event: text }) => text) };
    }
    const last = rows.at(-1);
    if (!last || rows.length < atOnce) return undefined;
    after = Number(last.number);
  }
}

async function numberBefore(database: Queryable, time: Date): Promise<number> {
  const { rows } = await database.query<{ number: string | null }>({
    text: 'SELECT max(number) AS number FROM audit_checkpoints WHERE made_at < $1',
    values: [time.toISOString()],
  });
  return Number(rows[0]?.number ?? 0);
}
