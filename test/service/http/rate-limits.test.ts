import { type Answer, clientOf } from '../support/client.ts';
import { createKey, createTestDatabase, type ServiceProcess, startProcess } from '../support/service.ts';

const database = createTestDatabase();
const tokens = database.then(async (made) => ({
  ehr: await createKey(made, { principal: 'ehr', roles: ['integration'] }),
  second: await createKey(made, { principal: 'ehr', roles: ['clinician'] }),
  other: await createKey(made, { principal: 'other', roles: ['clinician'] }),
  south: await createKey(made, { tenant: 'south', principal: 'ehr', roles: ['integration'] }),
  admin: await createKey(made, { principal: 'admin', roles: ['admin'] }),
  auditor: await createKey(made, { principal: 'auditor', roles: ['auditor'] }),
}));
afterAll(async () => (await database).remove());

async function withService(env: Record<string, string>, work: (service: ServiceProcess) => Promise<void>) {
  await tokens;
  const service = await startProcess({ env: { ...(await database).env, ...env } });
  try {
    await work(service);
  } finally {
    await service.stop();
  }
}
async function times<T>(count: number, work: () => Promise<T>): Promise<T[]> {
  const results: T[] = [];
  for (let n = 0; n < count; n++) results.push(await work());
  return results;
}
const statuses = (answers: Answer[]) => answers.map(({ status }) => status);

test('[Rate limiting enabled] RATE_LIMIT=5/minute allows a principal five requests; the sixth is 429 and says when to try again', async () => {
  await withService({ RATE_LIMIT: '5/minute' }, async ({ url }) => {
    const client = clientOf(url, (await tokens).ehr);

    const answers = await times(7, () => client.ingest('p', 'n'));

    expect(statuses(answers)).toEqual([200, 200, 200, 200, 200, 429, 429]);
    const left = answers.map(({ headers }) => /^"principal";r=(\d+);t=(\d+)$/.exec(headers.get('ratelimit') ?? ''));
    expect(left.map((match) => Number(match?.[1]))).toEqual([4, 3, 2, 1, 0, 0, 0]);
    for (const match of left) expect(Number(match?.[2])).toBeGreaterThan(50);
    for (const { headers } of answers) expect(headers.get('ratelimit-policy')).toBe('"principal";q=5;w=60');
    const [, , , , , refused] = answers;
    expect(refused!.headers.get('content-type')).toBe('application/problem+json');
    expect(refused!.body.type).toBe('urn:healthcare-ai:problem:rate-limited');
    expect(Number(refused!.headers.get('retry-after'))).toBeGreaterThan(50);
    expect(Number(refused!.headers.get('retry-after'))).toBeLessThanOrEqual(60);
    expect(answers[0]!.headers.has('retry-after')).toBe(false);
  });
});

test('the limit is of a principal, whatever its key and its route, and not of its address', async () => {
  await withService({ RATE_LIMIT: '5/minute' }, async ({ url }) => {
    const { ehr, second, other, south } = await tokens;
    await times(3, () => clientOf(url, ehr).ingest('p', 'n'));
    await times(2, () => clientOf(url, second).post('/notes/search', { patient_id: 'p' }));

    expect((await clientOf(url, ehr).ingest('p', 'n')).status).toBe(429);
    expect((await clientOf(url, second).get('/notes/x')).status).toBe(429);
    // All of them come from 127.0.0.1.
    expect((await clientOf(url, other).ingest('p', 'n')).status).toBe(200);
    expect((await clientOf(url, south).ingest('p', 'n')).status).toBe(200);
  });
});

test('who is denied and continues asking meets the limit, too: each denial is an event in the trail', async () => {
  await withService({ RATE_LIMIT: '5/minute' }, async ({ url }) => {
    const answers = await times(7, async () => clientOf(url, (await tokens).admin).ingest('p', 'n'));

    expect(statuses(answers)).toEqual([403, 403, 403, 403, 403, 429, 429]);
  });
});

test('the next window begins again', async () => {
  await withService({ RATE_LIMIT: '2/second' }, async ({ url }) => {
    const client = clientOf(url, (await tokens).ehr);
    await times(2, () => client.ingest('p', 'n'));
    await new Promise((resolve) => setTimeout(resolve, 1_050));

    expect((await client.ingest('p', 'n')).status).toBe(200);
  });
});

test('health checks and the open routes are not limited', async () => {
  await withService({ RATE_LIMIT: '1/minute', FAILED_AUTH_RATE_LIMIT: '1/minute' }, async ({ url }) => {
    const answers = await times(10, () => clientOf(url).get('/health'));

    expect(new Set(statuses(answers))).toEqual(new Set([200]));
  });
});

test('[164.308(a)(5)(ii)(C)] failed authentications are limited by address, and lock no good key out', async () => {
  await withService({ FAILED_AUTH_RATE_LIMIT: '4/minute' }, async ({ url }) => {
    const good = clientOf(url, (await tokens).ehr);

    const failed = await times(6, () => clientOf(url, 'hai_wrong').ingest('p', 'n'));
    const anonymous = await clientOf(url).get('/notes/x');
    const right = await times(3, () => good.ingest('p', 'n'));

    expect(statuses(failed)).toEqual([401, 401, 401, 401, 429, 429]);
    expect(Number(failed[4]!.headers.get('retry-after'))).toBeGreaterThan(50);
    expect(anonymous.status).toBe(429);
    expect(statuses(right)).toEqual([200, 200, 200]);
  });
});

test('RATE_LIMIT=off sets no limit and sends no RateLimit headers', async () => {
  await withService({ RATE_LIMIT: 'off', FAILED_AUTH_RATE_LIMIT: 'off' }, async ({ url }) => {
    const good = await Promise.all(
      Array.from({ length: 700 }, async () => clientOf(url, (await tokens).ehr).get('/notes/x')),
    );
    const failed = await times(40, () => clientOf(url).get('/notes/x'));

    expect(new Set(statuses(good))).toEqual(new Set([403]));
    expect(good[0]!.headers.has('ratelimit')).toBe(false);
    expect(new Set(statuses(failed))).toEqual(new Set([401]));
  });
});

test('requests that were refused by the limit are one event of the principal, with their number', async () => {
  const made = await database;
  if (made.server === undefined) return;
  const from = new Date().toISOString();
  await withService({ RATE_LIMIT: '1/minute' }, async ({ url }) => {
    await times(5, async () => clientOf(url, (await tokens).other).ingest('p', 'n'));
  });
  await withService({}, async ({ url }) => {
    const { events } = (await clientOf(url, (await tokens).auditor).post('/audit/search', { from, action: 'request' }))
      .body;

    expect(events).toEqual([
      expect.objectContaining({
        principal: 'other',
        reason: 'rate-limited',
        outcome: 'denied',
        count: 4,
        source: '127.0.0.1',
      }),
    ]);
  });
});
