/** @slow */

import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { parseCheckpoint } from '@healthcare-ai/audit-trail/format/checkpoint';
import { localSigner } from '@healthcare-ai/audit-trail/format/signer';
import { ed25519Key } from '../../../../service/src/config/settings/values.ts';
import { sizeOf } from '../../../support/size.ts';
import { Load } from '../../support/load.ts';
import { linesOf, verifyFolder } from '../../support/sealed-trail.ts';
import {
  createKey,
  createTestDatabase,
  type ServiceProcess,
  startProcess,
  type TestDatabase,
} from '../../support/service.ts';
import { describeWithPostgres } from '../../support/skips.ts';

const kills = sizeOf(8, 25);
const signingKey = Buffer.alloc(32, 5).toString('base64');
const signer = localSigner(ed25519Key.parse(signingKey));

/** Two processes at a time, one of which is killed again and again: whichever publishes is hit in about half of them. */
describeWithPostgres()(`kill -9 of the services that seal and publish, ${kills} times under load`, () => {
  let database: TestDatabase;
  let folder: string;
  let cache: string;
  let load: Load;
  const running: ServiceProcess[] = [];
  let leadersKilled = 0;
  let stopped: unknown[] = [];

  beforeAll(
    async () => {
      database = await createTestDatabase();
      folder = mkdtempSync(join(tmpdir(), 'healthcare-ai-sink-'));
      cache = mkdtempSync(join(tmpdir(), 'healthcare-ai-v8-'));
      const token = await createKey(database, { roles: ['clinician'] });
      const env = {
        ...database.env,
        AUDIT_SIGNING_KEY: signingKey,
        AUDIT_CHECKPOINT_SECONDS: '1',
        AUDIT_DIR: folder,
        ANALYSIS_WORKERS: '0',
        // A start costs a third with what V8 made of the bundle before; only a process that ends well leaves it behind.
        NODE_COMPILE_CACHE: join(cache, 'v8'),
      };
      await (await startProcess({ env })).stop();
      const start = async () => void running.push(await startProcess({ env }));
      await start();
      await start();
      load = new Load({
        url: () => running[Math.floor(Math.random() * running.length)]?.url,
        token,
        keyed: 2,
        unkeyed: 2,
        pause: 10,
      });
      for (let kill = 0; kill < kills; kill++) {
        await sleep(Math.random() * 700);
        const [victim] = running.splice(kill % 2, 1);
        victim!.child.kill('SIGKILL');
        await victim!.exited;
        if (victim!.output().includes('"event":"audit_publishing"')) leadersKilled += 1;
        await start();
      }
      await load.stop();
      stopped = await Promise.all(running.map((service) => service.stop()));
    },
    120_000 + 6_000 * kills,
  );

  afterAll(async () => {
    load?.abort();
    for (const { child } of running) child.kill('SIGKILL');
    await database?.remove();
    for (const made of [folder, cache]) rmSync(made, { recursive: true, force: true });
  });

  test('many of the killed were publishing', () => {
    expect(leadersKilled).toBeGreaterThanOrEqual(kills / 10);
    expect(stopped).toEqual([0, 0]);
  });

  test('[164.312(b)] nothing is missing in the sink and nothing stands out of order', async () => {
    const report = verifyFolder(folder, [signer]);
    const [stored] = await database.server!.query<{ count: number }>('SELECT count(*)::int AS count FROM audit_events');
    expect(report).toMatchObject({ ok: true, events: stored!.count, unproven: { events: 0 } });
    expect(report.checkpoints).toBeGreaterThan(kills / 3);
    process.stdout.write(
      `${kills} kills, ${leadersKilled} of publishers: ${report.checkpoints} checkpoints, ${report.events} events, ${report.duplicates} lines twice\n`,
    );
  });

  test('checkpoints never fork, and no two chains of events are one', async () => {
    const records = linesOf(folder, 'checkpoints');
    const stored = await database.server!.query<{ record: string }>(
      'SELECT record FROM audit_checkpoints ORDER BY number',
    );
    expect([...new Set(records)]).toEqual(stored.map(({ record }) => record));
    const covered = new Map<string, number>();
    for (const { heads } of stored.map(({ record }) => parseCheckpoint(record))) {
      for (const { chain, from, to } of heads) {
        expect([chain, from]).toEqual([chain, (covered.get(chain) ?? 0) + 1]);
        covered.set(chain, to);
      }
    }
  });

  test('[164.312(b)] every acknowledged note has its event in the sink', () => {
    const published = new Set(linesOf(folder, 'events').map((line) => JSON.parse(line).audit_id));
    const missing = load.acknowledged().filter(({ auditId }) => !published.has(auditId));
    expect(load.acknowledged().length).toBeGreaterThan(10 * kills);
    expect(missing).toEqual([]);
  });
});
