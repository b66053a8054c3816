import { parseEvent } from '@healthcare-ai/audit-trail/format/parse-event';
import type { EventCriteria, StoredEvent } from '@healthcare-ai/audit-trail/store';
import type { Queryable, Statement } from '../../database/database.ts';
import { earliestEventOf } from '../query.ts';

interface Row {
  readonly event: string;
  readonly hash: Buffer;
  readonly recorded_at: string;
  readonly chain: string;
  readonly seq: string;
}

const pageSize = 1_000;

/** Finds events, oldest first, a page at a time. */
export async function* findEvents(
  database: Queryable,
  criteria: EventCriteria,
): AsyncGenerator<readonly StoredEvent[]> {
  for (let after: Row | undefined; ; ) {
    const { rows }: { rows: Row[] } = await database.query<Row>(statementOf(criteria, after));
    if (rows.length > 0) yield rows.map(readRow);
    if (rows.length < pageSize) return;
    after = rows.at(-1);
  }
}

function statementOf(criteria: EventCriteria, after: Row | undefined): Statement {
  const values: unknown[] = [];
  const place = (value: unknown) => `$${values.push(value)}`;
  const conditions = ['true'];
  const add = (value: unknown, condition: (place: string) => string) => {
    if (value !== undefined) conditions.push(condition(place(value)));
  };
  if (criteria.tenant === null) conditions.push('tenant IS NULL');
  else add(criteria.tenant, (at) => `tenant = ${at}`);
  add(criteria.from, (at) => `recorded_at >= ${at}::timestamptz`);
  add(criteria.to, (at) => `recorded_at < ${at}::timestamptz`);
  add(criteria.principal, (at) => `principal = ${at}`);
  add(criteria.outcome, (at) => `outcome = ${at}`);
  add(criteria.auditId, (at) => `audit_id = ${at}::uuid`);
  add(criteria.auditId && earliestEventOf(criteria.auditId), (at) => `recorded_at >= ${at}::timestamptz`);
  // It has no column of its own: canonical JSON has one way to write it.
  add(criteria.requestId && `%"request_id":${JSON.stringify(criteria.requestId)}%`, (at) => `event LIKE ${at}`);
  const { actions, patientRefs } = criteria;
  if (actions) conditions.push(`action IN (${actions.map(place).join(', ') || 'NULL'})`);
  if (patientRefs) conditions.push(`patient_ref IN (${patientRefs.map(place).join(', ') || 'NULL'})`);
  if (after) {
    const { recorded_at: time, chain, seq } = after;
    const from = place(time);
    conditions.push(
      `recorded_at >= ${from}::timestamptz AND
       (recorded_at, chain, seq) > (${from}::timestamptz, ${place(chain)}::uuid, ${place(seq)}::bigint)`,
    );
  }
  return {
    // The time as text: a Date would lose the microseconds that the next page begins after.
    text: `SELECT event, hash, recorded_at::text AS recorded_at, chain, seq FROM audit_events
           WHERE ${conditions.join(' AND ')} ORDER BY recorded_at, chain, seq LIMIT ${pageSize}`,
    values,
  };
}

/** @throws Error naming an event that the service did not write, without a word of what it says */
function readRow({ event, hash, chain, seq }: Row): StoredEvent {
  try {
    return { ...parseEvent(event), hash: hash.toString('hex') };
  } catch {
    throw new Error(`event ${seq} of chain ${chain} was modified and cannot be shown: run audit verify`);
  }
}
