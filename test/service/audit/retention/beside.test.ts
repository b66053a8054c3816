import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { TrailVerifier } from '@healthcare-ai/audit-trail/verify/verifier';
import { verifyStore } from '@healthcare-ai/ops/audit/source/database';
import { readConfig } from '../../../../service/src/config/read.ts';
import type { Database } from '../../../../service/src/database/database.ts';
import { PostgresqlDatabase } from '../../../../service/src/database/postgresql.ts';
import { openAuditStore } from '../../../../service/src/runtime/open-audit-store.ts';
import { type AgedTrail, agedTrail, storeTrail } from '../../support/aged-trail.ts';
import type { PostgresServer } from '../../support/postgres.ts';
import { recordingLog, verifyDatabase } from '../../support/sealed-trail.ts';
import { type CommandResult, runCommand } from '../../support/service.ts';
import { sharedPostgres } from '../../support/shared-postgres.ts';
import { describeWithPostgres } from '../../support/skips.ts';

/** What else has to do with the trail while it expires. */
describeWithPostgres()('expire-audit', () => {
  let server: PostgresServer;
  let database: Database;
  let aged: AgedTrail;
  let env: Record<string, string>;
  beforeEach(async () => {
    server = await sharedPostgres();
    await server.createDatabase('retention');
    const owner = { DATABASE_URL: server.ownerUrl('retention') };
    expect((await runCommand(['migrate'], owner)).code).toBe(0);
    database = new PostgresqlDatabase({ url: owner.DATABASE_URL, poolSize: 2, onIdleError: () => {} });
    aged = await agedTrail({ seed: 4 });
    await storeTrail(database, aged.trail);
    env = { ...owner, AUDIT_SIGNING_KEY: aged.key };
  });
  afterEach(async () => {
    await database.close();
    await server.remove();
  });

  const expire = (...args: string[]): Promise<CommandResult> => runCommand(['expire-audit', ...args], env);
  const numbers = async () =>
    (
      await database.query<{ number: string }>({ text: 'SELECT number FROM audit_checkpoints ORDER BY number' })
    ).rows.map((row) => Number(row.number));
  const events = async (action: string) =>
    (
      await database.query<{ event: string }>({
        text: 'SELECT event FROM audit_events WHERE action = $1 ORDER BY recorded_at',
        values: [action],
      })
    ).rows.map(({ event }) => JSON.parse(event));

  test('does nothing to who verifies the trail meanwhile: it is read as it stood', async () => {
    const config = () => readConfig({ DATABASE_URL: server.ownerUrl('retention') }, String, ['database']);
    const store = await openAuditStore({ config, version: 'test', log: recordingLog().log });
    const verifier = new TrailVerifier({ keys: [aged.signer.publicKey], now: new Date() });
    try {
      let expired: CommandResult | undefined;
      const readTrail = async function* (options: { after: number; unproven: boolean }) {
        for await (const piece of store.readTrail(options)) {
          expired ??= await expire();
          yield piece;
        }
      };
      await verifyStore({ ...store, readTrail }, verifier, () => {});
      expect(expired).toMatchObject({ code: 0 });
    } finally {
      await store.close();
    }
    expect(verifier.finish()).toMatchObject({ ok: true, begins: 1, checkpoints: 10, unproven: { events: 0 } });
    expect(await verifyDatabase(database, [aged.signer])).toMatchObject({ ok: true, begins: 7 });
  });

  test('removes nothing while a sink is ahead of a database that was set back, and reports it in the trail', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'healthcare-ai-ahead-'));
    try {
      const { events: later, checkpoint } = (await agedTrail({ seed: 4, checkpoints: 11 })).trail.published.at(-1)!;
      writeFileSync(join(folder, 'events-0000000001.jsonl'), `${later.join('\n')}\n`);
      writeFileSync(join(folder, 'checkpoints-0000000001.jsonl'), `${checkpoint.record}\n`);
      env.AUDIT_DIR = folder;
      const { code, stdout, stderr } = await expire();
      expect([code, stdout]).toEqual([1, '']);
      expect(stderr).toMatch(
        /sink files has newer checkpoints than the database, .* checkpoint 10: run audit restore first\n$/,
      );
      expect(await numbers()).toEqual(aged.trail.published.map(({ checkpoint }) => checkpoint.statement.number));
      expect(await events('audit.expire')).toMatchObject([{ outcome: 'failure', reason: 'behind' }]);
      expect((await expire('--dry-run')).code).toBe(1);
      // Given up for good, it is not asked.
      expect((await expire('--without-sink', 'files')).stderr).not.toContain('newer checkpoints');
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  });
});
