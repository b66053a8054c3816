import type { AuditAction } from '@healthcare-ai/audit-trail/format/event';
import type { Committer } from '../../audit/committer.ts';
import type { Database } from '../../database/database.ts';
import { type Actor, eventBy } from '../actor.ts';
import { CareTeamError } from './access-errors.ts';
import { findGrant } from './grant-store.ts';

export interface NoteAccessOptions {
  readonly database: Database;
  readonly committer: Committer;
}

/** What is known of a note before the access check. */
export interface GuardedNote {
  readonly auditId: string;
  readonly careTeam?: string;
  readonly patientRef: Buffer;
  readonly patientRefVersion: number;
}

/** Which of a patient's notes a principal may read. */
export interface PatientAccess {
  /** True when some are of care teams that the principal is not in. */
  readonly others: boolean;
  /** The grant by which those may be read too. */
  readonly breakGlass?: string;
}

/**
 * Decides who may read a note: the members of its care team, everyone in the tenant if it has none, and clinicians with
 * a break-glass grant for its patient. Every read of a note goes through it; a work list has only notes of the own care
 * teams and of none.
 */
export class NoteAccess {
  readonly #options: NoteAccessOptions;

  constructor(options: NoteAccessOptions) {
    this.#options = options;
  }

  /**
   * @returns the grant without which the note would have stayed closed; undefined where none was needed
   * @throws CareTeamError once the denial is in the trail
   */
  async admit(note: GuardedNote, actor: Actor, action: AuditAction): Promise<string | undefined> {
    const { auditId, careTeam, patientRef, patientRefVersion } = note;
    if (careTeam === undefined || actor.principal.careTeams.includes(careTeam)) return undefined;
    const { database, committer } = this.#options;
    const { tenant, name: principal } = actor.principal;
    const grant = await findGrant(database, { tenant, principal, patientRefs: [patientRef] });
    if (grant !== undefined) return grant;
    const denial = { outcome: 'denied', reason: 'break-glass-required', status: 403 } as const;
    await committer.record(eventBy(actor, { ...denial, action, auditId, patientRef, patientRefVersion }));
    throw new CareTeamError();
  }

  /** @param patientRefs the patient's reference under each version of the index key */
  async toPatient(patientRefs: readonly Buffer[], actor: Actor): Promise<PatientAccess> {
    const { tenant, name: principal, careTeams } = actor.principal;
    const { rows } = await this.#options.database.query<{ others: boolean }>({
      text: `SELECT EXISTS (SELECT FROM notes WHERE tenant = $1 AND care_team IS NOT NULL AND care_team <> ALL ($2::text[])
               AND patient_ref IN (${patientRefs.map((_, i) => `$${i + 3}`).join(', ')})) AS others`,
      values: [tenant, careTeams, ...patientRefs],
    });
    if (rows[0]?.others !== true) return { others: false };
    const breakGlass = await findGrant(this.#options.database, { tenant, principal, patientRefs });
    return { others: true, breakGlass };
  }
}
