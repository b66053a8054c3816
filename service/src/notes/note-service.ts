import type { AuditEventDraft } from '@healthcare-ai/audit-trail/format/event';
import type { Committer } from '../audit/committer.ts';
import { IvSource, type NoteContent, open, seal } from '../crypto/envelope.ts';
import { patientReference, requestFingerprint } from '../crypto/keyed-hash.ts';
import type { Keyring } from '../crypto/keyring.ts';
import type { Database } from '../database/database.ts';
import { uuidV7Maker } from '../ids/uuid-v7.ts';
import { isoTime } from '../iso-time.ts';
import type { Metrics } from '../telemetry/metrics.ts';
import { NotFoundError } from './access/access-errors.ts';
import type { NoteAccess } from './access/note-access.ts';
import { type Actor, eventBy } from './actor.ts';
import { idempotentNoteWriter } from './idempotent-note-writer.ts';
import { failureReason, IdempotencyConflictError, IdempotencyInFlightError } from './ingest-errors.ts';
import type { Note, NoteRow } from './note.ts';
import { type NoteEntry, noteWriter } from './note-writer.ts';
import { queuedNoteWriter } from './queued-note-writer.ts';

export interface IngestInput {
  readonly patientId: string;
  readonly noteText: string;

  /**
   * Who may read it as it is.
   *
   * @default - every clinician of the tenant
   */
  readonly careTeam?: string;
  readonly idempotencyKey?: string;
  /**
   * Has the note analysed: by a worker, or by this process, which then holds the lease.
   *
   * @default - not analysed
   */
  readonly analysis?: { readonly lease?: string };
}

export interface Receipt {
  readonly auditId: string;
  readonly receivedAt: string;
  /** What was stored; undefined where the same request had been stored before. */
  readonly note?: NoteRow;
}

/** A decrypted note with its columns. */
export interface OpenedNote extends Omit<NoteRow, 'receivedAt' | 'principal' | 'sealed'> {
  readonly receivedAt: Date;
  readonly content: NoteContent;
}

interface SealedRow {
  readonly audit_id: string;
  readonly received_at: Date;
  readonly patient_ref: Buffer;
  readonly patient_ref_version: number;
  readonly key_id: string;
  readonly sealed: Buffer;
  readonly care_team: string | null;
}

/** Notes of a list that are in memory at once: each may have `MAX_NOTE_LENGTH` characters. */
const notesInMemory = 10;

const sealedColumns = 'audit_id, received_at, patient_ref, patient_ref_version, key_id, sealed, care_team';

export interface NoteServiceOptions {
  readonly database: Database;
  readonly committer: Committer;
  readonly keyring: Keyring;
  readonly metrics: Metrics;
  readonly access: NoteAccess;
}

/** Ingests and returns notes. Every call commits its audit event before it resolves. */
export class NoteService {
  readonly #options: NoteServiceOptions;
  readonly #ivs = new IvSource();
  readonly #newId = uuidV7Maker();
  readonly #inFlight = new Set<string>();

  constructor(options: NoteServiceOptions) {
    this.#options = options;
  }

  /**
   * Encrypts a note and resolves once it is committed with its audit event.
   *
   * @throws IdempotencyInFlightError
   * @throws IdempotencyConflictError
   * @throws DatabaseUnavailableError when it is not known to be stored
   * @throws OverloadedError
   */
  async ingest(input: IngestInput, actor: Actor): Promise<Receipt> {
    const { committer, metrics } = this.#options;
    try {
      const entry = this.#entry(input, actor);
      const receipt = { auditId: entry.note.auditId, receivedAt: entry.note.receivedAt, note: entry.note };
      if (input.idempotencyKey !== undefined) {
        return await this.#ingestOnce(input, entry, actor, input.idempotencyKey, receipt);
      }
      await committer.submit(entry.analysis ? queuedNoteWriter : noteWriter, entry);
      metrics.report('notesAcknowledged', 1);
      return receipt;
    } catch (error) {
      metrics.report('ingestFailures', 1, failureReason(error));
      throw error;
    }
  }

  /**
   * @param reason what is disclosed beside the note, for the event
   * @throws NotFoundError when the tenant has no such note, whether or not another tenant has it
   * @throws CareTeamError when the note belongs to another care team and no grant allows access
   */
  async read(auditId: string, actor: Actor, reason?: 'with-analysis'): Promise<Note> {
    const note = await this.open(auditId, actor.principal.tenant);
    if (!note) {
      await this.#record(actor, { action: 'note.read', outcome: 'failure', auditId, reason: 'not-found', status: 404 });
      throw new NotFoundError();
    }
    const breakGlass = await this.#options.access.admit(note, actor, 'note.read');
    const { patientRef, patientRefVersion, careTeam } = note;
    const event = { auditId, breakGlass, patientRef, patientRefVersion, reason, status: 200 };
    await this.#record(actor, { ...event, action: 'note.read', outcome: 'success' });
    return { auditId, receivedAt: note.receivedAt.toISOString(), ...note.content, careTeam };
  }

  /**
   * Decrypts a note without an access check or an audit event. Callers must do both before disclosing anything.
   */
  async open(auditId: string, tenant: string): Promise<OpenedNote | undefined> {
    const { rows } = await this.#options.database.query<SealedRow>({
      name: 'read-note',
      text: `SELECT ${sealedColumns} FROM notes WHERE audit_id = $1 AND tenant = $2`,
      values: [auditId, tenant],
    });
    return rows[0] && this.#unseal(rows[0], tenant);
  }

  /**
   * The patient of each note that can be opened, by audit id. As `open`, for callers that show a list of notes.
   */
  async patientsOf(auditIds: readonly string[], tenant: string): Promise<ReadonlyMap<string, string>> {
    const patients = new Map<string, string>();
    for (let first = 0; first < auditIds.length; first += notesInMemory) {
      const some = auditIds.slice(first, first + notesInMemory);
      const { rows } = await this.#options.database.query<SealedRow>({
        name: 'open-notes',
        text: `SELECT ${sealedColumns} FROM notes WHERE audit_id = ANY ($1::uuid[]) AND tenant = $2`,
        values: [some, tenant],
      });
      for (const row of rows) {
        // A note whose key is lost must not hide the others.
        const note = await this.#unseal(row, tenant).catch(() => undefined);
        if (note) patients.set(row.audit_id, note.content.patientId);
      }
    }
    return patients;
  }

  async #unseal(row: SealedRow, tenant: string): Promise<OpenedNote> {
    const careTeam = row.care_team ?? undefined;
    const context = { auditId: row.audit_id, tenant, patientRef: row.patient_ref, keyId: row.key_id, careTeam };
    const content = open(row.sealed, context, await this.#options.keyring.byId(row.key_id));
    return { ...context, patientRefVersion: row.patient_ref_version, receivedAt: row.received_at, content };
  }

  #entry(input: IngestInput, actor: Actor): NoteEntry {
    const { keyring } = this.#options;
    const now = Date.now();
    const auditId = this.#newId(now);
    const receivedAt = isoTime(now);
    const index = keyring.indexKeys()[0]!;
    const patientRef = patientReference(actor.principal.tenant, input.patientId, index);
    const { id: keyId, key } = keyring.current();
    const { careTeam } = input;
    const sealed = seal(
      input,
      { auditId, tenant: actor.principal.tenant, patientRef, keyId, careTeam },
      key,
      this.#ivs,
    );
    const event = {
      ...actor.event,
      action: 'note.create' as const,
      outcome: 'success' as const,
      recordedAt: receivedAt,
      auditId,
      patientRef,
      patientRefVersion: index.version,
      status: 200,
    };
    return {
      note: {
        auditId,
        tenant: actor.principal.tenant,
        receivedAt,
        principal: actor.principal.name,
        patientRef,
        patientRefVersion: index.version,
        keyId,
        sealed,
        careTeam,
      },
      event,
      analysis: input.analysis && {
        lease: input.analysis.lease,
        event: { ...event, action: 'note.analyze', reason: input.analysis.lease ? 'begun' : 'queued' },
      },
    };
  }

  async #ingestOnce(
    input: IngestInput,
    entry: NoteEntry,
    actor: Actor,
    idempotencyKey: string,
    receipt: Receipt,
  ): Promise<Receipt> {
    const secret = this.#options.keyring.idempotencyKey();
    const keyRef = requestFingerprint(['key', actor.principal.tenant, actor.principal.name, idempotencyKey], secret);
    const requested = input.analysis ? ['analysis'] : [];
    const team = input.careTeam === undefined ? [] : ['care-team', input.careTeam];
    const body = ['body', input.patientId, input.noteText, ...requested, ...team];
    const fingerprint = requestFingerprint(body, secret);
    const flight = keyRef.toString('base64');
    if (this.#inFlight.has(flight)) throw new IdempotencyInFlightError();
    this.#inFlight.add(flight);
    try {
      const outcome = await this.#options.committer.submit(idempotentNoteWriter, { ...entry, keyRef, fingerprint });
      if (outcome.kind === 'conflict') throw new IdempotencyConflictError();
      if (outcome.kind === 'repeated') return outcome;
      this.#options.metrics.report('notesAcknowledged', 1);
      return receipt;
    } finally {
      this.#inFlight.delete(flight);
    }
  }

  #record(actor: Actor, draft: Omit<AuditEventDraft, 'recordedAt'>): Promise<void> {
    return this.#options.committer.record(eventBy(actor, draft));
  }
}
