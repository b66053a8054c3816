import type { Database } from './database.ts';

export interface ServiceRoleOptions {
  /** Name of the role that the service logs in as. */
  readonly role: string;
  /** Lets the role log in with this password. */
  readonly password?: string;
  /** Lets the role log in with a token of AWS IAM. https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/UsingWithRDS.IAMDBAuth.DBAccounts.html */
  readonly iam?: boolean;
}

/** What the service may do to each table: nothing else, no DDL, and no change to the audit trail or to a note. */
const grants: Readonly<Record<string, string>> = {
  schema_migrations: 'SELECT',
  data_keys: 'SELECT, INSERT',
  api_keys: 'SELECT',
  notes: 'SELECT, INSERT',
  analyses: 'SELECT, INSERT, UPDATE',
  break_glass_grants: 'SELECT, INSERT',
  break_glass_reasons: 'SELECT, INSERT',
  idempotency_records: 'SELECT, INSERT, DELETE',
  audit_events: 'SELECT, INSERT',
  audit_checkpoints: 'SELECT, INSERT',
  audit_heads: 'SELECT, INSERT, UPDATE',
  audit_publications: 'SELECT, INSERT, UPDATE',
};
/** The numbers of the terms in which processes publish the trail: they can be drawn, not set back. */
const sequence = 'audit_publisher_terms';
/** What nobody but the owner may change. */
const finalTables = ['audit_events', 'audit_checkpoints'] as const;

/** Makes the role of the service, or brings its rights to what they should be. Run by the owner, after `migrate`. */
export async function grantServiceRole(database: Database, options: ServiceRoleOptions): Promise<void> {
  const role = identifier(options.role);
  const { rows } = await database.query({ text: 'SELECT 1 FROM pg_roles WHERE rolname = $1', values: [options.role] });
  if (rows.length === 0) await database.execute(`CREATE ROLE ${role} LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE`);
  if (options.password !== undefined) {
    await database.execute(`ALTER ROLE ${role} LOGIN PASSWORD ${await literal(database, options.password)}`);
  }
  if (options.iam) await database.execute(`GRANT rds_iam TO ${role}`);
  await database.execute(`REVOKE CREATE ON SCHEMA public FROM PUBLIC; GRANT USAGE ON SCHEMA public TO ${role}`);
  await database.execute(`REVOKE ALL ON ALL TABLES IN SCHEMA public FROM ${role}`);
  for (const [table, rights] of Object.entries(grants)) {
    await database.execute(`GRANT ${rights} ON ${table} TO ${role}`);
  }
  await database.execute(`GRANT USAGE ON SEQUENCE ${sequence} TO ${role}`);
}

/** True when the role that is logged in could change the audit trail: the service must not run as such a role. */
export async function canChangeAudit(database: Database): Promise<boolean> {
  const { rows } = await database.query<{ can: boolean }>({
    text: `SELECT bool_or(has_table_privilege(current_user, name, 'UPDATE, DELETE, TRUNCATE')) AS can
           FROM unnest($1::text[]) AS final (name)`,
    values: [finalTables],
  });
  return rows[0]?.can === true;
}

function identifier(name: string): string {
  if (!/^[a-z_][a-z0-9_]{0,62}$/.test(name)) {
    throw new RangeError(`the role name must be lower-case letters, digits and underscores, at most 63`);
  }
  return `"${name}"`;
}

async function literal(database: Database, text: string): Promise<string> {
  const { rows } = await database.query<{ quoted: string }>({
    text: 'SELECT quote_literal($1::text) AS quoted',
    values: [text],
  });
  return rows[0]!.quoted;
}
