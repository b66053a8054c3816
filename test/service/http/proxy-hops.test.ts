import { makeApiKey } from '@healthcare-ai/contract/api-key';
import { clientOf } from '../support/client.ts';
import { createKey, createTestDatabase, startProcess } from '../support/service.ts';

const database = createTestDatabase();
const keys = database.then(async (made) => ({
  ehr: await createKey(made, { principal: 'ehr', roles: ['integration'] }),
  auditor: await createKey(made, { principal: 'auditor', roles: ['auditor'] }),
}));
afterAll(async () => (await database).remove());

/** The address that the trail names for requests with each of these headers. */
async function sources(hops: number, forwarded: (string | undefined)[]): Promise<string[]> {
  const { ehr, auditor } = await keys;
  const service = await startProcess({ env: { ...(await database).env, TRUST_PROXY_HOPS: String(hops) } });
  try {
    const found: string[] = [];
    for (const header of forwarded) {
      const headers: Record<string, string> = header === undefined ? {} : { 'X-Forwarded-For': header };
      const note = (await clientOf(service.url, ehr).ingest('p', 'n', headers)).body;
      const { events } = (await clientOf(service.url, auditor).get(`/audit/events/${note.audit_id}`)).body;
      found.push(events[0].source);
    }
    return found;
  } finally {
    await service.stop();
  }
}

test('without a proxy X-Forwarded-For is anyone’s word: the address is the peer’s', async () => {
  expect(await sources(0, [undefined, '203.0.113.7', '203.0.113.7, 198.51.100.9'])).toEqual([
    '127.0.0.1',
    '127.0.0.1',
    '127.0.0.1',
  ]);
});

test('behind one proxy the last entry is believed, and what stands before it is not', async () => {
  const found = await sources(1, [
    '203.0.113.7',
    '198.51.100.66, 203.0.113.7',
    '127.0.0.1,10.0.0.1 , 203.0.113.7',
    '2001:db8::7',
    '::ffff:203.0.113.7',
    undefined,
  ]);

  expect(found).toEqual(['203.0.113.7', '203.0.113.7', '203.0.113.7', '2001:db8::7', '203.0.113.7', '127.0.0.1']);
});

test('behind two proxies the entry before the last is believed, and no further', async () => {
  const found = await sources(2, [
    '203.0.113.7, 10.0.0.1',
    '198.51.100.66, 203.0.113.7, 10.0.0.1',
    // It came past the first proxy: the second one saw the client itself.
    '203.0.113.7',
  ]);

  expect(found).toEqual(['203.0.113.7', '203.0.113.7', '203.0.113.7']);
});

test('an address is kept in one spelling, and without the port that some load balancers append', async () => {
  const entries: [string, string][] = [
    ['2001:DB8::5', '2001:db8::5'],
    ['2001:0db8:0:0::5', '2001:db8::5'],
    ['[2001:db8::5]', '2001:db8::5'],
    ['[2001:db8::5]:4711', '2001:db8::5'],
    ['::FFFF:198.51.100.8', '198.51.100.8'],
    ['::ffff:c633:6408', '198.51.100.8'],
    ['203.0.113.7:443', '203.0.113.7'],
  ];

  expect(
    await sources(
      1,
      entries.map(([sent]) => sent),
    ),
  ).toEqual(entries.map(([, kept]) => kept));
});

test('an entry that is no address is not kept, whatever a proxy passes on', async () => {
  const entries = [
    'Jane Doe',
    'deadbeef',
    '1.2.3',
    '999.1.1.1',
    '203.0.113.7:443:1',
    '[203.0.113.7',
    '_hidden',
    ':::',
    'fe80::1%eth0',
    '',
  ];

  expect(await sources(1, entries)).toEqual(entries.map(() => '127.0.0.1'));
});

test('failed authentications are limited by the address of the client and not of the proxy', async () => {
  const service = await startProcess({
    env: { ...(await database).env, TRUST_PROXY_HOPS: '1', FAILED_AUTH_RATE_LIMIT: '2/minute' },
  });
  const status = async (address: string) =>
    (await clientOf(service.url).post('/ingest', {}, { 'X-Forwarded-For': `10.0.0.1, ${address}` })).status;
  try {
    const first = [await status('203.0.113.7'), await status('203.0.113.7'), await status('203.0.113.7')];

    expect(first).toEqual([401, 401, 429]);
    expect(await status('203.0.113.8')).toBe(401);

    // One client has all addresses of an IPv6 network, and each address has many spellings.
    expect([await status('2001:db8:1:2::1'), await status('2001:db8:1:2::2')]).toEqual([401, 401]);
    expect(await status('2001:DB8:1:2:ffff:0:0:3')).toBe(429);
    expect(await status('2001:db8:1:3::1')).toBe(401);
    expect([await status('::FFFF:198.51.100.8'), await status('::ffff:c633:6408')]).toEqual([401, 401]);
    expect(await status('198.51.100.8')).toBe(429);
  } finally {
    await service.stop();
  }
});

test('500 principals behind one address are served at the default limits, one of which fails all the time', async () => {
  const made = await database;
  if (!made.server) return;
  const keys = Array.from({ length: 500 }, () => makeApiKey());
  const rows = keys.map(
    ({ keyId, hash }, n) => `('${keyId}', 'north', 'p-${n}', '{integration}', '\\x${hash.toString('hex')}')`,
  );
  await made.server.query(`INSERT INTO api_keys (key_id, tenant, principal, roles, hash) VALUES ${rows.join(', ')}`);
  const service = await startProcess({ env: { ...made.env, RATE_LIMIT: '600/minute', TRUST_PROXY_HOPS: '1' } });
  const via = { 'X-Forwarded-For': '203.0.113.7' };
  const ingest = ({ token }: { readonly token: string }) => clientOf(service.url, token).ingest('p', 'n', via);
  try {
    const served = await Promise.all(keys.slice(0, 499).map(ingest));
    const failed = await Promise.all(Array.from({ length: 100 }, () => ingest(makeApiKey())));
    const again = await Promise.all(keys.slice(0, 499).map(ingest));
    const late = await ingest(keys[499]!);

    expect(failed.filter(({ status }) => status === 429).length).toBeGreaterThan(50);
    expect(new Set([...served, ...again, late].map(({ status }) => status))).toEqual(new Set([200]));
  } finally {
    await service.stop();
  }
});
