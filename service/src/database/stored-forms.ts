import type { EventSchema } from '@healthcare-ai/audit-trail/format/event';
import { contract } from '@healthcare-ai/contract';
import type { Database, Queryable } from './database.ts';
import { SchemaError } from './migrate.ts';

/** Forms of stored data that this release writes once `stored_forms` names them; it reads them, and the form before, always. */
export type StoredForm = keyof typeof contract.database.storedForms;

const known: readonly string[] = Object.keys(contract.database.storedForms);

/** Whether a form is written in this database. */
export async function isSwitched(database: Queryable, form: StoredForm): Promise<boolean> {
  const { rows } = await database.query({
    name: 'stored-form',
    text: 'SELECT FROM stored_forms WHERE name = $1',
    values: [form],
  });
  return rows.length > 0;
}

/** The forms that a process writes: what the database said when it was last asked. */
export class StoredForms {
  readonly #database: Queryable;
  #names: ReadonlySet<string> = new Set();

  private constructor(database: Queryable) {
    this.#database = database;
  }

  /** @throws SchemaError when the database has a form that this release cannot read */
  static async open(database: Queryable): Promise<StoredForms> {
    const forms = new StoredForms(database);
    await forms.refresh();
    const unknown = [...forms.#names].find((name) => !known.includes(name));
    if (unknown === undefined) return forms;
    throw new SchemaError(
      `the database was switched to the stored form ${unknown}, which this release cannot read: run a release that does`,
    );
  }

  /** Schema in which audit events are written. */
  get auditSchema(): EventSchema {
    return this.#names.has('audit-2' satisfies StoredForm) ? 2 : 1;
  }

  async refresh(): Promise<void> {
    const { rows } = await this.#database.query<{ name: string }>({ text: 'SELECT name FROM stored_forms' });
    this.#names = new Set(rows.map(({ name }) => name));
  }
}

/** A process of a release that cannot read the new form is connected. */
export class OlderReleaseError extends Error {
  constructor(form: StoredForm, sessions: number) {
    super(
      `${sessions} database session${sessions === 1 ? '' : 's'} of a release that cannot read ${form} exist: stop its processes and retry`,
    );
    this.name = 'OlderReleaseError';
  }
}

/** Writes down a switch, which cannot be undone. @returns whether it was written now, rather than before */
export async function recordSwitch(database: Queryable, form: StoredForm): Promise<boolean> {
  const { rows } = await database.query({
    text: 'INSERT INTO stored_forms (name) VALUES ($1) ON CONFLICT DO NOTHING RETURNING name',
    values: [form],
  });
  return rows.length > 0;
}

/**
 * Switches a database to a form, unless a process of an older release is connected: it could not read what is written
 * from then on.
 *
 * @throws OlderReleaseError
 */
export async function switchForm(database: Database, form: StoredForm): Promise<boolean> {
  const oldest = contract.database.storedForms[form];
  if (database.kind === 'postgresql') {
    // 0.1.0 gives its name alone; later releases add the schema that they know.
    const { rows } = await database.query<{ sessions: number }>({
      text: `SELECT count(*)::int AS sessions FROM pg_stat_activity
             WHERE datname = current_database() AND application_name ~ '^healthcare-ai(/[0-9]+)?$'
               AND coalesce(substring(application_name FROM '/([0-9]+)$')::int, 1) < $1`,
      values: [oldest],
    });
    const { sessions } = rows[0]!;
    if (sessions > 0) throw new OlderReleaseError(form, sessions);
  }
  return recordSwitch(database, form);
}
