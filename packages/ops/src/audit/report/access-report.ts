import type { StoredEvent } from '@healthcare-ai/audit-trail/store';

/** Accesses of one principal to the notes of one patient. */
export interface Access {
  readonly tenant: string | undefined;
  readonly principal: string;
  /** The patient's keyed reference. */
  readonly patient: string;
  readonly first: string;
  readonly last: string;
  /** How often, by action. */
  readonly actions: Readonly<Record<string, number>>;
  /** How many of them were made by breaking the glass. */
  readonly breakGlass: number;
}

/** What was refused, alike in who, what and why. */
export interface Denial {
  readonly tenant: string | undefined;
  /** The principal, or the address of one who has shown no valid key. */
  readonly who: string;
  readonly action: string;
  readonly reason: string | undefined;
  readonly first: string;
  readonly last: string;
  readonly count: number;
}

/** An opening of the glass and what was done under it. */
export interface BreakGlass {
  readonly grant: string;
  readonly tenant: string | undefined;
  readonly principal: string | undefined;
  readonly opened: string | undefined;
  readonly accesses: number;
}

export interface AccessReport {
  readonly events: number;
  readonly access: readonly Access[];
  readonly denied: readonly Denial[];
  /**
   * Failed authentications of clients that proved no tenant: any of them may have meant this one. Empty in a report of all
   * tenants, which has them among the denials. 45 CFR 164.308(a)(5)(ii)(C), log-in monitoring.
   */
  readonly unattributed: readonly Denial[];
  readonly breakGlass: readonly BreakGlass[];
}

type Mutable<T> = { -readonly [Key in keyof T]: T[Key] };

/** Who accessed which patient, what was denied, and where the glass was broken: counted while the events are read. */
export class AccessReportBuilder {
  readonly #access = new Map<string, Mutable<Access> & { actions: Record<string, number> }>();
  readonly #denied = new Map<string, Mutable<Denial>>();
  readonly #unattributed = new Map<string, Mutable<Denial>>();
  readonly #breakGlass = new Map<string, Mutable<BreakGlass>>();
  #events = 0;

  add(event: StoredEvent): void {
    this.#events += 1;
    if (event.outcome === 'denied') addDenial(this.#denied, event);
    else if (event.patient_ref !== undefined && event.principal !== undefined) this.#addAccess(event);
    if (event.break_glass !== undefined) this.#addBreakGlass(event, event.break_glass);
  }

  /** Adds a failed authentication that no tenant is known of. */
  addUnattributed(event: StoredEvent): void {
    addDenial(this.#unattributed, event);
  }

  build(): AccessReport {
    return {
      events: this.#events,
      access: [...this.#access.values()].sort(by(({ patient, first }) => `${patient} ${first}`)),
      denied: [...this.#denied.values()].sort((a, b) => b.count - a.count),
      unattributed: [...this.#unattributed.values()].sort((a, b) => b.count - a.count),
      breakGlass: [...this.#breakGlass.values()].sort(by(({ opened }) => opened ?? '')),
    };
  }

  #addAccess(event: StoredEvent): void {
    const { tenant, principal, patient_ref: patient, recorded_at: time, action } = event;
    const key = JSON.stringify([tenant, principal, patient]);
    let access = this.#access.get(key);
    if (!access) {
      const first = { first: time, last: time, actions: {}, breakGlass: 0 };
      access = { tenant, principal: principal!, patient: patient!, ...first };
      this.#access.set(key, access);
    }
    access.last = time;
    access.actions[action] = (access.actions[action] ?? 0) + 1;
    if (isUnderGrant(event)) access.breakGlass += 1;
  }

  #addBreakGlass(event: StoredEvent, grant: string): void {
    const isOpening = event.action === 'break-glass.open';
    if (!isOpening && !isUnderGrant(event)) return;
    const { tenant, principal } = event;
    const known = this.#breakGlass.get(grant) ?? { grant, tenant, principal, opened: undefined, accesses: 0 };
    if (isOpening) known.opened ??= event.recorded_at;
    else if (event.outcome === 'success') known.accesses += 1;
    this.#breakGlass.set(grant, known);
  }
}

/** Whether a grant made the access possible. The events of its opening and its review name it, too. */
const isUnderGrant = ({ action, break_glass: grant }: StoredEvent): boolean =>
  grant !== undefined && !action.startsWith('break-glass.');

function addDenial(denials: Map<string, Mutable<Denial>>, event: StoredEvent): void {
  const { tenant, action, reason, recorded_at: time } = event;
  const who = event.principal ?? event.source ?? 'unknown';
  const key = JSON.stringify([tenant, who, action, reason]);
  const denial = denials.get(key) ?? { tenant, who, action, reason, first: time, last: time, count: 0 };
  denial.last = time;
  // One event may count all of a minute.
  denial.count += event.count ?? 1;
  denials.set(key, denial);
}

const by =
  <T>(key: (value: T) => string) =>
  (a: T, b: T): number =>
    key(a) < key(b) ? -1 : 1;
