import { request } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { eventually } from '../../support/eventually.ts';
import { startStage } from '../support/stage.ts';

const stage = startStage({
  keys: {
    ehr: { principal: 'ehr', roles: ['integration'] },
    auditor: { roles: ['auditor'] },
    southAuditor: { tenant: 'south', principal: 'auditor', roles: ['auditor'] },
  },
});
afterAll(async () => (await stage).stop());

const eventsOf = (text: string) =>
  text
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line));
const exports = async (from: string) => {
  const { events } = (await (await stage).as('auditor').post('/audit/search', { action: 'audit.export', from })).body;
  return events.map(({ outcome, reason, count }: Record<string, unknown>) => [outcome, reason, count]);
};

describe('an export', () => {
  test('has every event of the search, a line each, as the search gives them', async () => {
    const { as } = await stage;
    await Promise.all(Array.from({ length: 450 }, (_, n) => as('ehr').ingest(`patient-${n % 3}`, 'n')));
    const criteria = { patient_id: 'patient-1', action: 'note.create', to: new Date(Date.now() + 1).toISOString() };

    const { status, headers, text } = await as('auditor').post('/audit/export', criteria);
    const searched = (await as('auditor').post('/audit/search', { ...criteria, limit: 200 })).body.events;
    const all = eventsOf((await as('auditor').post('/audit/export', { principal: 'ehr' })).text);

    expect(status).toBe(200);
    expect(headers.get('content-type')).toBe('application/x-ndjson');
    expect(headers.get('content-disposition')).toBe('attachment; filename="audit-events.jsonl"');
    expect(headers.get('cache-control')).toBe('no-store');
    expect(eventsOf(text)).toEqual(searched);
    expect(searched).toHaveLength(150);
    expect(all).toHaveLength(450);
    expect(new Set(all.map(({ hash }) => hash)).size).toBe(450);
  });

  test('of nothing is empty, and another tenant has nothing of it', async () => {
    const answer = await (await stage).as('southAuditor').post('/audit/export', { principal: 'ehr' });

    expect([answer.status, answer.text]).toEqual([200, '']);
  });

  test('[164.312(b)] is recorded when it begins and when it ends, with the names of the criteria', async () => {
    const { as } = await stage;
    const from = new Date().toISOString();
    await as('auditor').post('/audit/export', { principal: 'ehr', patient_id: 'patient-1' });

    const { events } = (await as('auditor').post('/audit/search', { action: 'audit.export', from })).body;

    expect(await exports(from)).toEqual([
      ['success', 'complete', 150],
      ['success', 'begun', undefined],
    ]);
    expect(events[0]).toMatchObject({
      criteria: ['patient_id', 'principal'],
      route: '/audit/export',
      principal: 'auditor',
    });
  });

  test.each([
    ['an unknown criterion', { limit: 5 }],
    ['a patient who is blank', { patient_id: ' ' }],
  ])('with %s is refused with 422 and begins nothing', async (_what, criteria) => {
    const from = new Date().toISOString();

    expect((await (await stage).as('auditor').post('/audit/export', criteria)).status).toBe(422);
    expect(await exports(from)).toEqual([['failure', 'invalid-content', undefined]]);
  });
});

describe('a client that does not read an export', () => {
  test('makes the service read no further than it takes, and when it disconnects the export is recorded as aborted', async () => {
    const { url, tokens, database } = await stage;
    const events = 60_000;
    await database.server?.query(
      `INSERT INTO audit_events (chain, seq, hash, recorded_at, tenant, principal, action, outcome, event)
       SELECT '0192f0c1-2345-7abc-8def-0123456789ab', n, decode(repeat('00', 32), 'hex'), timestamptz '2020-01-01' + n * interval '1 second',
         'north', 'flood', 'note.read', 'success', '{"n":' || n || ',"text":"' || repeat('x', 600) || '"}' FROM generate_series(1, $1::int) AS n`,
      [events],
    );
    if (!database.server) return;
    await database.server.query('ANALYZE audit_events');
    const from = new Date().toISOString();
    const sent = request(`${url}/audit/export`, {
      method: 'POST',
      headers: { Authorization: `Bearer ${tokens.auditor}`, 'Content-Type': 'application/json' },
    });
    const response = await new Promise<import('node:http').IncomingMessage>((resolve) => {
      sent.on('response', (arrived) => resolve(arrived.pause())).end(JSON.stringify({ principal: 'flood' }));
    });
    await sleep(2_000);
    response.destroy();
    const recorded = await eventually('the end is recorded', async () => {
      const found = await exports(from);
      return found.length >= 2 && found;
    });

    // The kernel's buffers hold some megabytes.
    expect(recorded[0].slice(0, 2)).toEqual(['failure', 'aborted']);
    expect(recorded[0][2]).toBeLessThan(events / 2);
    expect(recorded[1]).toEqual(['success', 'begun', undefined]);
  });

  test('takes its place from four others at most: a fifth export waits outside', async () => {
    const { url, tokens, as, database } = await stage;
    if (!database.server) return;
    const hung = await Promise.all(
      Array.from(
        { length: 4 },
        () =>
          new Promise<import('node:http').IncomingMessage>((resolve) => {
            const headers = { Authorization: `Bearer ${tokens.auditor}`, 'Content-Type': 'application/json' };
            request(`${url}/audit/export`, { method: 'POST', headers })
              .on('response', (arrived) => resolve(arrived.pause()))
              .end(JSON.stringify({ principal: 'flood' }));
          }),
      ),
    );

    const refused = await as('auditor').post('/audit/export', { principal: 'ehr' });
    for (const response of hung) response.destroy();
    await eventually('a place is free', async () => {
      const again = await as('auditor').post('/audit/export', { principal: 'ehr' });
      return again.status === 200;
    });

    expect([refused.status, refused.body.type]).toEqual([503, 'urn:healthcare-ai:problem:overloaded']);
    expect(refused.headers.get('retry-after')).toBe('1');
  });
});
