import type { Queryable } from '../../database/database.ts';
import { parseCheckpoint } from '../../trail/checkpoint.ts';
import { describeFault } from '../../trail/fault.ts';
import type { TrailReport } from '../../trail/report.ts';
import { TrailVerifier } from '../../trail/verifier.ts';
import { readEvents } from '../seal/read-events.ts';
import { RetentionError } from './retention-error.ts';

/** Records read at once. */
const page = 100;

/**
 * Verifies the whole of the trail in the database, as an auditor does who reads it there: what expires must be what was
 * written, and what stays must still be verifiable.
 *
 * @param keys SPKI DER of the public keys that are trusted
 * @param onCheckpoint told of each checkpoint that was read
 * @throws RetentionError that names the first bad record
 */
export async function verifyStoredTrail(
  database: Queryable,
  keys: readonly Buffer[],
  onCheckpoint: (number: number) => void = () => {},
): Promise<TrailReport> {
  const verifier = new TrailVerifier({ keys, now: new Date() });
  let line = 0;
  for (let after = 0; !verifier.fault; ) {
    const { rows } = await database.query<{ number: string; record: string }>({
      text: `SELECT number, record FROM audit_checkpoints WHERE number > $1 ORDER BY number LIMIT ${page}`,
      values: [after],
    });
    for (const { number, record } of rows) {
      for await (const { events } of readEvents(database, headsOf(record))) {
        for (const event of events.split('\n')) verifier.event(event, 'database', ++line);
      }
      verifier.record(record, 'database', ++line);
      onCheckpoint(Number(number));
    }
    if (rows.length < page) break;
    after = Number(rows.at(-1)!.number);
  }
  const report = verifier.finish();
  if (report.fault) {
    throw new RetentionError('broken', `nothing expires, for the trail is broken: ${describeFault(report.fault)}`);
  }
  return report;
}

/** A record that cannot be read has no events: the verifier says what is wrong with it. */
function headsOf(record: string): readonly { readonly chain: string; readonly from: number; readonly to: number }[] {
  try {
    return parseCheckpoint(record).heads;
  } catch {
    return [];
  }
}
