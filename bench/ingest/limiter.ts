import { peak } from './load.ts';
import { startStubbed } from './servers.ts';

/** What a limit of each principal costs the ingest path: our own, express-rate-limit's, and none. */
const rounds = Number(process.argv[2] ?? 4);
const seconds = Number(process.argv[3] ?? 4);
const kinds = ['none', 'own', 'library'] as const;
const rates = new Map(kinds.map((kind) => [kind, [] as number[]]));
for (let round = 0; round < rounds; round++) {
  for (const kind of kinds) {
    const server = await startStubbed(kind);
    await peak(server, 2);
    rates.get(kind)!.push((await peak(server, seconds)).requestsPerSecond);
    await server.stop();
  }
}
const median = (values: readonly number[]) => [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)]!;
const none = median(rates.get('none')!);
for (const kind of kinds) {
  const rate = median(rates.get(kind)!);
  process.stdout.write(`${kind.padEnd(8)} ${rate.toFixed(0).padStart(7)} req/s  ${(rate / none).toFixed(2)} of none\n`);
}
