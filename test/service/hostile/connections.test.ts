import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { connect, type Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { requestText } from '../support/raw.ts';
import { describeWith } from '../support/skips.ts';
import { startStage } from '../support/stage.ts';

// A small heap: V8 collects garbage before it grows, so what is measured is what the service holds.
const stage = startStage({
  keys: { ehr: { roles: ['integration'] } },
  env: { NODE_OPTIONS: '--max-old-space-size=192' },
});
afterAll(async () => {
  const { service, database } = await stage;
  const { exitCode, signalCode } = service.child;
  expect({ exitCode, signalCode }).toEqual({ exitCode: null, signalCode: null });
  await service.stop();
  await database.remove();
});

const megabyte = 2 ** 20;
const clients: Socket[] = [];
afterEach(() => {
  for (const client of clients.splice(0)) client.destroy();
});

async function open(bytes: string, reads: boolean): Promise<Socket> {
  const { hostname, port } = new URL((await stage).url);
  const socket = connect({ host: hostname, port: Number(port) });
  clients.push(socket);
  socket.on('error', () => {});
  if (reads) socket.resume();
  else socket.pause();
  await new Promise((resolve) => socket.once('connect', resolve));
  socket.write(bytes);
  return socket;
}

/** What the process holds. */
async function held(): Promise<{ readonly descriptors: number; readonly resident: number }> {
  const folder = `/proc/${(await stage).service.child.pid}`;
  const pages = Number(readFileSync(`${folder}/statm`, 'utf8').split(' ')[1]);
  return { descriptors: readdirSync(`${folder}/fd`).length, resident: pages * 4_096 };
}

/** How long another client waits for its notes to be stored, in ms: the median and the longest of 40. */
async function latency(): Promise<{ readonly median: number; readonly longest: number }> {
  const { as } = await stage;
  const times: number[] = [];
  for (let n = 0; n < 40; n++) {
    const started = performance.now();
    expect((await as('ehr').ingest('p', 'n')).status).toBe(200);
    times.push(performance.now() - started);
  }
  times.sort((a, b) => a - b);
  return { median: times[20]!, longest: times.at(-1)! };
}

async function untilClosed(descriptors: number): Promise<void> {
  for (let waited = 0; (await held()).descriptors > descriptors && waited < 5_000; waited += 50) await sleep(50);
  expect((await held()).descriptors).toBeLessThanOrEqual(descriptors);
}

/**
 * Growth of resident memory that is still bounded, in bytes. The queues hold at most 16 MB; the rest is garbage that V8
 * has not collected yet. Without bounds the same clients hold gigabytes.
 */
const mostResident = 300 * megabyte;

const attacks: [string, number, (token: string) => string, boolean][] = [
  ['pipeline files and read nothing', 60, () => requestText('GET /docs/swagger-ui-bundle.js').repeat(800), false],
  ['pipeline the OpenAPI document and read nothing', 60, () => requestText('GET /openapi.json').repeat(800), false],
  ['pipeline tiny requests and read nothing', 60, () => 'GET /health HTTP/1.1\r\nHost:a\r\n\r\n'.repeat(5_000), false],
  [
    'pipeline notes and read the answers',
    20,
    (token) =>
      requestText(
        'POST /ingest',
        { Authorization: `Bearer ${token}`, 'Content-Type': 'application/json' },
        '{"patient_id":"p","note_text":"n"}',
      ).repeat(200),
    true,
  ],
  [
    'pipeline requests without a key and read nothing',
    60,
    () => requestText('POST /ingest', {}, '{}').repeat(800),
    false,
  ],
  ['send half a request', 200, () => 'POST /ingest HTTP/1.1\r\nHost: a\r\nContent-Length: 100000\r\n\r\n{', false],
];

describeWith('/proc (Linux)', existsSync('/proc/self/statm'))('clients that', () => {
  test.each(attacks)('%s hold a bounded amount, and nothing afterwards', async (_what, count, bytes, reads) => {
    const { tokens } = await stage;
    await latency();
    const before = await held();

    await Promise.all(Array.from({ length: count }, () => open(bytes(tokens.ehr), reads)));
    const others = await latency();
    const during = await held();
    for (const client of clients.splice(0)) client.destroy();
    await untilClosed(before.descriptors + 5);
    const after = await latency();

    process.stderr.write(
      `${_what}: +${during.descriptors - before.descriptors} descriptors of ${count} clients, ` +
        `+${Math.round((during.resident - before.resident) / megabyte)} MB, others' median ${others.median.toFixed(1)} ms, ` +
        `longest ${others.longest.toFixed(0)} ms\n`,
    );
    // One for each connection, and a few that come and go with the pool.
    expect(during.descriptors - before.descriptors).toBeLessThanOrEqual(count + 10);
    expect(during.resident - before.resident).toBeLessThan(mostResident);
    // Bounds on what hangs; the times themselves are reported above, since this machine may be busy.
    expect(others.longest).toBeLessThan(60_000);
    expect(after.median).toBeLessThan(10_000);
  });

  test('pipeline notes and hang up at any moment harm nobody else', async () => {
    const { tokens } = await stage;
    const headers = { Authorization: `Bearer ${tokens.ehr}`, 'Content-Type': 'application/json' };
    const text = requestText('POST /ingest', headers, '{"patient_id":"p","note_text":"n"}').repeat(60);
    await latency();
    const before = await held();

    for (let round = 0; round < 10; round++) {
      const sockets = await Promise.all(
        Array.from({ length: 20 }, (_, n) =>
          open(text.slice(0, Math.floor((text.length * (n + 1)) / 20)), n % 2 === 0),
        ),
      );
      await sleep(round * 3);
      for (const [n, socket] of sockets.entries()) {
        if (n % 3 === 0) socket.resetAndDestroy();
        else socket.destroy();
      }
    }
    const after = await latency();

    await untilClosed(before.descriptors + 5);
    expect((await held()).resident - before.resident).toBeLessThan(mostResident);
    expect(after.longest).toBeLessThan(60_000);
  });
});
