import { setTimeout as sleep } from 'node:timers/promises';
import { clientOf } from '../support/client.ts';
import { createKey, runCommand, startProcess } from '../support/service.ts';
import { describeWithPostgres } from '../support/skips.ts';
import { startStage } from '../support/stage.ts';

const stage = startStage({
  keys: { ehr: { principal: 'ehr', roles: ['integration'] }, auditor: { roles: ['auditor'] } },
});
afterAll(async () => (await stage).stop());

const ingestWith = async (authorization: string) => {
  const headers = { Authorization: authorization };
  return clientOf((await stage).url).ingest('p-1', 'a note', headers);
};
const statusFor = async (authorization: string) => (await ingestWith(authorization)).status;

test('a key opens the API; the word Bearer may be written in any case', async () => {
  const { ehr } = (await stage).tokens;

  expect(await statusFor(`Bearer ${ehr}`)).toBe(200);
  expect(await statusFor(`bearer ${ehr}`)).toBe(200);
  expect(await statusFor(`BEARER   ${ehr} `)).toBe(200);
});

test('[164.312(d)] [164.308(a)(5)(ii)(D)] a key has a prefix to look for, an id, and 256 random bits', async () => {
  const { ehr, auditor } = (await stage).tokens;

  expect(ehr).toMatch(/^hai_[0-9a-z]{12}_[A-Za-z0-9_-]{43}$/);
  expect(ehr.split('_')[1]).not.toBe(auditor.split('_')[1]);
});

describe('is answered with 401:', () => {
  const cases: [string, (key: string) => string][] = [
    ['no scheme', (key) => key],
    ['Basic', (key) => `Basic ${Buffer.from(`ehr:${key}`).toString('base64')}`],
    ['nothing after Bearer', () => 'Bearer'],
    ['two keys', (key) => `Bearer ${key} ${key}`],
    ['a list of two schemes', (key) => `Bearer ${key}, Bearer ${key}`],
    ['a key cut short', (key) => `Bearer ${key.slice(0, -1)}`],
    ['a key with one character more', (key) => `Bearer ${key}A`],
    ['a key in upper case', (key) => `Bearer ${key.toUpperCase()}`],
    ['the last character changed', (key) => `Bearer ${key.slice(0, -1)}${key.endsWith('A') ? 'B' : 'A'}`],
    ['the secret of a key that exists, all changed', (key) => `Bearer ${key.slice(0, 17)}${'A'.repeat(43)}`],
    ['an id that does not exist', (key) => `Bearer hai_000000000000_${key.slice(17)}`],
    ['the id alone', (key) => `Bearer ${key.slice(4, 16)}`],
    ['a JWT, where no issuer is set', () => 'Bearer eyJhbGciOiJub25lIn0.eyJzdWIiOiJlaHIifQ.'],
    ['16 kB less some', () => `Bearer ${'a'.repeat(12_000)}`],
  ];
  test.each(cases)('[164.312(d)] %s', async (_what, authorization) => {
    const answer = await ingestWith(authorization((await stage).tokens.ehr));

    expect(answer.status).toBe(401);
    expect(answer.body.detail).toBe('Send a valid API key or JWT: Authorization: Bearer <token>.');
  });
});

test('why a key is refused is recorded in the trail only', async () => {
  const { ehr } = (await stage).tokens;
  const same = async (authorization: string) => ({ ...(await ingestWith(authorization)).body, instance: '' });

  const wrongSecret = await same(`Bearer ${ehr.slice(0, 17)}${'A'.repeat(43)}`);

  expect(wrongSecret).toEqual(await same(`Bearer hai_000000000000_${'A'.repeat(43)}`));
  expect(wrongSecret).toEqual(await same('Basic eDp5'));
});

describeWithPostgres()('while the service runs', () => {
  test('[164.312(a)(2)(iii)] [164.308(a)(3)(ii)(C)] a new key works at once, and a revoked one no longer than 5 seconds', async () => {
    const { database, url } = await stage;
    const token = await createKey(database, { principal: 'short-lived', roles: ['integration'] });
    const client = clientOf(url, token);
    const before = await client.ingest('p', 'n');

    const revoked = await runCommand(['keys', 'revoke', token.split('_')[1]!], database.ownerEnv);
    const at = performance.now();
    let status = 200;
    let lastTaken = 0;
    while (status === 200 && performance.now() - at < 30_000) {
      const asked = performance.now() - at;
      status = (await client.ingest('p', 'n')).status;
      if (status === 200) lastTaken = asked;
      await sleep(100);
    }

    expect(before.status).toBe(200);
    expect(revoked.code).toBe(0);
    expect(status).toBe(401);
    // By when it was sent: a busy machine may answer late, and must not believe late.
    expect(lastTaken).toBeLessThan(5_000);
  });

  test('[164.312(a)(2)(iii)] a key is refused once it has expired, though it was believed a moment ago', async () => {
    const { database, url } = await stage;
    const token = await createKey(database, { principal: 'expiring', roles: ['integration'] });
    await database.server!.query("UPDATE api_keys SET expires_at = now() + interval '4 seconds' WHERE key_id = $1", [
      token.split('_')[1],
    ]);
    const client = clientOf(url, token);

    expect((await client.ingest('p', 'n')).status).toBe(200);
    await sleep(4_100);
    expect((await client.ingest('p', 'n')).status).toBe(401);
  });

  test('[164.312(d)] the database holds the hash of a key and not the key', async () => {
    const { database, tokens } = await stage;

    const rows = await database.server!.query<{ hash: Buffer; key_id: string }>('SELECT * FROM api_keys');

    expect(JSON.stringify(rows)).not.toContain(tokens.ehr.slice(17));
    expect(rows.find(({ key_id }) => key_id === tokens.ehr.slice(4, 16))?.hash).toHaveLength(32);
  });

  test('[164.308(a)(5)(ii)(C)] refused credentials are counted by address and reason: one event stands for all of them', async () => {
    const { database, tokens } = await stage;
    const from = new Date().toISOString();
    const service = await startProcess({ env: { ...database.env, FAILED_AUTH_RATE_LIMIT: 'off' } });
    const revoked = await createKey(database, { principal: 'gone', roles: ['integration'] });
    await runCommand(['keys', 'revoke', revoked.split('_')[1]!], database.ownerEnv);

    for (let count = 0; count < 12; count++) await clientOf(service.url).ingest('p', 'n');
    for (let count = 0; count < 7; count++) await clientOf(service.url, 'hai_bad').ingest('p', 'n');
    for (let count = 0; count < 3; count++) await clientOf(service.url, revoked).ingest('p', 'n');
    const wrong = `${tokens.ehr.slice(0, 17)}${'A'.repeat(43)}`;
    for (let count = 0; count < 5; count++) await clientOf(service.url, wrong).ingest('p', 'n');
    expect(await service.stop()).toBe(0);

    // In chains of this process alone: the one beside it has counted too, and writes that down when its minute is over.
    const rows = await database.server!.query<{ event: string }>(
      `SELECT event FROM audit_events WHERE action = 'authenticate'
       AND chain IN (SELECT chain FROM audit_events WHERE action = 'chain.start' AND recorded_at >= $1)`,
      [from],
    );
    const events = rows.map(({ event }) => JSON.parse(event));
    expect(events).toHaveLength(4);
    for (const event of events) expect(event).toMatchObject({ outcome: 'denied', source: '127.0.0.1' });
    // Lanes share them, each with a chain of its own: there is no order.
    const told = events.map(({ reason, count, tenant, principal }) => [reason, count, tenant, principal]);
    expect(told.sort(([a], [b]) => (a < b ? -1 : 1))).toEqual([
      ['malformed', 7, undefined, undefined],
      ['missing', 12, undefined, undefined],
      ['revoked', 3, 'north', 'gone'],
      ['wrong-secret', 5, 'north', undefined],
    ]);
  });
});
