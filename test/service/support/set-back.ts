import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { writeExport } from '@healthcare-ai/audit-trail/export/write-export';
import { parseCheckpoint } from '@healthcare-ai/audit-trail/format/checkpoint';
import { publicKeyPem } from '@healthcare-ai/audit-trail/format/public-keys';
import type { Database } from '../../../service/src/database/database.ts';
import { PostgresqlDatabase } from '../../../service/src/database/postgresql.ts';
import type { Trail } from '../../packages/audit-trail/support/build-trail.ts';
import { type AgedTrail, agedTrail, storeTrail } from './aged-trail.ts';
import type { PostgresServer } from './postgres.ts';
import { newDatabase, newName } from './sealed-trail.ts';

/** A trail that lies whole in a directory, as a sink has it, and in a database to checkpoint `has` alone. */
export interface SetBack {
  readonly aged: AgedTrail;
  readonly database: PostgresqlDatabase;
  /** An export of all of it, which the tests of a file share. */
  readonly directory: string;
  /** PEM file. */
  readonly key: string;
  readonly env: Readonly<Record<string, string>>;
  remove(): Promise<void>;
}

interface Options {
  readonly has: number;
  readonly checkpoints: number;
  readonly events: number;
}

/** What the tests of a file share: they read the files, and each has a copy of the database. */
type Prepared = Pick<SetBack, 'aged' | 'directory' | 'key'> & { readonly template: string };
const prepared = new Map<string, Promise<Prepared>>();

export async function setBack(server: PostgresServer, options: Options): Promise<SetBack> {
  const kind = JSON.stringify(options);
  const made = prepared.get(kind) ?? prepare(server, options);
  prepared.set(kind, made);
  const { template, ...shared } = await made;
  const name = newName();
  await server.copyDatabase(template, name);
  const database = new PostgresqlDatabase({ url: server.ownerUrl(name), poolSize: 4, onIdleError: () => {} });
  return { ...shared, database, env: { DATABASE_URL: server.ownerUrl(name) }, remove: () => database.close() };
}

async function prepare(server: PostgresServer, { has, checkpoints, events }: Options): Promise<Prepared> {
  const aged = await agedTrail({ checkpoints, events, old: 1 });
  const template = newName();
  const database = await newDatabase(server, template);
  await storeTrail(database, { ...aged.trail, published: aged.trail.published.slice(0, has) });
  // PostgreSQL does not copy a database that has connections.
  await database.close();
  const folder = mkdtempSync(join(tmpdir(), 'healthcare-ai-restore-'));
  const [directory, key] = [join(folder, 'export'), join(folder, 'audit.pem')];
  await writeExport({ directory, items: itemsOf(aged.trail) });
  writeFileSync(key, publicKeyPem(aged.signer.publicKey));
  return { aged, directory, key, template };
}

async function* itemsOf({ published }: Trail) {
  for (const { events, checkpoint } of published) {
    yield { events };
    yield { checkpoint };
  }
}

/** The number of the newest checkpoint. */
export async function newestIn(database: Database): Promise<number> {
  const { rows } = await database.query<{ record: string }>({
    text: 'SELECT record FROM audit_checkpoints ORDER BY number DESC LIMIT 1',
  });
  return rows[0] ? parseCheckpoint(rows[0].record).statement.number : 0;
}

/** What `audit restore` wrote down of itself. */
export async function restoreEvents(database: Database): Promise<readonly Record<string, unknown>[]> {
  const { rows } = await database.query<{ event: string }>({
    text: "SELECT event FROM audit_events WHERE action = 'audit.restore' ORDER BY recorded_at, seq",
  });
  return rows.map(({ event }) => JSON.parse(event));
}
