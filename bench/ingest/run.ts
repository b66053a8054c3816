import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { connections, hasWrk, type Load, peak, steady } from './load.ts';
import {
  openBenchDatabase,
  pinned,
  publishedShare,
  type Server,
  startBare,
  startFull,
  startNaive,
  startStubbed,
} from './servers.ts';

/**
 * Measures the ingest path as ratios to two baselines of the same run, interleaved, so that a noisy machine disturbs
 * all alike. It reports, and never fails for a figure.
 */
const rounds = Number(process.argv[2] ?? 3);
const seconds = Number(process.argv[3] ?? 5);
const median = (values: readonly number[]) => [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;

execFileSync(process.execPath, ['scripts/build.ts'], { stdio: 'inherit' });
const database = await openBenchDatabase();
// One of its own, or the service that seals would work off what the other left.
const unsealed = await openBenchDatabase();
const sink = mkdtempSync(join(tmpdir(), 'healthcare-ai-bench-sink-'));
if (database.kind === 'embedded') {
  process.stdout.write('There is no PostgreSQL server here: full ingest runs on the embedded database.\n');
}

const makers = {
  bare: startBare,
  naive: startNaive,
  stubbed: startStubbed,
  unsealed: () => startFull(unsealed, 'full ingest, the trail neither sealed nor published', { AUDIT_SIGNING_KEY: '' }),
  full: () => startFull(database, 'full ingest', { AUDIT_DIR: sink }),
};
type Name = keyof typeof makers;
const names = Object.keys(makers) as Name[];
const loads: Record<Name, Load[]> = { bare: [], naive: [], stubbed: [], unsealed: [], full: [] };
const cpuPerThousand: Record<Name, number[]> = { bare: [], naive: [], stubbed: [], unsealed: [], full: [] };
const memory: Record<Name, number> = { bare: 0, naive: 0, stubbed: 0, unsealed: 0, full: 0 };
const startups: number[] = [];
let half: Load | undefined;

for (let round = 0; round < rounds; round++) {
  for (const name of names) {
    const server: Server = await makers[name]();
    await peak(server, 2);
    const before = server.cpu();
    const load = await peak(server, seconds);
    loads[name].push(load);
    cpuPerThousand[name].push(((server.cpu() - before) / (load.requestsPerSecond * seconds)) * 1000);
    memory[name] = Math.max(memory[name], server.memory().now);
    if (name === 'full') {
      startups.push(server.startup);
      if (round === rounds - 1) half = await steady(server, seconds, median(loads.full.map(rate)) / 2);
    }
    await server.stop();
    process.stdout.write('.');
  }
}
for (let start = 0; start < 5; start++) {
  const server = await makers.full();
  startups.push(server.startup);
  await server.stop();
}
const published = await publishedShare(database);
database.remove();
unsealed.remove();
rmSync(sink, { recursive: true, force: true });

function rate(load: Load): number {
  return load.requestsPerSecond;
}
const peaks = Object.fromEntries(names.map((name) => [name, median(loads[name].map(rate))])) as Record<Name, number>;
const labels: Record<Name, string> = {
  bare: '(a) bare node:http, same parse, validation, headers, log line',
  naive: '(b) naive Express + express.json + helmet + zod + winston',
  stubbed: 'ingest, store stubbed',
  unsealed: 'full ingest, but the trail is neither sealed nor published',
  full: 'full ingest: authenticated, encrypted, audited, sealed, published',
};
const line = (text: string) => process.stdout.write(`${text}\n`);
line(
  `\n\nNode ${process.version}, ${cpus().length} cores, ${pinned ? 'the server on a core of its own' : 'not pinned'}, `,
);
line(
  `${hasWrk() ? 'wrk' : 'autocannon'}, ${connections} connections, note of 2 kB, ${database.kind}, median of ${rounds} rounds of ${seconds} s\n`,
);
line(
  `${'server'.padEnd(68)} ${'req/s'.padStart(8)} ${'of (a)'.padStart(7)} ${'of (b)'.padStart(7)} ${'p50 ms'.padStart(7)} ${'p99 ms'.padStart(7)} ${'CPU-s/1k'.padStart(9)} ${'MB'.padStart(5)} failed`,
);
for (const name of names) {
  const all = loads[name];
  line(
    [
      labels[name].padEnd(68),
      peaks[name].toFixed(0).padStart(8),
      (peaks[name] / peaks.bare).toFixed(2).padStart(7),
      (peaks[name] / peaks.naive).toFixed(2).padStart(7),
      median(all.map(({ p50 }) => p50))
        .toFixed(1)
        .padStart(7),
      median(all.map(({ p99 }) => p99))
        .toFixed(1)
        .padStart(7),
      median(cpuPerThousand[name]).toFixed(4).padStart(9),
      memory[name].toFixed(0).padStart(5),
      all.reduce((sum, { failed }) => sum + failed, 0),
    ].join(' '),
  );
}
const aim = (text: string, value: number, met: boolean, unit = '') =>
  line(`${met ? 'met   ' : 'MISSED'} ${text}: ${value.toFixed(value < 10 ? 2 : 0)}${unit}`);
line('');
aim('store stubbed >= 0.75 of (a)', peaks.stubbed / peaks.bare, peaks.stubbed / peaks.bare >= 0.75);
aim('full ingest >= 0.33 of (a)', peaks.full / peaks.bare, peaks.full / peaks.bare >= 0.33);
const price = 1 - peaks.full / peaks.unsealed;
aim('the audit trail, sealed and published, costs at most 5 % of the throughput', 100 * price, price <= 0.05, ' %');
if (published !== undefined) line(`       of its events ${(100 * published).toFixed(0)} % were published in the end`);
if (half)
  aim(`p99 under 25 ms at half of the peak (${half.requestsPerSecond.toFixed(0)}/s)`, half.p99, half.p99 < 25, ' ms');
aim('memory under 220 MB', memory.full, memory.full < 220, ' MB');
aim('first 200 on /health/ready within 400 ms', median(startups), median(startups) <= 400, ' ms');
