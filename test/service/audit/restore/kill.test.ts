import { spawn } from 'node:child_process';
import { setTimeout as sleep } from 'node:timers/promises';
import { verifyChains } from '../../../../service/src/audit/verify-chains.ts';
import { type PostgresServer, startPostgres } from '../../support/postgres.ts';
import { verifyDatabase } from '../../support/sealed-trail.ts';
import { runCommand } from '../../support/service.ts';
import { newestIn, restoreEvents, type SetBack, setBack } from '../../support/set-back.ts';
import { describeWithPostgres } from '../../support/skips.ts';

/** Checkpoints in whose transaction the command is killed: each covers about 500 events, a transaction about nine. */
const killedAt = [6, 19, 34];

describeWithPostgres()(`kill -9 of audit restore, ${killedAt.length} times within a transaction`, () => {
  let server: PostgresServer;
  let one: SetBack;
  const rounds: { readonly at: number; readonly newest: number; readonly verified: boolean }[] = [];

  beforeAll(async () => {
    server = await startPostgres({ fsync: false });
    one = await setBack(server, { has: 4, checkpoints: 40, events: 20_000 });
    for (const at of killedAt) {
      await killAt(at);
      const { ok } = await verifyDatabase(one.database, [one.aged.signer]);
      const { faults } = await verifyChains(one.database);
      rounds.push({ at, newest: await newestIn(one.database), verified: ok && faults.length === 0 });
    }
  });
  afterAll(async () => {
    await one?.remove();
    server?.remove();
  });

  const sessions = async () =>
    (
      await one.database.query<{ waits: string | null }>({
        text: `SELECT wait_event_type AS waits FROM pg_stat_activity
               WHERE datname = current_database() AND pid <> pg_backend_pid()
                 AND query LIKE 'INSERT INTO audit_checkpoints%' AND wait_event_type = 'Lock'`,
      })
    ).rows;

  /** Somebody else has put a row under this number, and is not done: the command waits for the end of that. */
  const killAt = async (number: number): Promise<void> => {
    const holder = await one.database.connect();
    const undone = new Error('undone');
    await holder
      .transaction(async (transaction) => {
        const { hash, statement } = one.aged.trail.published[number - 1]!.checkpoint;
        await transaction.query({
          text: `INSERT INTO audit_checkpoints (number, hash, made_at, record) VALUES ($1, decode($2, 'hex'), $3, '')`,
          values: [number, hash, statement.made_at],
        });
        const args = ['service/dist/main.cjs', 'audit', 'restore', '--dir', one.directory, '--public-key', one.key];
        const child = spawn(process.execPath, args, { env: { PATH: process.env.PATH, ...one.env }, stdio: 'ignore' });
        const exited = new Promise((resolve) => child.on('exit', resolve));
        for (let waited = 0; (await sessions()).length === 0; waited += 20) {
          if (waited > 20_000) throw new Error(`the command did not reach checkpoint ${number}`);
          await sleep(20);
        }
        child.kill('SIGKILL');
        await exited;
        throw undone;
      })
      .catch((error: unknown) => {
        if (error !== undone) throw error;
      })
      .finally(() => holder.close());
    // The server finishes the statement that it has, and then finds that nobody is there.
    for (let waited = 0; waited < 10_000 && (await locked()); waited += 20) await sleep(20);
  };

  const locked = async () =>
    (await one.database.query({ text: "SELECT FROM pg_locks WHERE locktype = 'advisory'" })).rows.length > 0;

  test('each left whole transactions: what was done stays, and is verified', () => {
    expect(rounds.map(({ verified }) => verified)).toEqual(killedAt.map(() => true));
    for (const { at, newest } of rounds) expect(newest).toBeLessThan(at);
    expect(rounds.map(({ newest }) => newest)).toEqual(rounds.map(({ newest }) => newest).sort((a, b) => a - b));
    expect(rounds.at(-1)!.newest).toBeGreaterThan(4);
  });

  test('the next run goes on from there, and ends whole', async () => {
    const { code, stdout, stderr } = await runCommand(
      ['audit', 'restore', '--dir', one.directory, '--public-key', one.key],
      one.env,
    );

    expect([code, stderr]).toEqual([0, '']);
    expect(stdout).toMatch(new RegExp(`^added checkpoints ${rounds.at(-1)!.newest + 1} to 40 `));
    const { total } = one.aged.trail.published[39]!.checkpoint.statement;
    expect(await verifyDatabase(one.database, [one.aged.signer])).toMatchObject({ ok: true, events: total });
    const told = (await restoreEvents(one.database)).reduce((sum, { count }) => sum + Number(count), 0);
    expect(told).toBe(total - one.aged.trail.published[3]!.checkpoint.statement.total);
  });
});
