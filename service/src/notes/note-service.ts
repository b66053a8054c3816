import type { Committer } from '../audit/committer.ts';
import type { AuditEventDraft } from '../audit/event.ts';
import { IvSource, type NoteContent, open, seal } from '../crypto/envelope.ts';
import { patientReference, requestFingerprint } from '../crypto/keyed-hash.ts';
import type { Keyring } from '../crypto/keyring.ts';
import { decodeCursor, encodeCursor, timeAndId } from '../database/cursor.ts';
import type { Database } from '../database/database.ts';
import { uuidV7Maker } from '../ids/uuid-v7.ts';
import type { MetricsSink } from '../telemetry/metrics.ts';
import { idempotentNoteWriter } from './idempotent-note-writer.ts';
import { failureReason, IdempotencyConflictError, IdempotencyInFlightError } from './ingest-errors.ts';
import type { Note, NoteRow, NoteSummary } from './note.ts';
import { type NoteEntry, noteWriter } from './note-writer.ts';
import { queuedNoteWriter } from './queued-note-writer.ts';

/** Who asks, and how the request is told in the audit trail. */
export interface Actor {
  readonly tenant: string;
  readonly principal: string;
  /** The event as far as the request tells it: everything but what is done to which note. */
  readonly event: Omit<AuditEventDraft, 'action' | 'outcome' | 'recordedAt'>;
}

export interface IngestInput {
  readonly patientId: string;
  readonly noteText: string;
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

/** The note as it was sealed, and what it says. */
export interface OpenedNote extends Omit<NoteRow, 'receivedAt' | 'principal' | 'sealed'> {
  readonly receivedAt: Date;
  readonly content: NoteContent;
}

export interface NoteServiceOptions {
  readonly database: Database;
  readonly committer: Committer;
  readonly keyring: Keyring;
  readonly metrics: MetricsSink;
}

/** Takes notes in and gives them back. Every call leaves its audit event behind before it resolves. */
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
      metrics.noteAcknowledged(1);
      return receipt;
    } catch (error) {
      metrics.ingestFailed(failureReason(error));
      throw error;
    }
  }

  /** @returns undefined where the tenant has no such note, and nothing tells whether another has */
  async read(auditId: string, actor: Actor): Promise<Note | undefined> {
    const note = await this.open(auditId, actor.tenant);
    if (!note) {
      await this.#record(actor, { action: 'note.read', outcome: 'failure', auditId, reason: 'not-found', status: 404 });
      return undefined;
    }
    const { patientRef, patientRefVersion } = note;
    const event = { auditId, patientRef, patientRefVersion, status: 200 };
    await this.#record(actor, { ...event, action: 'note.read', outcome: 'success' });
    return { auditId, receivedAt: note.receivedAt.toISOString(), ...note.content };
  }

  /** Opens a note without a word in the trail: for those who leave an event of their own. */
  async open(auditId: string, tenant: string): Promise<OpenedNote | undefined> {
    const { rows } = await this.#options.database.query<{
      received_at: Date;
      patient_ref: Buffer;
      patient_ref_version: number;
      key_id: string;
      sealed: Buffer;
    }>({
      name: 'read-note',
      text: `SELECT received_at, patient_ref, patient_ref_version, key_id, sealed FROM notes
             WHERE audit_id = $1 AND tenant = $2`,
      values: [auditId, tenant],
    });
    const row = rows[0];
    if (!row) return undefined;
    const context = { auditId, tenant, patientRef: row.patient_ref, keyId: row.key_id };
    const content = open(row.sealed, context, await this.#options.keyring.byId(row.key_id));
    return { ...context, patientRefVersion: row.patient_ref_version, receivedAt: row.received_at, content };
  }

  /**
   * Lists a patient's notes, newest first.
   *
   * @throws InvalidCursorError
   */
  async search(
    criteria: { readonly patientId: string; readonly limit: number; readonly cursor?: string },
    actor: Actor,
  ): Promise<{ readonly notes: NoteSummary[]; readonly nextCursor?: string }> {
    const [time, id] =
      criteria.cursor === undefined
        ? ['infinity', 'ffffffff-ffff-ffff-ffff-ffffffffffff']
        : decodeCursor(criteria.cursor, timeAndId);
    const keys = this.#options.keyring.indexKeys();
    const references = keys.map(({ key }) => patientReference(actor.tenant, criteria.patientId, key));
    const { rows } = await this.#options.database.query<{ audit_id: string; received_at: Date; principal: string }>({
      text: `SELECT audit_id, received_at, principal FROM notes
             WHERE tenant = $1 AND patient_ref IN (${references.map((_, i) => `$${i + 5}`).join(', ')})
               AND (received_at, audit_id) < ($2::timestamptz, $3::uuid)
             ORDER BY received_at DESC, audit_id DESC LIMIT $4`,
      values: [actor.tenant, time, id, criteria.limit + 1, ...references],
    });
    const notes = rows.slice(0, criteria.limit).map((row) => ({
      auditId: row.audit_id,
      receivedAt: row.received_at.toISOString(),
      principal: row.principal,
    }));
    await this.#record(actor, {
      action: 'note.search',
      outcome: 'success',
      patientRef: references[0],
      patientRefVersion: keys[0]?.version,
      criteria: ['patient_id'],
      count: notes.length,
      status: 200,
    });
    const last = rows.length > criteria.limit ? notes.at(-1) : undefined;
    return { notes, nextCursor: last && encodeCursor([last.receivedAt, last.auditId]) };
  }

  #entry(input: IngestInput, actor: Actor): NoteEntry {
    const { keyring } = this.#options;
    const now = Date.now();
    const auditId = this.#newId(now);
    const receivedAt = new Date(now).toISOString();
    const index = keyring.indexKeys()[0]!;
    const patientRef = patientReference(actor.tenant, input.patientId, index.key);
    const { id: keyId, key } = keyring.current();
    const sealed = seal(input, { auditId, tenant: actor.tenant, patientRef, keyId }, key, this.#ivs);
    const event = {
      ...actor.event,
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
        tenant: actor.tenant,
        receivedAt,
        principal: actor.principal,
        patientRef,
        patientRefVersion: index.version,
        keyId,
        sealed,
      },
      event: { ...event, action: 'note.create' },
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
    const keyRef = requestFingerprint(['key', actor.tenant, actor.principal, idempotencyKey], secret);
    const body = ['body', input.patientId, input.noteText, ...(input.analysis ? ['analysis'] : [])];
    const fingerprint = requestFingerprint(body, secret);
    const flight = keyRef.toString('base64');
    if (this.#inFlight.has(flight)) throw new IdempotencyInFlightError();
    this.#inFlight.add(flight);
    try {
      const outcome = await this.#options.committer.submit(idempotentNoteWriter, { ...entry, keyRef, fingerprint });
      if (outcome.kind === 'conflict') throw new IdempotencyConflictError();
      if (outcome.kind === 'repeated') return outcome;
      this.#options.metrics.noteAcknowledged(1);
      return receipt;
    } finally {
      this.#inFlight.delete(flight);
    }
  }

  #record(actor: Actor, draft: Omit<AuditEventDraft, 'recordedAt'>): Promise<void> {
    return this.#options.committer.record({ ...actor.event, ...draft, recordedAt: new Date().toISOString() });
  }
}
