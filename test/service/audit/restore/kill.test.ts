import { sizeOf } from '../../../support/size.ts';
import { killRestoreAt } from '../../support/kill-restore.ts';
import type { PostgresServer } from '../../support/postgres.ts';
import { verifyDatabase } from '../../support/sealed-trail.ts';
import { runCommand } from '../../support/service.ts';
import { newestIn, restoreEvents, type SetBack, setBack } from '../../support/set-back.ts';
import { sharedPostgres } from '../../support/shared-postgres.ts';
import { describeWithPostgres } from '../../support/skips.ts';

/** Checkpoints in whose transaction the command is killed: two are in the first transaction or later, one is beyond it. */
const killedAt = [6, 19, 34];

describeWithPostgres()(`kill -9 of audit restore, ${killedAt.length} times within a transaction`, () => {
  let server: PostgresServer;
  let one: SetBack;
  const rounds: { readonly at: number; readonly newest: number; readonly verified: boolean }[] = [];

  beforeAll(async () => {
    server = await sharedPostgres();
    one = await setBack(server, { has: 4, checkpoints: 40, events: sizeOf(8_000, 20_000) });
    for (const at of killedAt) {
      await killRestoreAt(one, at, ['--dir', one.directory, '--public-key', one.key]);
      const { ok } = await verifyDatabase(one.database, [one.aged.signer]);
      rounds.push({ at, newest: await newestIn(one.database), verified: ok });
    }
  });
  afterAll(async () => {
    await one?.remove();
    await server?.remove();
  });

  test('each left whole transactions: what was done stays, and is verified', () => {
    expect(rounds.map(({ verified }) => verified)).toEqual(killedAt.map(() => true));
    for (const { at, newest } of rounds) expect(newest).toBeLessThan(at);
    expect(rounds.map(({ newest }) => newest)).toEqual(rounds.map(({ newest }) => newest).sort((a, b) => a - b));
    expect(rounds.at(-1)!.newest).toBeGreaterThan(4);
  });

  test('the next run continues from there, and ends whole', async () => {
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
