import type { Chain, ChainedEvent } from '@healthcare-ai/audit-trail/format/chain';
import type { Statement } from '../database/database.ts';

/** How many values each event takes in `eventRows`. */
const valuesPerEvent = 10;

/** Columns of the rows that `eventRows` makes. */
export const eventColumns =
  '(chain, seq, hash, recorded_at, tenant, principal, action, outcome, audit_id, patient_ref, event)';

/** The rows of a multi-row VALUES for `count` events, with the chain in `$first` and the values after it. */
export function eventRows(count: number, first: number): string {
  return Array.from({ length: count }, (_, row) => {
    const at = (column: number) => `$${first + 1 + row * valuesPerEvent + column}`;
    const rest = Array.from({ length: valuesPerEvent }, (_, column) => at(column));
    return `($${first}, ${rest.join(', ')})`;
  }).join(', ');
}

/** The values for `eventRows`, without the chain. */
export function pushEventValues(values: unknown[], { draft, seq, hash, text }: ChainedEvent): void {
  values.push(
    seq,
    Buffer.from(hash, 'hex'),
    draft.recordedAt,
    draft.tenant ?? null,
    draft.principal ?? null,
    draft.action,
    draft.outcome,
    draft.auditId ?? null,
    draft.patientRef ?? null,
    text,
  );
}

/** One statement that stores events of a chain. It is prepared once a connection for each size of a group. */
export function insertEvents(chain: Chain, events: readonly ChainedEvent[]): Statement {
  const values: unknown[] = [chain.id];
  for (const event of events) pushEventValues(values, event);
  return {
    name: `events-${events.length}`,
    text: `INSERT INTO audit_events ${eventColumns} VALUES ${eventRows(events.length, 1)}`,
    values,
  };
}
