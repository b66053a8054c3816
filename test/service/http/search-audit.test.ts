import { setTimeout as sleep } from 'node:timers/promises';
import { startStage } from '../support/stage.ts';
import { walk } from '../support/walk.ts';

const stage = startStage({
  keys: {
    clinician: { principal: 'dr-jones', roles: ['clinician'] },
    ehr: { principal: 'ehr', roles: ['integration'] },
    auditor: { principal: 'auditor', roles: ['auditor'] },
    admin: { principal: 'admin', roles: ['admin'] },
  },
});
afterAll(async () => (await stage).stop());

describe('audit events', () => {
  const find = async (criteria: object) => {
    const { status, body } = await (await stage).as('auditor').post('/audit/search', criteria);
    expect(status).toBe(200);
    return body.events as Record<string, unknown>[];
  };

  test('[164.312(b)] are found by principal, action, outcome, patient and time, and by all of them together', async () => {
    const { as } = await stage;
    const from = new Date().toISOString();
    const note = (await as('ehr').ingest('patient-d', 'a note')).body;
    await as('clinician').get(`/notes/${note.audit_id}`);
    await as('clinician').post('/notes/search', { patient_id: 'patient-d' });
    await as('admin').get(`/notes/${note.audit_id}`);
    await as('clinician').post('/ingest', { patient_id: 'patient-d' });
    const to = new Date(Date.now() + 1).toISOString();
    const told = async (criteria: object) =>
      (await find({ from, to, ...criteria })).map((event) => `${event.principal} ${event.action} ${event.outcome}`);

    const all = [
      'dr-jones note.create failure',
      'admin note.read denied',
      'dr-jones note.search success',
      'dr-jones note.read success',
      'ehr note.create success',
    ];
    expect(await told({})).toEqual(all);
    expect(await told({ principal: 'ehr' })).toEqual([all[4]]);
    expect(await told({ action: 'note.read' })).toEqual([all[1], all[3]]);
    expect(await told({ outcome: 'denied' })).toEqual([all[1]]);
    expect(await told({ outcome: 'failure' })).toEqual([all[0]]);
    expect(await told({ patient_id: 'patient-d' })).toEqual([all[2], all[3], all[4]]);
    expect(await told({ patient_id: 'patient-d', principal: 'dr-jones', action: 'note.read' })).toEqual([all[3]]);
    expect(await told({ principal: 'nobody' })).toEqual([]);
    expect(await told({ to: from })).toEqual([]);
  });

  test('of a time are those from its first moment on and before its last', async () => {
    const { as } = await stage;
    await as('ehr').ingest('patient-e', 'a note');
    const event = (await find({ patient_id: 'patient-e' }))[0]!;
    const at = event.recorded_at as string;
    const later = new Date(Date.parse(at) + 1).toISOString();
    const offset = new Date(Date.parse(at) + 3_600_000).toISOString().replace('Z', '+01:00');
    const count = async (criteria: object) =>
      (await find({ patient_id: 'patient-e', action: 'note.create', ...criteria })).length;

    expect(await count({ from: at, to: later })).toBe(1);
    expect(await count({ from: offset, to: later })).toBe(1);
    expect(await count({ to: at })).toBe(0);
    expect(await count({ from: later })).toBe(0);
  });

  test('[164.312(b)] have who, what, whose, when, where from and their place in the chain, and no word of the patient', async () => {
    const { as } = await stage;
    const answer = await as('ehr').ingest('patient-f', 'a note');

    const [event] = await find({ patient_id: 'patient-f' });

    expect(event).toEqual({
      action: 'note.create',
      audit_id: answer.body.audit_id,
      chain: expect.any(String),
      hash: expect.stringMatching(/^[0-9a-f]{64}$/),
      method: 'POST',
      outcome: 'success',
      patient_ref: expect.stringMatching(/^[A-Za-z0-9_-]{43}$/),
      patient_ref_version: 1,
      prev_hash: expect.stringMatching(/^[0-9a-f]{64}$/),
      principal: 'ehr',
      recorded_at: answer.body.received_at,
      request_id: answer.headers.get('x-request-id'),
      roles: ['integration'],
      route: '/ingest',
      seq: expect.any(Number),
      source: '127.0.0.1',
      status: 200,
      tenant: 'north',
      v: 1,
    });
  });

  test('carry the trace id of traceparent, or of the load balancer', async () => {
    const { as } = await stage;
    const trace = '4bf92f3577b34da6a3ce929d0e0e4736';
    await as('ehr').ingest('patient-g', 'n', { traceparent: `00-${trace}-00f067aa0ba902b7-01` });
    await as('ehr').ingest('patient-g', 'n', {
      'X-Amzn-Trace-Id': 'Self=1-1-1;Root=1-5759e988-bd862e3fe1be46a994272793',
    });
    await as('ehr').ingest('patient-g', 'n', { traceparent: 'words' });
    await as('ehr').ingest('patient-g', 'n', { traceparent: `00-${'0'.repeat(32)}-00f067aa0ba902b7-01` });

    const events = await find({ patient_id: 'patient-g' });

    const amazon = '5759e988bd862e3fe1be46a994272793';
    expect(events.map(({ trace_id }) => trace_id)).toEqual([undefined, undefined, amazon, trace]);
  });

  test('[164.312(b)] of a note are told from its creation on, and that they were read is one more', async () => {
    const { as } = await stage;
    const { audit_id } = (await as('ehr').ingest('patient-h', 'a note')).body;
    await as('clinician').get(`/notes/${audit_id}`);
    await as('auditor').get(`/audit/events/${audit_id}`);

    const { status, body } = await as('auditor').get(`/audit/events/${audit_id}`);

    expect(status).toBe(200);
    expect(body.events.map(({ action, principal }: Record<string, string>) => [action, principal])).toEqual([
      ['note.create', 'ehr'],
      ['note.read', 'dr-jones'],
      ['audit.read', 'auditor'],
    ]);
  });

  test('of a search name its criteria and never their values', async () => {
    const from = new Date().toISOString();
    await find({ patient_id: 'patient-h', principal: 'ehr', from, outcome: 'success', limit: 7 });

    const [event] = await find({ from, action: 'audit.search' });

    expect(event).toMatchObject({ criteria: ['from', 'outcome', 'patient_id', 'principal'], count: 0 });
    expect(event!.patient_ref).toEqual(expect.any(String));
  });

  test('are walked page by page without a gap and without a repeat, though each look adds one', async () => {
    const { as } = await stage;
    await Promise.all(Array.from({ length: 60 }, (_, n) => as('ehr').ingest('patient-i', `note ${n}`)));
    const to = new Date(Date.now() + 1).toISOString();
    await sleep(2);
    const all = await find({ to, limit: 200 });
    expect(all.length).toBeGreaterThan(60);

    for (const limit of [9, 50, all.length]) {
      const pages = (await walk(as('auditor'), '/audit/search', { to }, limit, 'events')) as Record<
        string,
        unknown
      >[][];

      expect(pages.flat()).toEqual(all);
      expect(pages).toHaveLength(Math.ceil(all.length / limit));
    }
  });
});
