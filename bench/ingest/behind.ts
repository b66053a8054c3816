import { Agent, request } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { median, quantile } from '../statistics.ts';
import { body } from './body.ts';
import { openBenchDatabase, type Server, startFull } from './servers.ts';

/**
 * What it costs the clients that have notes taken in, that other notes are analysed behind: the same load, with and
 * without `analyze=true` on a part of it, in turns against one process on PostgreSQL with fsync.
 *
 *   node bench/ingest/behind.ts [ROUNDS] [SECONDS] [PER_SECOND]
 */
const rounds = Number(process.argv[2] ?? 8);
const seconds = Number(process.argv[3] ?? 4);
const perSecond = Number(process.argv[4] ?? 100);

const agent = new Agent({ keepAlive: true, maxSockets: 64 });

function post({ url, token }: Server, path: string): Promise<number> {
  const started = performance.now();
  return new Promise((resolve, reject) => {
    const sent = request(`${url}${path}`, {
      method: 'POST',
      agent,
      headers: {
        Authorization: `Bearer ${token}`,
        'Content-Type': 'application/json',
        'Content-Length': Buffer.byteLength(body),
      },
    });
    sent.on('error', reject);
    sent.on('response', (response) => {
      response.resume();
      response.on('end', () => {
        if (response.statusCode !== 200) reject(new Error(`POST ${path} was answered with ${response.statusCode}`));
        else resolve(performance.now() - started);
      });
    });
    sent.end(body);
  });
}

/** Sends at a steady rate, whether or not the ones before were answered; resolves with the latencies, in ms. */
async function steadily(server: Server, path: string): Promise<number[]> {
  const started = performance.now();
  const replies: Promise<number>[] = [];
  for (let now = 0; now < seconds * 1000; now = performance.now() - started) {
    while (replies.length < (now / 1000) * perSecond) replies.push(post(server, path));
    await sleep(2);
  }
  return Promise.all(replies);
}

const database = await openBenchDatabase();
const server = await startFull(database, 'service');
const waiting = async () =>
  Number((await database.server?.query("SELECT count(*) FROM analyses WHERE status <> 'done'"))?.[0]?.count ?? 0);
try {
  const kinds = { 'nothing behind': '/ingest', 'analyses behind': '/ingest?analyze=true' } as const;
  const found = new Map(Object.keys(kinds).map((kind) => [kind, { p50: [] as number[], p99: [] as number[] }]));
  let backlog = 0;
  for (let round = -1; round < rounds; round++) {
    for (const [kind, beside] of Object.entries(kinds)) {
      const [latencies] = await Promise.all([steadily(server, '/ingest'), steadily(server, beside)]);
      backlog = Math.max(backlog, await waiting());
      while ((await waiting()) > 0) await sleep(50);
      // The first round warms up.
      if (round < 0) continue;
      found.get(kind)!.p50.push(median(latencies));
      found.get(kind)!.p99.push(quantile(latencies, 0.99));
    }
  }
  process.stdout.write(
    `${rounds} rounds of ${seconds} s, ${perSecond} notes/s measured and ${perSecond} notes/s beside them\n`,
  );
  for (const [kind, { p50, p99 }] of found) {
    process.stdout.write(
      `${kind.padEnd(16)} p50 ${median(p50).toFixed(2)} ms  p99 ${median(p99).toFixed(2)} ms (medians of the rounds)\n`,
    );
  }
  process.stdout.write(`most analyses waiting at the end of a round: ${backlog}\n`);
} finally {
  agent.destroy();
  await server.stop();
  await database.remove();
}
