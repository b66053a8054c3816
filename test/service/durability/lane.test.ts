import { setTimeout as sleep } from 'node:timers/promises';
import type { ChainedEvent } from '@healthcare-ai/audit-trail/format/chain';
import { Committer } from '../../../service/src/audit/committer.ts';
import { eventWriter } from '../../../service/src/audit/group-writer.ts';
import { Lane } from '../../../service/src/audit/lane.ts';
import type { Connection, Database, Queryable, Statement } from '../../../service/src/database/database.ts';
import { DatabaseUnavailableError } from '../../../service/src/database/database.ts';
import { createLogger } from '../../../service/src/telemetry/log.ts';
import { createMetrics } from '../../../service/src/telemetry/metrics.ts';
import { eventually } from '../../support/eventually.ts';

/** Losses that a real server shows too seldom for a test: told by a connection that does as it is told. */
class ScriptedConnection implements Connection {
  lost = false;
  /** What the next statement does, after which the script is at its end. */
  next: (() => void | Promise<void>) | undefined;
  #listener: () => void = () => {};

  onLost(listener: () => void): void {
    this.#listener = listener;
  }

  lose(): void {
    this.lost = true;
    this.#listener();
  }

  readonly asked: Statement[] = [];

  async query<Row>(statement: Statement) {
    this.asked.push(statement);
    const act = this.next;
    this.next = undefined;
    await act?.();
    return { rows: [] as Row[], rowCount: 0 };
  }

  async execute(): Promise<void> {}

  transaction<T>(work: (transaction: Queryable) => Promise<T>): Promise<T> {
    return work(this);
  }

  async close(): Promise<void> {
    this.lost = true;
  }
}

const databaseOf = (connections: ScriptedConnection[]): Database => ({
  kind: 'postgresql',
  connect: async () => connections.shift() ?? new ScriptedConnection(),
  query: async () => ({ rows: [], rowCount: 0 }),
  execute: async () => {},
  transaction: (work) => new ScriptedConnection().transaction(work),
  poolStatus: () => ({ total: 0, idle: 0, waiting: 0 }),
  close: async () => {},
});

const over = (connections: ScriptedConnection[]) => ({
  database: databaseOf(connections),
  log: createLogger({
    level: 'error',
    format: 'json',
    base: { service: 'healthcare-ai', version: 'test', stage: 'test' },
    stream: process.stderr,
  }),
  metrics: createMetrics({ version: 'test', stage: 'test', processMetrics: false }),
});

const laneOver = (connections: ScriptedConnection[]): Lane =>
  new Lane({ ...over(connections), number: 0, onChange: () => {} });

const up = (lane: Lane) => eventually('the lane is up', () => lane.up, 20);

const entry = { action: 'key.list', outcome: 'success', recordedAt: '2026-01-01T00:00:00.000Z' } as const;
const record = (lane: Lane): Promise<void> =>
  new Promise((resolve, reject) => {
    void lane.run(eventWriter, [{ entry, resolve, reject }]);
  });

test('a lane whose connection is lost while its chain begins opens another', async () => {
  const first = new ScriptedConnection();
  first.next = () => first.lose();
  const lane = laneOver([first]);
  await lane.start();
  expect(await up(lane)).toBe(true);
  await record(lane);
  await lane.stop();
});

test('reports how many events a group committed, and nothing for a group that was not stored', async () => {
  const committed: number[] = [];
  const onCommitted = (events: number) => committed.push(events);
  const lane = new Lane({ ...over([new ScriptedConnection()]), number: 0, onChange: () => {}, onCommitted });
  await lane.start();
  const settled = () => {};

  await lane.run(eventWriter, [
    { entry, resolve: settled, reject: settled },
    { entry, resolve: settled, reject: settled },
  ]);
  const failing = { ...eventWriter, write: () => Promise.reject(new Error('refused')) };
  await lane.run(failing, [{ entry, resolve: settled, reject: settled }]);

  expect(committed).toEqual([2]);
  await lane.stop();
});

test('numbers its events without a gap, with or without a receiver', async () => {
  const lane = async (taken?: number[]) => {
    const connection = new ScriptedConnection();
    const onChained =
      taken && ((_chain: string, events: readonly ChainedEvent[]) => taken.push(...events.map(({ seq }) => seq)));
    const one = new Lane({ ...over([connection]), number: 0, onChange: () => {}, onChained });
    await one.start();
    await record(one);
    await record(one);
    await one.stop();
    return connection.asked.flatMap(({ values }) => (values?.length === 11 ? [values[1]] : []));
  };
  const taken: number[] = [];

  expect(await lane()).toEqual([1, 2, 3, 4]);
  expect(await lane(taken)).toEqual([1, 2, 3, 4]);
  expect(taken).toEqual([1, 2, 3, 4]);
});

test('a lane whose idle connection is lost opens another', async () => {
  const first = new ScriptedConnection();
  const lane = laneOver([first]);
  await lane.start();
  first.lose();
  expect(lane.up).toBe(false);
  expect(await up(lane)).toBe(true);
  await lane.stop();
});

test('a group that is refused by a server that goes away is told to try again', async () => {
  const first = new ScriptedConnection();
  const lane = laneOver([first]);
  await lane.start();
  first.next = () => {
    first.lose();
    throw Object.assign(new Error('refused'), { severity: 'ERROR', code: '23514' });
  };
  await expect(record(lane)).rejects.toBeInstanceOf(DatabaseUnavailableError);
  expect(await up(lane)).toBe(true);
  await lane.stop();
});

test('a committer that stops waits for what is in flight without asking for it again and again', async () => {
  const connection = new ScriptedConnection();
  const options = over([connection]);
  const committer = new Committer({ ...options, lanes: 1 });
  await committer.start();
  const reports = jest.spyOn(options.metrics, 'report');
  connection.next = () => sleep(300);
  let recorded = false;
  const written = committer.record(entry).then(() => {
    recorded = true;
  });
  await committer.stop();
  expect(recorded).toBe(true);
  await written;
  // One to begin the group, and one at its end.
  expect(reports.mock.calls.filter(([name]) => name === 'queueDepth').length).toBeLessThanOrEqual(4);
});
