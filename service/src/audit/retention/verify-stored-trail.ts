import { describeFault } from '@healthcare-ai/audit-trail/verify/fault';
import type { TrailReport } from '@healthcare-ai/audit-trail/verify/report';
import { TrailVerifier } from '@healthcare-ai/audit-trail/verify/verifier';
import type { Database } from '../../database/database.ts';
import { readSnapshot } from '../read/read-snapshot.ts';
import { readTrail } from '../read/read-trail.ts';
import { RetentionError } from './retention-error.ts';

/**
 * Verifies the whole of the trail in the database, as an auditor does who reads it there: what expires must be what was
 * written, and what stays must still be verifiable.
 *
 * @param keys SPKI DER of the public keys that are trusted
 * @throws RetentionError that names the first bad record
 */
export async function verifyStoredTrail(database: Database, keys: readonly Buffer[]): Promise<TrailReport> {
  const verifier = new TrailVerifier({ keys, now: new Date() });
  let line = 0;
  const pieces = readSnapshot(database, (snapshot) => readTrail(snapshot, { after: 0, unproven: false }));
  for await (const piece of pieces) {
    if ('record' in piece) {
      const { record, number, problem } = piece;
      verifier.record(record, 'database', ++line);
      if (problem !== undefined) verifier.fail({ kind: 'checkpoint', checkpoint: number, message: problem });
    }
    if ('events' in piece) {
      for (const { text, chain, seq, problem } of piece.events) {
        if (problem === undefined) verifier.event(text, 'database', ++line);
        else verifier.fail({ kind: 'event', chain, seq, message: problem });
      }
    }
    if (verifier.fault) break;
  }
  const report = verifier.finish();
  if (report.fault) {
    throw new RetentionError(
      'broken',
      `nothing was expired because the trail is broken: ${describeFault(report.fault)}`,
    );
  }
  return report;
}
