import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { median } from '../statistics.ts';
import { generator, type Load, rate, send } from './load.ts';
import { profileOf } from './profile.ts';
import {
  openBenchDatabase,
  pinned,
  publishedShare,
  type Server,
  startBare,
  startFull,
  startNaive,
  startStubbed,
  untilPublished,
} from './servers.ts';

/**
 * Measures the ingest path as ratios to two baselines of the same run: `npm run bench [-- ROUNDS SECONDS]`. All servers
 * stay up and get the same load in turns, so that a noisy machine disturbs all alike; a ratio is the median of the
 * ratios within each round. It reports, and never fails for a figure.
 */
const rounds = Number(process.argv[2] ?? 5);
const seconds = Number(process.argv[3] ?? 4);
const connections = 64;
const line = (text = '') => process.stdout.write(`${text}\n`);

execFileSync(process.execPath, ['scripts/build.ts'], { stdio: 'inherit' });
const database = await openBenchDatabase();
// One of its own, or the service that seals would work off what the other left.
const unsealed = await openBenchDatabase();
const sink = mkdtempSync(join(tmpdir(), 'healthcare-ai-bench-sink-'));

type NodeArgs = readonly string[];
const makers = {
  bare: startBare,
  naive: startNaive,
  stubbed: startStubbed,
  unsealed: (nodeArgs: NodeArgs = []) =>
    startFull(unsealed, 'full ingest, the trail neither sealed nor published', {
      env: { AUDIT_SIGNING_KEY: '' },
      nodeArgs,
    }),
  full: (nodeArgs: NodeArgs = []) => startFull(database, 'full ingest', { env: { AUDIT_DIR: sink }, nodeArgs }),
};
type Name = keyof typeof makers;
const names = Object.keys(makers) as Name[];
const labels: Record<Name, string> = {
  bare: '(a) bare node:http, same parse, validation, headers, log line',
  naive: '(b) naive Express + express.json + helmet + zod + winston',
  stubbed: 'ingest, store stubbed',
  unsealed: 'full ingest, but the trail is neither sealed nor published',
  full: 'full ingest: authenticated, encrypted, audited, sealed, published',
};

interface Round extends Load {
  /** CPU seconds of the server for 1,000 notes, with all that they cause afterwards. */
  readonly cpu: number;
  /** Of its core, the share that the server used while the load was sent. */
  readonly core: number;
}

/** CPU time ends when the trail of what was sent is published, else it would be charged to nobody. */
async function measure(name: Name, server: Server, options = { connections, seconds }): Promise<Round> {
  const before = server.cpu();
  const load = await send(server, options);
  const during = server.cpu() - before;
  if (name === 'full') await untilPublished(database);
  return {
    ...load,
    cpu: ((server.cpu() - before) / load.requests) * 1000,
    core: during / load.seconds,
  };
}

const servers = {} as Record<Name, Server>;
for (const name of names) {
  servers[name] = await makers[name]();
  await send(servers[name], { connections, seconds: 3 });
}
await untilPublished(database);

const found = Object.fromEntries(names.map((name) => [name, [] as Round[]])) as Record<Name, Round[]>;
/** With twice the connections, for what is not bound by CPU. */
const twice: Round[] = [];
for (let round = 0; round < rounds; round++) {
  for (const name of round % 2 === 0 ? names : names.toReversed()) {
    found[name].push(await measure(name, servers[name]));
    process.stdout.write('.');
  }
  twice.push(await measure('full', servers.full, { connections: 2 * connections, seconds }));
  process.stdout.write('.');
}

/** At half of the peak of full ingest, the same for all: what each layer adds to the slowest answers. */
const half = median(found.full.map(rate)) / 2;
const halves = {} as Record<Name, Load[]>;
for (let round = 0; round < 3; round++) {
  for (const name of names.filter((one) => one !== 'naive')) {
    const pause = (1000 * connections) / half - (halves[name]?.at(-1)?.p50 ?? 1);
    const load = await send(servers[name], { connections, seconds, pause: Math.max(1, pause) });
    halves[name] = [...(halves[name] ?? []), load];
    process.stdout.write('.');
  }
}
const memory = Object.fromEntries(names.map((name) => [name, servers[name].memory().now])) as Record<Name, number>;
await untilPublished(database);
const share = await publishedShare(database);
for (const name of names) await servers[name].stop();

const startups: number[] = [];
for (let start = 0; start < 5; start++) {
  const server = await makers.full();
  startups.push(server.startup);
  await server.stop();
}

/** Median over the rounds of a value of `name` by that of `base`. */
const ratio = (name: Name, base: Name, value: (round: Round) => number): number =>
  median(found[name].map((round, index) => value(round) / value(found[base][index]!)));
const notesPerCpu = ({ cpu }: Round): number => 1 / cpu;

line(
  `\n\nNode ${process.version}, ${cpus().length} cores, ${pinned ? 'servers on the first, the rest on the second' : 'not pinned'}`,
);
line(
  `load by ${generator}; ${connections} connections, note of 2 kB, ${database.kind}, ${rounds} rounds of ${seconds} s`,
);
line();
line(`${'server'.padEnd(66)}   req/s  of (a)  of (b)  CPU-s/1k  (a) by CPU  core  p50 ms  p99 ms   MB failed`);
for (const name of names) {
  const all = found[name];
  const of = (value: (round: Round) => number) => median(all.map(value));
  line(
    [
      labels[name].padEnd(66),
      of(rate).toFixed(0).padStart(7),
      ratio(name, 'bare', rate).toFixed(2).padStart(7),
      ratio(name, 'naive', rate).toFixed(2).padStart(7),
      of(({ cpu }) => cpu)
        .toFixed(4)
        .padStart(9),
      ratio(name, 'bare', notesPerCpu).toFixed(2).padStart(11),
      `${(100 * of(({ core }) => core)).toFixed(0)} %`.padStart(5),
      of(({ p50 }) => p50)
        .toFixed(1)
        .padStart(7),
      of(({ p99 }) => p99)
        .toFixed(1)
        .padStart(7),
      memory[name].toFixed(0).padStart(4),
      String(all.reduce((sum, { failed }) => sum + failed, 0)).padStart(6),
    ].join(' '),
  );
}
line();
const gain = median(twice.map((round, index) => rate(round) / rate(found.full[index]!)));
line(`full ingest with ${2 * connections} connections: ${gain.toFixed(2)} of its rate with ${connections}`);
if (share !== undefined) line(`published in the end: ${(100 * share).toFixed(0)} % of the audit events`);
line();
line(`p99 at half of the peak of full ingest, ${half.toFixed(0)} notes/s:`);
for (const [name, loads] of Object.entries(halves) as [Name, Load[]][]) {
  line(
    `${labels[name].padEnd(66)} ${median(loads.map(rate)).toFixed(0).padStart(7)}/s` +
      `  p50 ${median(loads.map(({ p50 }) => p50)).toFixed(1)} ms  p99 ${median(loads.map(({ p99 }) => p99)).toFixed(1)} ms`,
  );
}
line();

const core = median(found.bare.map((round) => round.core));
if (core < 0.9) {
  line(`(a) had ${(100 * core).toFixed(0)} % of its core: other programs were running. Believe the ratios by CPU.\n`);
}
const missed = new Set<Name>();
function aim(name: Name, text: string, value: number, limit: number, more = ''): void {
  const met = text.includes('at least') ? value >= limit : value <= limit;
  if (!met) missed.add(name);
  line(`${met ? 'met   ' : 'MISSED'} ${text}: ${value.toFixed(Math.abs(limit) < 1 ? 2 : 0)}${more}`);
}
const byCpu = (name: Name) => ` (by CPU ${ratio(name, 'bare', notesPerCpu).toFixed(2)})`;
aim('stubbed', 'store stubbed, at least 0.72 of (a)', ratio('stubbed', 'bare', rate), 0.72, byCpu('stubbed'));
aim('full', 'full ingest, at least 0.36 of (a)', ratio('full', 'bare', rate), 0.36, byCpu('full'));
aim(
  'full',
  'price of the trail, sealed and published, at most 3 % of the rate',
  100 * (1 - ratio('full', 'unsealed', rate)),
  3,
  ` (of CPU: ${(100 * (ratio('full', 'unsealed', ({ cpu }) => cpu) - 1)).toFixed(1)} %)`,
);
aim('full', 'memory of full ingest, at most 240 MB', memory.full, 240);
aim('full', 'first 200 on /health/ready, at most 400 ms', median(startups), 400);

for (const name of missed) {
  line(`\nProfile of: ${labels[name]}`);
  for (const text of await profileOf((nodeArgs) => makers[name](nodeArgs), { connections, seconds })) line(text);
}
await database.remove();
await unsealed.remove();
rmSync(sink, { recursive: true, force: true });
