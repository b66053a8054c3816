/** @slow */

import { spawn } from 'node:child_process';
import { setTimeout as sleep } from 'node:timers/promises';
import { PostgresqlDatabase } from '../../../../service/src/database/postgresql.ts';
import { sizeOf } from '../../../support/size.ts';
import { type AgedTrail, agedTrail, storeTrail } from '../../support/aged-trail.ts';
import { bundle } from '../../support/bundle.ts';
import { Load } from '../../support/load.ts';
import { verifyDatabase } from '../../support/sealed-trail.ts';
import {
  createKey,
  createTestDatabase,
  runCommand,
  type ServiceProcess,
  startProcess,
  type TestDatabase,
} from '../../support/service.ts';
import { describeWithPostgres } from '../../support/skips.ts';

const password = 'only-for-this-test-run';
const kills = sizeOf(4, 10);
const step = 2;

interface State {
  readonly first: number;
  readonly tombstones: readonly { readonly number: number; readonly through: number }[];
  readonly verified: boolean;
}

/** Half of the kills meet the expiry in its transaction, half of which is done; the others come when they come. */
describeWithPostgres()(`kill -9 of expire-audit, ${kills} times, while the service writes`, () => {
  let database: TestDatabase;
  let owner: PostgresqlDatabase;
  let service: ServiceProcess;
  let load: Load;
  let aged: AgedTrail;
  let token: string;
  const rounds: { readonly through: number; readonly before: State; readonly after: State }[] = [];
  let metInTransaction = 0;
  let env: Record<string, string>;

  beforeAll(async () => {
    database = await createTestDatabase();
    const made = await runCommand(['migrate', '--retention-role', 'keeper'], {
      ...database.ownerEnv,
      RETENTION_ROLE_PASSWORD: password,
    });
    expect(made.code).toBe(0);
    owner = new PostgresqlDatabase({ url: database.server!.ownerUrl(), poolSize: 2, onIdleError: () => {} });
    aged = await agedTrail({ checkpoints: 44, old: 40, events: 2_000 });
    await storeTrail(owner, aged.trail, { cloudwatch: 44 });
    env = { DATABASE_URL: database.server!.urlOf('keeper', password), AUDIT_SIGNING_KEY: aged.key };
    token = await createKey(database, { roles: ['clinician'] });
    service = await startProcess({
      env: { ...database.env, AUDIT_SIGNING_KEY: aged.key, AUDIT_CHECKPOINT_SECONDS: '1', ANALYSIS_WORKERS: '0' },
    });
    load = new Load({ url: () => service.url, token, keyed: 1, unkeyed: 1, pause: 10 });
    for (let kill = 0; kill < kills; kill++) {
      const before = await state();
      const through = Math.min(before.first - 1 + step, 40);
      await (kill % 2 === 0 ? killInside(through) : killLate(through));
      rounds.push({ through, before, after: await state() });
    }
    await load.stop();
  }, 240_000);

  afterAll(async () => {
    load?.abort();
    await service?.stop();
    await owner?.close();
    await database?.remove();
  });

  const sessions = async () =>
    (
      await owner.query<{ waits: string | null }>({
        text: "SELECT wait_event_type AS waits FROM pg_stat_activity WHERE usename = 'keeper'",
      })
    ).rows;
  const start = (through: number) => {
    const args = [bundle, 'expire-audit', '--through', String(through)];
    const child = spawn(process.execPath, args, { env: { PATH: process.env.PATH, ...env }, stdio: 'ignore' });
    return { child, exited: new Promise((resolve) => child.on('exit', resolve)) };
  };
  /** The server finishes the statement that it has, and then finds that nobody is there. */
  const gone = async () => {
    while ((await sessions()).length > 0) await sleep(10);
  };

  /** Somebody holds an event of the last checkpoint that is to go: the one before it is gone by then. */
  const killInside = async (through: number): Promise<void> => {
    const { chain, from } = aged.trail.published[through - 1]!.checkpoint.heads[0]!;
    await owner.transaction(async (transaction) => {
      await transaction.query({
        text: 'SELECT FROM audit_events WHERE chain = $1 AND seq = $2 FOR UPDATE',
        values: [chain, from],
      });
      const { child, exited } = start(through);
      for (let waited = 0; waited < 20_000; waited += 10) {
        if ((await sessions()).some(({ waits }) => waits === 'Lock')) {
          metInTransaction += 1;
          break;
        }
        await sleep(10);
      }
      child.kill('SIGKILL');
      await exited;
    });
    await gone();
  };

  const killLate = async (through: number): Promise<void> => {
    const { child, exited } = start(through);
    await Promise.race([exited, sleep(400 + Math.random() * 1_600)]);
    child.kill('SIGKILL');
    await exited;
    await gone();
  };

  const state = async (): Promise<State> => {
    const first = await owner.query<{ first: string }>({ text: 'SELECT min(number) AS first FROM audit_checkpoints' });
    const tombstones = await owner.query<{ number: string; through: string }>({
      text: 'SELECT number, through FROM audit_expirations ORDER BY number',
    });
    return {
      first: Number(first.rows[0]!.first),
      tombstones: tombstones.rows.map((row) => ({ number: Number(row.number), through: Number(row.through) })),
      verified: (await verifyDatabase(owner, [aged.signer])).ok,
    };
  };

  test('the kills met the transaction, and undid it', () => {
    expect(metInTransaction).toBe(kills / 2);
    expect(rounds).toHaveLength(kills);
    expect(rounds.filter((_, kill) => kill % 2 === 0).every(({ before, after }) => after.first === before.first)).toBe(
      true,
    );
  });

  test('each left everything as it was, or all of it done with its tombstone', () => {
    for (const { through, before, after } of rounds) {
      const done = after.first !== before.first;
      expect(after.first).toBe(done ? through + 1 : before.first);
      expect(after.tombstones.map((one) => one.through)).toEqual([
        ...before.tombstones.map((one) => one.through),
        ...(done ? [through] : []),
      ]);
    }
  });

  test('the trail verified after every one of them', () => {
    expect(rounds.filter(({ after }) => !after.verified)).toEqual([]);
  });

  test('the next run does what the killed did not', async () => {
    const { code, stderr } = await runCommand(['expire-audit'], env);

    expect([code, stderr]).toEqual([0, '']);
    expect(await state()).toMatchObject({ first: 41, verified: true });
  });

  test('the service took notes all the while, and nothing of them is missing', async () => {
    expect(load.acknowledged().length).toBeGreaterThan(100);
    expect([...load.replies.keys()]).toEqual([200]);
    const { rows } = await owner.query<{ n: string }>({ text: 'SELECT count(*) AS n FROM notes' });
    expect(Number(rows[0]!.n)).toBe(load.acknowledged().length);
  });
});
