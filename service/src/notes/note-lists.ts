import type { Committer } from '../audit/committer.ts';
import { lastingReference, patientReferences } from '../crypto/keyed-hash.ts';
import type { Keyring } from '../crypto/keyring.ts';
import { decodeCursor, encodeCursor, timeAndId } from '../database/cursor.ts';
import type { Database } from '../database/database.ts';
import type { NoteAccess } from './access/note-access.ts';
import { type Actor, eventBy } from './actor.ts';
import type { NoteSummary } from './note.ts';
import { findNotes, findWorkList, workListCursor } from './note-search.ts';
import type { NoteService } from './note-service.ts';

/** Which notes a search of a patient lists. */
export interface PatientSearch {
  readonly patientId: string;
  readonly from?: string;
  readonly to?: string;
  readonly limit: number;
  readonly cursor?: string;
}

/** Which notes the work list of a principal has. */
export interface WorkListSearch {
  /**
   * One of the principal's own.
   *
   * @default - all of them, and the notes of no team
   */
  readonly careTeam?: string;
  readonly from?: string;
  readonly to?: string;
  /** Whether the analysis has doubts. @default - notes with and without an analysis */
  readonly needsReview?: boolean;
  readonly limit: number;
  readonly cursor?: string;
}

export interface NotePage {
  readonly notes: NoteSummary[];
  readonly nextCursor?: string;
}

/** Notes that a page of the work list looks at, to find those whose analysis has doubts. */
const reviewWalk = { step: 500, steps: 4 } as const;

export interface NoteListsOptions {
  readonly database: Database;
  readonly committer: Committer;
  readonly keyring: Keyring;
  readonly access: NoteAccess;
  readonly notes: NoteService;
}

/** Lists notes. Every call commits its audit event before it resolves. */
export class NoteLists {
  readonly #options: NoteListsOptions;

  constructor(options: NoteListsOptions) {
    this.#options = options;
  }

  /**
   * Lists the notes of a patient that the principal may read, newest first.
   *
   * @returns with `withheld`: whether there are notes of other care teams, which a clinician must know to ask for them
   * @throws InvalidCursorError
   */
  async ofPatient(criteria: PatientSearch, actor: Actor): Promise<NotePage & { readonly withheld: boolean }> {
    const { tenant, careTeams } = actor.principal;
    const { keyring, access, database } = this.#options;
    const { patientId, from, to, limit, cursor } = criteria;
    const keys = keyring.indexKeys();
    const patientRefs = patientReferences(tenant, patientId, keys);
    const sought = { tenant, patientRef: lastingReference(patientRefs), from, to };
    const after = cursor === undefined ? undefined : decodeCursor(cursor, timeAndId, sought);
    const { others, breakGlass } = await access.toPatient(patientRefs, actor);
    const shown = breakGlass === undefined ? { careTeams } : {};
    const found = await findNotes(database, { tenant, patientRefs, from, to, after, limit, ...shown });
    const notes = found.slice(0, limit);
    await this.#options.committer.record(
      eventBy(actor, {
        action: 'note.search',
        outcome: 'success',
        breakGlass,
        patientRef: patientRefs[0],
        patientRefVersion: keys[0]?.version,
        criteria: namesOf({ from, patient_id: patientId, to }),
        count: notes.length,
        status: 200,
      }),
    );
    const last = found.length > limit ? notes.at(-1) : undefined;
    return {
      notes,
      nextCursor: last && encodeCursor([last.receivedAt, last.auditId], sought),
      withheld: others && breakGlass === undefined,
    };
  }

  /**
   * Lists the notes of the principal's care teams, and of no team, newest first, each with its patient.
   *
   * @returns with `needsReview`, a page may have fewer notes than `limit`, or none, and still be followed by another:
   *   what one request reads is bounded
   * @throws InvalidCursorError
   */
  async workList(criteria: WorkListSearch, actor: Actor): Promise<NotePage> {
    const { tenant, careTeams: own } = actor.principal;
    const { careTeam, from, to, needsReview, limit, cursor } = criteria;
    const careTeams = careTeam === undefined ? [...own, null] : own.filter((team) => team === careTeam);
    const sought = { tenant, careTeam, needsReview, from, to };
    let before = cursor === undefined ? undefined : decodeCursor(cursor, workListCursor, sought)[0];
    const step = needsReview === undefined ? limit + 1 : reviewWalk.step;
    const found: NoteSummary[] = [];
    let more = true;
    for (let steps = 0; more && found.length <= limit && steps < reviewWalk.steps; steps++) {
      const page = await findWorkList(this.#options.database, { tenant, careTeams, from, to, before, limit: step });
      more = page.length === step;
      before = page.at(-1)?.auditId;
      found.push(...page.filter((note) => needsReview === undefined || note.needsReview === needsReview));
    }
    const notes = found.slice(0, limit);
    // More notes were found than fit, or the walk ended before the list did.
    const last = found.length > limit ? notes.at(-1)?.auditId : more ? before : undefined;
    await this.#options.committer.record(
      eventBy(actor, {
        action: 'note.search',
        outcome: 'success',
        criteria: namesOf({ care_team: careTeam, from, needs_review: needsReview, to }),
        count: notes.length,
        status: 200,
      }),
    );
    const patients = await this.#options.notes.patientsOf(
      notes.map(({ auditId }) => auditId),
      tenant,
    );
    return {
      notes: notes.map((note) => ({ ...note, patientId: patients.get(note.auditId) })),
      nextCursor: last && encodeCursor([last], sought),
    };
  }
}

/** Names of the criteria that were given, in order: an event has the names, never the values. */
const namesOf = (criteria: Readonly<Record<string, unknown>>): string[] =>
  Object.keys(criteria)
    .filter((name) => criteria[name] !== undefined)
    .sort();
