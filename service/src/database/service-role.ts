import type { Database } from './database.ts';
import { grantRole, type RoleOptions } from './role.ts';

/** What the service may do to each table: nothing else, no DDL of its own, and no change to the audit trail or to a note. */
const grants: Readonly<Record<string, string>> = {
  schema_migrations: 'SELECT',
  data_keys: 'SELECT, INSERT',
  api_keys: 'SELECT',
  notes: 'SELECT, INSERT',
  analyses: 'SELECT, INSERT, UPDATE',
  break_glass_grants: 'SELECT, INSERT',
  break_glass_reasons: 'SELECT, INSERT',
  break_glass_reviews: 'SELECT, INSERT',
  idempotency_records: 'SELECT, INSERT, DELETE',
  sessions: 'SELECT, INSERT, UPDATE, DELETE',
  audit_events: 'SELECT, INSERT',
  audit_checkpoints: 'SELECT, INSERT',
  audit_heads: 'SELECT, INSERT, UPDATE',
  audit_publications: 'SELECT, INSERT, UPDATE',
  audit_expired_chains: 'SELECT',
  // `audit restore` switches a database that was set back to before the switch.
  stored_forms: 'SELECT, INSERT',
};
/** Makes the partitions of the next quarters. */
const functions = ['make_next_partitions()'];
/** Sequence of publishing terms. The service may draw numbers, not reset them. */
const sequence = 'audit_publisher_terms';
/** Tables that only the owner may change. */
const finalTables = ['audit_events', 'audit_checkpoints'] as const;

/** Makes the role of the service, or brings its rights to what they should be. Run by the owner, after `migrate`. */
export const grantServiceRole = (database: Database, options: RoleOptions): Promise<void> =>
  grantRole(database, options, { tables: grants, sequences: [sequence], functions });

/** True when the role that is logged in could change the audit trail: the service must not run as such a role. */
export async function canChangeAudit(database: Database): Promise<boolean> {
  const { rows } = await database.query<{ can: boolean }>({
    text: `SELECT bool_or(has_table_privilege(current_user, name, 'UPDATE, DELETE, TRUNCATE'))
                    OR has_function_privilege(current_user, 'expire_oldest_checkpoint()', 'EXECUTE') AS can
           FROM unnest($1::text[]) AS final (name)`,
    values: [finalTables],
  });
  return rows[0]?.can === true;
}
