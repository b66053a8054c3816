import { randomBytes } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { migrate } from '../../../service/src/database/migrate.ts';
import { PostgresqlDatabase } from '../../../service/src/database/postgresql.ts';
import { grantServiceRole } from '../../../service/src/database/service-role.ts';
import { connectToServer, type PostgresServer, startPostgres } from './postgres.ts';

/** Role of the service on the shared server, without DDL. */
export const serviceRole = { name: 'healthcare_ai', password: 'only-for-this-test-run' } as const;

/** Database with the schema of this release, from which the others are copied. */
const template = 'migrated';

/**
 * Databases of one test file on the server of its jest worker, for tests that neither stop the server, nor change its
 * settings, nor read its files. A copy of a migrated database takes a tenth of the time of a server and a migration.
 */
export async function sharedPostgres(): Promise<PostgresServer> {
  const server = await serverOfWorker();
  const scope = `t${randomBytes(6).toString('hex')}`;
  const made: string[] = [];
  const named = (name = 'main') => `${scope}_${name}`;
  const create = async (name: string | undefined, from: string) => {
    await server.copyDatabase(from, named(name));
    made.push(named(name));
  };
  await create(undefined, template);
  return {
    ownerUrl: (name) => server.ownerUrl(named(name)),
    urlOf: (user, password, name) => server.urlOf(user, password, named(name)),
    query: (text, values, name) => server.query(text, values, named(name)),
    createDatabase: (name) => create(name, 'template0'),
    createMigrated: (name) => create(name, template),
    copyDatabase: (from, name) => create(name, named(from)),
    async remove() {
      for (const name of made) await server.query(`DROP DATABASE IF EXISTS ${name} WITH (FORCE)`);
    },
  };
}

/** The worker's server outlives a test file, of which each has modules of its own: its port is kept in a file. */
async function serverOfWorker(): Promise<PostgresServer> {
  const file = join(tmpdir(), `postgres-of-worker-${process.env.JEST_WORKER_ID}`);
  try {
    const server = connectToServer(Number(readFileSync(file, 'utf8')));
    await server.query('SELECT 1');
    return server;
  } catch {
    // The first test file of this worker that needs a server, or the server was killed.
  }
  const server = await startPostgres({ fsync: false });
  await server.createDatabase(template);
  await migrateAsOwner(server.ownerUrl(template));
  writeFileSync(file, String(server.port));
  return server;
}

/** Creates the schema of this release, and the role of the service. */
export async function migrateAsOwner(url: string): Promise<void> {
  const database = new PostgresqlDatabase({ url, poolSize: 1, onIdleError: () => {} });
  try {
    await migrate(database);
    await grantServiceRole(database, { role: serviceRole.name, password: serviceRole.password });
  } finally {
    await database.close();
  }
}
