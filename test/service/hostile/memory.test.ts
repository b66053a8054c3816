import { Agent, request } from 'node:http';
import { clientOf } from '../support/client.ts';
import { freePort } from '../support/free-port.ts';
import { startStage } from '../support/stage.ts';

const megabyte = 2 ** 20;
/** Of a round. */
const most = 14 * megabyte;
const metricsPort = freePort();
const stage = metricsPort.then((port) =>
  startStage({
    keys: { clinician: { roles: ['clinician'] } },
    env: {
      TRUST_PROXY_HOPS: '1',
      FAILED_AUTH_RATE_LIMIT: '30/minute',
      METRICS_PORT: String(port),
      // A small heap collects its garbage early: what grows is what is kept.
      NODE_OPTIONS: '--max-old-space-size=64 --max-semi-space-size=1',
    },
  }),
);
afterAll(async () => (await stage).stop());

const agent = new Agent({ keepAlive: true, maxSockets: 16 });
afterAll(() => agent.destroy());

function post(url: string, headers: Record<string, string>, body: string): Promise<number> {
  return new Promise((resolve, reject) => {
    const sent = request(url, { method: 'POST', agent, headers }, (response) => {
      response.resume();
      response.on('end', () => resolve(response.statusCode ?? 0));
    });
    sent.on('error', reject);
    sent.end(body);
  });
}

/** Requests that could each leave something behind: another address, another key, another path, another large body. */
async function round(count: number, from: number): Promise<Set<number>> {
  const { url, tokens } = await stage;
  const good = { Authorization: `Bearer ${tokens.clinician}`, 'Content-Type': 'application/json' };
  const statuses = new Set<number>();
  const one = async (n: number) => {
    const address = `10.${(n >> 16) & 255}.${(n >> 8) & 255}.${n & 255}`;
    const id = n.toString(36).padStart(12, '0');
    const unknown = { Authorization: `Bearer hai_${id}_${'A'.repeat(43)}`, 'X-Forwarded-For': address };
    const large = JSON.stringify({ patient_id: '', note_text: `${n}${'x'.repeat(60_000)}` });
    const answers = await Promise.all([
      post(`${url}/ingest`, unknown, ''),
      post(`${url}/ingest`, good, large),
      post(`${url}/ingest`, good, `{"${n}":`),
      post(`${url}/${n}`, { [`X-${n}`]: 'x' }, ''),
    ]);
    for (const status of answers) statuses.add(status);
  };
  for (let n = from; n < from + count; n += 8) await Promise.all(Array.from({ length: 8 }, (_, k) => one(n + k)));
  return statuses;
}

async function residentBytes(): Promise<number> {
  const { text } = await clientOf(`http://127.0.0.1:${await metricsPort}`).get('/metrics');
  return Number(/^process_resident_memory_bytes(?:\{.*\})? (\S+)$/m.exec(text)?.[1]);
}

test('[Load testing completed] the memory of the process settles under requests that are each another one', async () => {
  // What is bounded fills up first: caches, prepared statements, the pages of the allocator.
  await round(500, 0);
  const sizes = [await residentBytes()];
  const growth = () => sizes.at(-1)! - sizes.at(-2)!;

  // What is kept grows each time; the pages of an allocator do so once in a while.
  for (let from = 500; sizes.length === 1 || (growth() >= most && sizes.length < 5); from += 1_200) {
    expect([...(await round(1_200, from))].sort()).toEqual([400, 401, 404, 422]);
    sizes.push(await residentBytes());
  }

  // 72 MB of bodies go in each time, in 4,800 requests: a fifth of them kept would show.
  expect(sizes[0]).toBeGreaterThan(20 * megabyte);
  expect(growth()).toBeLessThan(most);
  expect((await (await stage).as('clinician').ingest('p', 'n')).status).toBe(200);
});
