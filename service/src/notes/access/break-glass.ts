import { randomUUID } from 'node:crypto';
import { canonicalJson } from '@healthcare-ai/audit-trail/format/canonical-json';
import type { AuditEventDraft } from '@healthcare-ai/audit-trail/format/event';
import type { Committer } from '../../audit/committer.ts';
import { IvSource } from '../../crypto/envelope.ts';
import { patientReferences } from '../../crypto/keyed-hash.ts';
import type { Keyring } from '../../crypto/keyring.ts';
import { openText, sealText } from '../../crypto/sealed-text.ts';
import type { Database } from '../../database/database.ts';
import { type Actor, eventBy } from '../actor.ts';
import type { NoteService } from '../note-service.ts';
import { GrantNotNeededError, NotFoundError } from './access-errors.ts';
import type { Grant, GrantWithReason } from './grant.ts';
import { insertGrant, readGrant } from './grant-store.ts';
import type { NoteAccess } from './note-access.ts';
import type { ReasonCode } from './reason-codes.ts';

export interface BreakGlassOptions {
  readonly database: Database;
  readonly committer: Committer;
  readonly keyring: Keyring;
  readonly notes: NoteService;
  readonly access: NoteAccess;
  /** How long a grant lasts. */
  readonly minutes: number;
}

export interface BreakGlassInput {
  /** Whose notes: the patient, or one of the patient's notes. */
  readonly patient: { readonly patientId: string } | { readonly auditId: string };
  readonly reasonCode: ReasonCode;
  /** The clinician's own words: sealed, and never in an event or a log. */
  readonly reasonText: string;
}

/** Emergency access, 45 CFR 164.312(a)(2)(ii): with a stated reason, for one patient, for a limited time. */
export class BreakGlass {
  readonly #options: BreakGlassOptions;
  readonly #ivs = new IvSource();

  constructor(options: BreakGlassOptions) {
    this.#options = options;
  }

  /**
   * Gives the clinician access to the notes of one patient, whatever their care teams.
   *
   * @throws NotFoundError when the tenant has no such note, or no note of such a patient
   * @throws GrantNotNeededError
   */
  async open(input: BreakGlassInput, actor: Actor): Promise<Grant> {
    const { committer, keyring, access, notes, minutes } = this.#options;
    const { tenant, name: principal } = actor.principal;
    const { patient, reasonCode } = input;
    const auditId = 'auditId' in patient ? patient.auditId : undefined;
    // The id that the note itself holds finds the notes of its patient under every version of the index key.
    const patientId =
      'auditId' in patient ? (await notes.open(patient.auditId, tenant))?.content.patientId : patient.patientId;
    const keys = keyring.indexKeys();
    const patientRefs = patientId === undefined ? [] : patientReferences(tenant, patientId, keys);
    if (patientRefs.length === 0 || !(await this.#hasNotes(tenant, patientRefs))) {
      await this.#record(actor, { action: 'break-glass.open', outcome: 'failure', reason: 'not-found', status: 404 });
      throw new NotFoundError();
    }
    if (!(await access.toPatient(patientRefs, actor)).others) throw new GrantNotNeededError();
    const grantId = randomUUID();
    const patientRefVersion = keys[0]!.version;
    const { id: keyId, key } = keyring.current();
    const binding = reasonBinding({ grantId, tenant, principal, reasonCode, patientRef: patientRefs[0]!, keyId });
    const sealed = await sealText(input.reasonText, binding, key, this.#ivs);
    const grant = { grantId, tenant, principal, patientRefs, patientRefVersion, auditId, reasonCode, minutes };
    return committer.change({
      change: (transaction) => insertGrant(transaction, { ...grant, sealed, keyId }),
      event: () =>
        eventBy(actor, {
          ...{ auditId, patientRef: patientRefs[0], patientRefVersion },
          action: 'break-glass.open',
          outcome: 'success',
          breakGlass: grantId,
          reason: reasonCode,
          status: 200,
        }),
    });
  }

  /** Returns the reason of an emergency access. Reading it is itself audited. */
  async read(grantId: string, actor: Actor): Promise<GrantWithReason> {
    const { database, keyring } = this.#options;
    const { tenant } = actor.principal;
    const found = await readGrant(database, tenant, grantId);
    if (!found) {
      await this.#record(actor, { action: 'break-glass.read', outcome: 'failure', reason: 'not-found', status: 404 });
      throw new NotFoundError();
    }
    const { keyId, sealed, ...grant } = found;
    const { principal, reasonCode, auditId, patientRef, patientRefVersion } = grant;
    const binding = reasonBinding({ grantId, tenant, principal, reasonCode, patientRef, keyId });
    const reasonText = await openText(sealed, binding, await keyring.byId(keyId));
    await this.#record(actor, {
      ...{ auditId, patientRef, patientRefVersion, breakGlass: grantId, status: 200 },
      action: 'break-glass.read',
      outcome: 'success',
    });
    return { ...grant, reasonText };
  }

  async #hasNotes(tenant: string, patientRefs: readonly Buffer[]): Promise<boolean> {
    const { rows } = await this.#options.database.query({
      text: `SELECT 1 FROM notes WHERE tenant = $1
             AND patient_ref IN (${patientRefs.map((_, i) => `$${i + 2}`).join(', ')}) LIMIT 1`,
      values: [tenant, ...patientRefs],
    });
    return rows.length > 0;
  }

  #record(actor: Actor, draft: Omit<AuditEventDraft, 'recordedAt'>): Promise<void> {
    return this.#options.committer.record(eventBy(actor, draft));
  }
}

/** Authenticated data: a reason decrypts only with its own grant, so neither can be changed alone. */
const reasonBinding = (grant: {
  readonly grantId: string;
  readonly tenant: string;
  readonly principal: string;
  readonly reasonCode: ReasonCode;
  readonly patientRef: Buffer;
  readonly keyId: string;
}): string => canonicalJson({ ...grant, kind: 'break-glass/v1', patientRef: grant.patientRef.toString('base64') });
