import type { AuditEventDraft } from './event.ts';

/** A denial that many requests can cause: it is counted, so that nobody can flood the trail. */
export interface CountedDenial {
  readonly action: 'authenticate' | 'request';
  readonly reason: string;
  readonly source: string;
  readonly tenant?: string;
  readonly principal?: string;
}

/** Addresses told apart in one minute; beyond it they are counted together. */
const limit = 10_000;

/** Counts denials by address (or principal) and minute: one event stands for all of a minute. */
export class DenialCounter {
  readonly #counts = new Map<string, { readonly denial: CountedDenial; count: number }>();

  add(denial: CountedDenial): void {
    if (!this.#count(denial, limit)) {
      this.#count({ action: denial.action, reason: denial.reason, source: 'other' }, Number.POSITIVE_INFINITY);
    }
  }

  /** Hands over what was counted and begins anew. */
  take(now: Date): AuditEventDraft[] {
    const drafts = [...this.#counts.values()].map(
      ({ denial, count }): AuditEventDraft => ({ ...denial, outcome: 'denied', recordedAt: now.toISOString(), count }),
    );
    this.#counts.clear();
    return drafts;
  }

  /** @returns false when it would be one more than may be told apart */
  #count(denial: CountedDenial, most: number): boolean {
    const key = JSON.stringify([denial.action, denial.reason, denial.source, denial.tenant, denial.principal]);
    const known = this.#counts.get(key);
    if (known) known.count += 1;
    else if (this.#counts.size < most) this.#counts.set(key, { denial, count: 1 });
    else return false;
    return true;
  }
}
