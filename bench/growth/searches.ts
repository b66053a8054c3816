import { type AuditCriteria, eventsOfNote, searchEvents } from '../../service/src/audit/query.ts';
import { lastingReference } from '../../service/src/crypto/keyed-hash.ts';
import { encodeCursor } from '../../service/src/database/cursor.ts';
import type { Queryable, Statement } from '../../service/src/database/database.ts';
import { findNotes, findWorkList } from '../../service/src/notes/note-search.ts';
import { heavyReferences, noteId, tenant } from './rows.ts';

/** One page of a search, as the service asks for it. */
export type Search = (database: Queryable) => Promise<unknown>;

const limit = 50;
const year = 365 * 86_400_000;

/** Every audit search and the searches of notes, on rows that `fill` made. */
export async function searches(database: Queryable, rows: number): Promise<Readonly<Record<string, Search>>> {
  const note = await noteId(database, Math.floor(rows / 2), rows);
  const ago = (years: number, days = 0) => new Date(Date.now() - years * year + days * 86_400_000).toISOString();
  const lastId = 'ffffffff-ffff-ffff-ffff-ffffffffffff';
  const day = { from: ago(4), to: ago(4, 1) };
  const audit =
    (criteria: Partial<AuditCriteria>): Search =>
    (queried) =>
      searchEvents(queried, { tenant, limit, ...criteria });
  const later = ({ patientRefs, ...criteria }: Partial<AuditCriteria>): Search => {
    const sought = { tenant, ...criteria, patientRef: patientRefs && lastingReference(patientRefs) };
    return audit({ ...criteria, patientRefs, cursor: encodeCursor([ago(4), lastId, '1'], sought) });
  };
  const notes =
    (criteria: object): Search =>
    (queried) =>
      findNotes(queried, { tenant, patientRefs: heavyReferences, careTeams: [], limit, ...criteria });
  return {
    'the newest': audit({}),
    'a principal with 80 %': audit({ principal: 'ehr' }),
    'a principal with 0.25 %': audit({ principal: 'seldom' }),
    'a principal with 50 events': audit({ principal: 'rare' }),
    'a principal without any': audit({ principal: 'nobody' }),
    'an action with 20 %': audit({ action: 'note.read' }),
    'an action with 50 events': audit({ action: 'break-glass.open' }),
    'an action that never was': audit({ action: 'key.rotate' }),
    'a rare outcome': audit({ outcome: 'denied' }),
    'an outcome that never was': audit({ outcome: 'failure' }),
    'a patient with 1 %, two references': audit({ patientRefs: heavyReferences }),
    'a patient with 25 events': audit({ patientRefs: [await referenceOf(database, rows)] }),
    'a note': audit({ auditId: note }),
    'the events of a note': (queried) => eventsOfNote(queried, { tenant, auditId: note }),
    'one day, four years ago': audit(day),
    'a cursor four years back': later({}),
    'a cursor four years back, of a principal with 80 %': later({ principal: 'ehr' }),
    'a cursor four years back, of a principal with 0.25 %': later({ principal: 'seldom' }),
    'a cursor four years back, of the heavy patient': later({ patientRefs: heavyReferences }),
    'principal and action': audit({ principal: 'seldom', action: 'note.read' }),
    'principal with 80 % and an action that it never did': audit({ principal: 'ehr', action: 'note.read' }),
    'principal and rare action': audit({ principal: 'ehr', action: 'break-glass.open' }),
    'principal and rare outcome': audit({ principal: 'ehr', outcome: 'denied' }),
    'principal with 80 % and an outcome that never was': audit({ principal: 'ehr', outcome: 'failure' }),
    'action and rare outcome': audit({ action: 'note.create', outcome: 'denied' }),
    'action and an outcome that it never had': audit({ action: 'note.create', outcome: 'failure' }),
    'principal and one day': audit({ ...day, principal: 'ehr' }),
    'heavy patient and principal with 80 %': audit({ patientRefs: heavyReferences, principal: 'ehr' }),
    'heavy patient and principal with 0.25 %': audit({ patientRefs: heavyReferences, principal: 'seldom' }),
    'heavy patient and rare action': audit({ patientRefs: heavyReferences, action: 'break-glass.open' }),
    'heavy patient, principal and action': audit({
      patientRefs: heavyReferences,
      principal: 'ehr',
      action: 'note.read',
    }),
    'heavy patient and rare outcome': audit({ patientRefs: heavyReferences, outcome: 'denied' }),
    'heavy patient and one day': audit({ ...day, patientRefs: heavyReferences }),
    'note and principal': audit({ auditId: note, principal: 'ehr' }),
    'notes of a patient with 1 %, two references': notes({}),
    'the work list of two teams and of none': (queried) =>
      findWorkList(queried, { tenant, careTeams: ['psychiatry', 'ward', null], limit }),
    'notes of a patient with 1 %, a cursor four years back': notes({ after: [ago(4), lastId] }),
  };
}

async function referenceOf(database: Queryable, rows: number): Promise<Buffer> {
  const { rows: found } = await database.query<{ patient_ref: Buffer }>({
    text: 'SELECT patient_ref FROM notes WHERE audit_id = $1',
    values: [await noteId(database, Math.floor(rows / 2 / 10) * 10 + 5, rows)],
  });
  return found[0]!.patient_ref;
}

/** The statement that a search makes. */
export async function statementOf(search: Search): Promise<Statement> {
  let asked: Statement | undefined;
  await search({
    query: async (statement) => {
      asked = statement;
      return { rows: [], rowCount: 0 };
    },
    execute: async () => {},
  });
  return asked!;
}

export interface Plan {
  readonly text: string;
  /** Rows that the plan read and did not use. */
  readonly removed: number;
  readonly pages: number;
  /** In ms. */
  readonly planning: number;
  readonly execution: number;
}

/** Runs a search's statement and reports what it touched. */
export async function planOf(database: Queryable, search: Search): Promise<Plan> {
  const statement = await statementOf(search);
  const { rows } = await database.query<{ 'QUERY PLAN': string }>({
    text: `EXPLAIN (ANALYZE, BUFFERS, TIMING OFF) ${statement.text}`,
    values: statement.values,
    query_timeout: 600_000,
  });
  const text = rows.map((row) => row['QUERY PLAN']).join('\n');
  const removed = [...text.matchAll(/Rows Removed by Filter: (\d+)/g)].map(([, count]) => Number(count));
  const [, hit = 0, read = 0] = /Buffers: shared(?: hit=(\d+))?(?: read=(\d+))?/.exec(text) ?? [];
  const time = (what: string) => Number(new RegExp(`${what} Time: ([0-9.]+) ms`).exec(text)?.[1] ?? 0);
  return {
    text,
    removed: removed.reduce((sum, count) => sum + count, 0),
    pages: Number(hit) + Number(read),
    planning: time('Planning'),
    execution: time('Execution'),
  };
}
