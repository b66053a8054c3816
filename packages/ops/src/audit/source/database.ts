import type { AuditStore, TrailEvent } from '@healthcare-ai/audit-trail/store';
import type { TrailVerifier } from '@healthcare-ai/audit-trail/verify/verifier';

const events = 'audit_events';
const checkpoints = 'audit_checkpoints';

/**
 * Gives a verifier the trail as the database has it. A row whose columns say something else than its event is bad, too:
 * who looks up by a column would not find what was sealed.
 *
 * @param onEvents gets the number of events read since the last call
 */
export async function verifyStore(
  store: Pick<AuditStore, 'readTrail'>,
  verifier: TrailVerifier,
  onEvents: (count: number) => void,
): Promise<void> {
  const give = (rows: readonly TrailEvent[], unproven: boolean) => {
    for (const { text, chain, seq, problem } of rows) {
      if (verifier.fault) return;
      const fault = { kind: 'event', chain, seq, file: events } as const;
      if (problem !== undefined) verifier.fail({ ...fault, message: `is bad: ${problem}` });
      else if (!(unproven ? verifier.unproven(text, events, 0) : verifier.event(text, events, 0))) {
        verifier.fail({ ...fault, message: 'is stored more than once' });
      }
    }
    onEvents(rows.length);
  };
  for await (const piece of store.readTrail({ after: 0, unproven: true })) {
    if ('events' in piece) give(piece.events, false);
    else if ('unproven' in piece) give(piece.unproven, true);
    else {
      const { record, number, problem } = piece;
      const fault = { kind: 'checkpoint', checkpoint: number, file: checkpoints } as const;
      if (!verifier.record(record, checkpoints, 0)) verifier.fail({ ...fault, message: 'is stored more than once' });
      if (problem !== undefined) verifier.fail({ ...fault, message: `is bad: ${problem}` });
    }
    if (verifier.fault) return;
  }
}
