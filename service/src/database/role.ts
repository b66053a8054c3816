import type { Database } from './database.ts';

export interface RoleOptions {
  /** Name of the login role. */
  readonly role: string;
  /** Lets the role log in with this password. */
  readonly password?: string;
  /** Lets the role log in with a token of AWS IAM. https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/UsingWithRDS.IAMDBAuth.DBAccounts.html */
  readonly iam?: boolean;
}

/** What a role may do: to each table, and else; nothing that is not named. */
export interface Rights {
  readonly tables: Readonly<Record<string, string>>;
  readonly sequences?: readonly string[];
  /** With their parameters, as in `name(text)`. */
  readonly functions?: readonly string[];
}

/**
 * Makes a role, or brings its rights to what they should be. Run by the owner, after `migrate`.
 *
 * @throws RangeError for a name that is none
 */
export async function grantRole(database: Database, options: RoleOptions, rights: Rights): Promise<void> {
  const role = identifier(options.role);
  const { rows } = await database.query({ text: 'SELECT 1 FROM pg_roles WHERE rolname = $1', values: [options.role] });
  if (rows.length === 0) await database.execute(`CREATE ROLE ${role} LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE`);
  if (options.password !== undefined) {
    await database.execute(`ALTER ROLE ${role} LOGIN PASSWORD ${await literal(database, options.password)}`);
  }
  if (options.iam) await database.execute(`GRANT rds_iam TO ${role}`);
  await database.execute(`REVOKE CREATE ON SCHEMA public FROM PUBLIC; GRANT USAGE ON SCHEMA public TO ${role}`);
  // PostgreSQL lets every role call a new function, and a dump that is restored without privileges creates new ones.
  await database.execute(
    `REVOKE ALL ON FUNCTION begin_audit_expiry(text, text[]), expire_oldest_checkpoint(), audit_expiry_is_whole(),
       choose_expired_partitions(), drop_expired_partitions(), make_next_partitions() FROM PUBLIC`,
  );
  await database.execute(
    `REVOKE ALL ON ALL TABLES IN SCHEMA public FROM ${role};
     REVOKE ALL ON ALL SEQUENCES IN SCHEMA public FROM ${role};
     REVOKE ALL ON ALL FUNCTIONS IN SCHEMA public FROM ${role}`,
  );
  for (const [table, granted] of Object.entries(rights.tables)) {
    await database.execute(`GRANT ${granted} ON ${table} TO ${role}`);
  }
  for (const sequence of rights.sequences ?? [])
    await database.execute(`GRANT USAGE ON SEQUENCE ${sequence} TO ${role}`);
  for (const name of rights.functions ?? []) await database.execute(`GRANT EXECUTE ON FUNCTION ${name} TO ${role}`);
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
