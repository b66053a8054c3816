import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { quantile } from '../statistics.ts';
import { type Load, rate, send } from './load.ts';
import { openBenchDatabase, type Server, startFull, untilPublished } from './servers.ts';

/**
 * Where the slowest commits spend their time, at a rate below the peak:
 *
 *   node bench/ingest/tail.ts [NOTES_PER_SECOND] [SECONDS] [ROUNDS]
 *
 * The variants get the same load in turns. Linux only: it reads what the scheduler counts for each task.
 */
const [notesPerSecond = 2_000, seconds = 4, rounds = 3] = process.argv.slice(2).map(Number);
const connections = 64;

interface Variant {
  readonly name: string;
  readonly sealed?: true;
  /** @default true */
  readonly fsync?: false;
  /** Folder of the database. @default - that of temporary files */
  readonly folder?: string;
}

const variants: readonly Variant[] = [
  { name: 'sealed', sealed: true },
  { name: 'unsealed' },
  { name: 'unsealed, fsync off', fsync: false },
  { name: 'unsealed, data in memory', folder: '/dev/shm' },
];

interface Trip {
  readonly took: number;
  readonly loopWaited: number;
  readonly loopRan: number;
  readonly backendWaited: number;
  readonly backendRan: number;
}

interface Recording {
  readonly load: Load;
  /** Share of the time in which a task of the machine waited for a core. */
  readonly pressure: number;
  readonly trips: readonly Trip[];
  readonly requests: readonly number[];
  readonly collections: readonly number[];
}

const folder = mkdtempSync(join(tmpdir(), 'healthcare-ai-bench-tail-'));
const line = (text: string) => process.stdout.write(`${text}\n`);
const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0);
const total = (file: string) => Number(/total=(\d+)/.exec(readFileSync(file, 'utf8'))?.[1]) / 1_000;

async function open(variant: Variant) {
  const file = join(folder, `${variants.indexOf(variant)}.json`);
  const before = process.env.TMPDIR;
  if (variant.folder) process.env.TMPDIR = variant.folder;
  const database = await openBenchDatabase(variant.fsync);
  process.env.TMPDIR = before ?? '/tmp';
  if (!database.server) throw new Error('this needs PostgreSQL');
  const { port } = new URL(database.env.DATABASE_URL!);
  const service = await startFull(database, variant.name, {
    env: {
      ...{ TAIL_FILE: file, TAIL_POSTGRES_PORT: port },
      ...(variant.sealed ? { AUDIT_DIR: join(folder, 'sink') } : { AUDIT_SIGNING_KEY: '' }),
    },
    nodeArgs: ['--require', join(import.meta.dirname, 'tail-hook.cjs')],
  });
  await send(service, { connections, seconds: 3 });
  return { variant, database, service, file, recordings: [] as Recording[] };
}
type Opened = Awaited<ReturnType<typeof open>>;

async function record({ database, service, file }: Opened): Promise<Recording> {
  await untilPublished(database);
  const backends = await database.server!.query<{ client_port: number; pid: number }>(
    "SELECT client_port, pid FROM pg_stat_activity WHERE application_name LIKE 'healthcare-ai%'",
  );
  writeFileSync(`${file}.backends`, JSON.stringify(backends.map(({ client_port, pid }) => [client_port, pid])));
  await toggle(service);
  const [waited, started] = [total('/proc/pressure/cpu'), performance.now()];
  const pause = Math.max(1, (1_000 * connections) / notesPerSecond - 2);
  const load = await send(service, { connections, seconds, pause });
  const pressure = (total('/proc/pressure/cpu') - waited) / (performance.now() - started);
  await toggle(service);
  while (!existsSync(file)) await sleep(50);
  await sleep(200);
  const recording = JSON.parse(readFileSync(file, 'utf8'));
  rmSync(file);
  return { load, pressure, ...recording };
}

async function toggle({ process: child }: Server): Promise<void> {
  child.kill('SIGUSR2');
  await sleep(100);
}

function report({ variant, recordings }: Opened): void {
  const trips = recordings.flatMap((one) => one.trips);
  const show = (name: string, values: readonly number[]) => {
    const [p50, p90, p99] = [0.5, 0.9, 0.99].map((share) => quantile(values, share).toFixed(1).padStart(6));
    line(`  ${name.padEnd(34)} p50 ${p50}  p90 ${p90}  p99 ${p99}  ms of ${values.length}`);
  };
  line(`\n${variant.name}`);
  for (const { load, pressure } of recordings) {
    line(
      `  ${rate(load).toFixed(0)}/s, p50 ${load.p50.toFixed(1)} ms, p99 ${load.p99.toFixed(1)} ms, ` +
        `some task waited for a core in ${(100 * pressure).toFixed(0)} % of the time`,
    );
  }
  const requests = recordings.flatMap((one) => one.requests);
  show('request, within the process', requests);
  show(
    'round trip to PostgreSQL',
    trips.map(({ took }) => took),
  );
  show(
    '  the backend ran',
    trips.map(({ backendRan }) => backendRan),
  );
  show(
    '  the backend waited for a core',
    trips.map(({ backendWaited }) => backendWaited),
  );
  show(
    '  the event loop waited for a core',
    trips.map(({ loopWaited }) => loopWaited),
  );
  show(
    '  without both waits',
    trips.map((trip) => Math.max(0, trip.took - trip.backendWaited - trip.loopWaited)),
  );
  show(
    '  the backend slept: disk, locks',
    trips.map((trip) => Math.max(0, trip.took - trip.backendRan - trip.backendWaited)),
  );
  show(
    'garbage collection',
    recordings.flatMap((one) => one.collections),
  );
  const slowest = [...trips].sort((a, b) => b.took - a.took).slice(0, Math.ceil(trips.length / 100));
  const share = (of: (trip: Trip) => number) =>
    `${((100 * sum(slowest.map(of))) / sum(slowest.map(({ took }) => took))).toFixed(0)} %`;
  line(
    `  of the slowest 1 % of round trips: backend waited for a core ${share(({ backendWaited }) => backendWaited)}, ` +
      `event loop waited for a core ${share(({ loopWaited }) => loopWaited)}, ` +
      `backend ran ${share(({ backendRan }) => backendRan)}, event loop ran ${share(({ loopRan }) => loopRan)}`,
  );
}

const opened: Opened[] = [];
for (const variant of variants) opened.push(await open(variant));
for (let round = 0; round < rounds; round++) {
  for (const one of round % 2 === 0 ? opened : opened.toReversed()) one.recordings.push(await record(one));
}
for (const one of opened) report(one);
for (const { service, database } of opened) {
  await service.stop();
  await database.remove();
}
rmSync(folder, { recursive: true, force: true });
