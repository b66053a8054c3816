import type { AuditEventDraft } from '@healthcare-ai/audit-trail/format/event';

/** A denial that many requests can cause. Counting it prevents flooding of the trail. */
export interface CountedDenial {
  readonly action: 'authenticate' | 'request';
  readonly reason: string;
  readonly source: string;
  readonly tenant?: string;
  readonly principal?: string;
}

/**
 * Denials counted apart in one minute, which is how many events a flood adds to the trail: of clients that proved no
 * tenant, and of principals and keys of known tenants. The rest is counted together.
 */
const most = { anonymous: 64, tenants: 1_000 };

/** Counts denials by address (or principal) and minute: one event covers a minute. */
export class DenialCounter {
  readonly #counts = new Map<string, { readonly denial: CountedDenial; count: number }>();
  readonly #apart = { anonymous: 0, tenants: 0 };

  add(denial: CountedDenial): void {
    if (this.#count(denial, denial.tenant === undefined ? 'anonymous' : 'tenants')) return;
    const { action, reason, tenant } = denial;
    this.#count({ action, reason, source: 'other', tenant }, undefined);
  }

  /**
   * Writes what was counted, one event for each denial and address, and resets. What could not be written is
   * counted on, for the next time.
   *
   * @throws what `write` throws
   */
  async record(now: Date, write: (event: AuditEventDraft) => Promise<void>): Promise<void> {
    const counted = [...this.#counts.values()];
    this.#counts.clear();
    this.#apart.anonymous = 0;
    this.#apart.tenants = 0;
    for (const [index, { denial, count }] of counted.entries()) {
      try {
        await write({ ...denial, outcome: 'denied', recordedAt: now.toISOString(), count });
      } catch (error) {
        for (const left of counted.slice(index)) this.#count(left.denial, undefined, left.count);
        throw error;
      }
    }
  }

  /**
   * @param bound which bound a new denial counts for; undefined is none
   * @returns false when it would be one more than is counted apart
   */
  #count(denial: CountedDenial, bound: keyof typeof most | undefined, by = 1): boolean {
    const key = JSON.stringify([denial.action, denial.reason, denial.source, denial.tenant, denial.principal]);
    const known = this.#counts.get(key);
    if (known) {
      known.count += by;
      return true;
    }
    if (bound !== undefined) {
      if (this.#apart[bound] >= most[bound]) return false;
      this.#apart[bound] += 1;
    }
    this.#counts.set(key, { denial, count: by });
    return true;
  }
}
