import type { Checkpoint } from '@healthcare-ai/audit-trail/format/checkpoint';
import type { Queryable } from '../../database/database.ts';
import { RestoreError } from './restore-error.ts';

interface Stored {
  readonly number: number;
  /** Hex. */
  readonly hash: string;
}

const pageSize = 1_000;

/** Compares the checkpoints of a sink, given in order, with those that a database has. */
export class StoredComparison {
  readonly #stored: AsyncGenerator<Stored>;
  #next: Stored | undefined;

  constructor(database: Queryable) {
    this.#stored = storedCheckpoints(database);
  }

  /**
   * @returns false when the database has nothing under this number or any later one
   * @throws RestoreError when it has another checkpoint under this number
   */
  async has({ statement: { number }, hash }: Checkpoint): Promise<boolean> {
    while (!this.#next || this.#next.number < number) {
      const { value, done } = await this.#stored.next();
      if (done) return false;
      this.#next = value;
    }
    // The database begins later than the sink where what is older expired.
    if (this.#next.number > number || this.#next.hash === hash) return true;
    throw new RestoreError(
      'fork',
      `the database has another checkpoint ${number} than the sink: after it was set back, the service sealed it ` +
        'again. Restore the database once more, to before that, and run this before the service seals; what was written ' +
        'since must be copied over (runbook "Database restore")',
    );
  }
}

async function* storedCheckpoints(database: Queryable): AsyncGenerator<Stored> {
  for (let after = 0; ; ) {
    const { rows } = await database.query<{ number: string; hash: string }>({
      text: `SELECT number, encode(hash, 'hex') AS hash FROM audit_checkpoints
             WHERE number > $1 ORDER BY number LIMIT ${pageSize}`,
      values: [after],
    });
    for (const { number, hash } of rows) yield { number: Number(number), hash };
    if (rows.length < pageSize) return;
    after = Number(rows.at(-1)!.number);
  }
}
