import { median } from '../statistics.ts';
import { rate, send } from './load.ts';
import { startStubbed } from './servers.ts';

/** What a limit of each principal costs the ingest path: our own, express-rate-limit's, and none. */
const rounds = Number(process.argv[2] ?? 4);
const seconds = Number(process.argv[3] ?? 4);
const kinds = ['none', 'own', 'library'] as const;
const rates = new Map(kinds.map((kind) => [kind, [] as number[]]));
for (let round = 0; round < rounds; round++) {
  for (const kind of kinds) {
    const server = await startStubbed([], kind);
    await send(server, { connections: 64, seconds: 2 });
    rates.get(kind)!.push(rate(await send(server, { connections: 64, seconds })));
    await server.stop();
  }
}
const none = median(rates.get('none')!);
for (const kind of kinds) {
  const own = median(rates.get(kind)!);
  process.stdout.write(`${kind.padEnd(8)} ${own.toFixed(0).padStart(7)} req/s  ${(own / none).toFixed(2)} of none\n`);
}
