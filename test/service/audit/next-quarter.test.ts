import { eventWriter } from '../../../service/src/audit/group-writer.ts';
import { Lane } from '../../../service/src/audit/lane.ts';
import type { PostgresqlDatabase } from '../../../service/src/database/postgresql.ts';
import type { PostgresServer } from '../support/postgres.ts';
import { newDatabase, recordingLog } from '../support/sealed-trail.ts';
import { sharedPostgres } from '../support/shared-postgres.ts';
import { describeWithPostgres } from '../support/skips.ts';

const metrics = { report() {} };
const quarter = 92 * 86_400_000;

describeWithPostgres()('a chain that continues in the next quarter', () => {
  let server: PostgresServer;
  let database: PostgresqlDatabase;
  let lane: Lane;
  beforeAll(async () => {
    server = await sharedPostgres();
    database = await newDatabase(server);
  });
  beforeEach(async () => {
    jest.useFakeTimers({ now: Date.now(), doNotFake: [...timers] });
    lane = new Lane({ number: 0, database, log: recordingLog().log, metrics, onChange: () => {} });
    await lane.start();
  });
  afterEach(async () => {
    await lane.stop();
    jest.useRealTimers();
  });
  afterAll(async () => {
    await database.close();
    await server.remove();
  });

  const write = () =>
    new Promise<void>((resolve, reject) => {
      const entry = { action: 'note.read', outcome: 'success', recordedAt: new Date().toISOString() } as const;
      void lane.run(eventWriter, [{ entry, resolve, reject }]);
    });
  const chains = async () =>
    (
      await database.query<{ chain: string; seqs: number[] }>({
        text: `SELECT chain, array_agg(seq::int ORDER BY seq) AS seqs FROM audit_events GROUP BY chain ORDER BY min(recorded_at) DESC`,
      })
    ).rows;

  test('continues where it was', async () => {
    await write();
    jest.setSystemTime(Date.now() + quarter);
    await write();

    expect((await chains())[0]!.seqs).toEqual([1, 2, 3]);
  });

  test('is given up when another event has its next place: none is stored twice', async () => {
    await write();
    const { chain } = (await chains())[0]!;
    await database.execute(`
      INSERT INTO audit_events (chain, seq, hash, recorded_at, action, outcome, event)
      SELECT chain, 3, hash, recorded_at, action, outcome, event FROM audit_events WHERE chain = '${chain}' AND seq = 2`);
    jest.setSystemTime(Date.now() + quarter);

    await expect(write()).rejects.toThrow();
    while (!lane.up) await new Promise((resolve) => setTimeout(resolve, 20));
    await write();

    const found = await chains();
    expect(found.find((one) => one.chain === chain)!.seqs).toEqual([1, 2, 3]);
    expect(found[0]!.chain).not.toBe(chain);
  });
});

/** All but the date. */
const timers = [
  'hrtime',
  'nextTick',
  'performance',
  'queueMicrotask',
  'requestAnimationFrame',
  'cancelAnimationFrame',
  'requestIdleCallback',
  'cancelIdleCallback',
  'setImmediate',
  'clearImmediate',
  'setInterval',
  'clearInterval',
  'setTimeout',
  'clearTimeout',
] as const satisfies readonly string[];
