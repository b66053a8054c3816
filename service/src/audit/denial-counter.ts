import type { AuditEventDraft } from '@healthcare-ai/audit-trail/format/event';

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

  /**
   * Writes what was counted, one event for each denial and address, and begins anew. What could not be written is
   * counted on, for the next time.
   *
   * @throws what `write` throws
   */
  async record(now: Date, write: (event: AuditEventDraft) => Promise<void>): Promise<void> {
    const counted = [...this.#counts.values()];
    this.#counts.clear();
    for (const [index, { denial, count }] of counted.entries()) {
      try {
        await write({ ...denial, outcome: 'denied', recordedAt: now.toISOString(), count });
      } catch (error) {
        for (const left of counted.slice(index)) this.#count(left.denial, Number.POSITIVE_INFINITY, left.count);
        throw error;
      }
    }
  }

  /** @returns false when it would be one more than may be told apart */
  #count(denial: CountedDenial, most: number, by = 1): boolean {
    const key = JSON.stringify([denial.action, denial.reason, denial.source, denial.tenant, denial.principal]);
    const known = this.#counts.get(key);
    if (known) known.count += by;
    else if (this.#counts.size < most) this.#counts.set(key, { denial, count: by });
    else return false;
    return true;
  }
}
