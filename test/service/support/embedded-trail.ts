import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import type { TrailReport } from '@healthcare-ai/audit-trail/verify/report';
import { readConfig } from '../../../service/src/config/read.ts';
import { migrate } from '../../../service/src/database/migrate.ts';
import { PgliteDatabase } from '../../../service/src/database/pglite.ts';
import { signingPublicKeys } from '../../../service/src/runtime/open-audit-store.ts';
import { type AgedTrail, agedTrail, storeTrail } from './aged-trail.ts';
import { verifyDatabase } from './sealed-trail.ts';

/** The embedded database does not open within jest: what it is to do there is done by this file as a program. */
export type StoredTrail = Pick<AgedTrail, 'key' | 'old' | 'oldEvents'>;

/** Puts an aged trail into a new embedded database, as published elsewhere. */
export const storeEmbedded = (folder: string): StoredTrail => run('store', folder) as StoredTrail;

/** @param key for `AUDIT_SIGNING_KEY`; by default the one that the service keeps in the folder */
export const verifyEmbedded = (folder: string, key?: string): TrailReport =>
  run('verify', folder, ...(key === undefined ? [] : [key])) as TrailReport;

function run(...args: readonly string[]): unknown {
  const { status, stdout, stderr } = spawnSync(process.execPath, ['test/service/support/embedded-trail.ts', ...args], {
    encoding: 'utf8',
  });
  if (status !== 0) throw new Error(`${args[0]} failed: ${stderr}`);
  return JSON.parse(stdout);
}

async function main([what, folder, key]: readonly string[]): Promise<unknown> {
  const database = await PgliteDatabase.open(join(folder!, 'postgres'));
  try {
    if (what === 'verify') {
      const config = readConfig({ DATA_DIR: folder, AUDIT_SIGNING_KEY: key }, String, ['database']);
      return await verifyDatabase(
        database,
        (await signingPublicKeys(config)).map((publicKey) => ({ publicKey })),
      );
    }
    const aged = await agedTrail({ events: 100 });
    await migrate(database);
    await storeTrail(database, aged.trail, { cloudwatch: aged.trail.published.length });
    return { key: aged.key, old: aged.old, oldEvents: aged.oldEvents };
  } finally {
    await database.close();
  }
}

if (process.argv[1]?.endsWith('embedded-trail.ts')) {
  main(process.argv.slice(2)).then((answer) => process.stdout.write(JSON.stringify(answer)));
}
