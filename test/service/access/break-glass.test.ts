import type { Answer, Client } from '../support/client.ts';
import { embeddedDatabase } from '../support/service.ts';
import { startStage } from '../support/stage.ts';
import { keys, type Name, reason } from './fixture.ts';

let patients = 0;
const patient = () => `patient-${++patients}`;

describe('a grant', () => {
  const stage = startStage({ keys, env: { BREAK_GLASS_RATE_LIMIT: 'off' } });
  afterAll(async () => (await stage).stop());
  const as = async (name: Name): Promise<Client> => (await stage).as(name);
  const note = async (patientId: string, careTeam?: string, who: Name = 'ehr'): Promise<string> => {
    const body = { patient_id: patientId, note_text: 'Chest pain. BP 120/80', care_team: careTeam };
    return (await (await as(who)).post('/ingest', body)).body.audit_id;
  };
  const open = async (who: Name, body: object): Promise<Answer> =>
    (await as(who)).post('/break-glass', { ...reason, ...body });
  const eventsOf = async (auditId: string) => (await (await as('auditor')).get(`/audit/events/${auditId}`)).body.events;
  const found = async (action: string, from: string, who: Name = 'auditor') =>
    (await (await as(who)).post('/audit/search', { action, from })).body.events;

  test('[164.312(a)(2)(ii)] a grant opens the notes of its patient, in every way, and each access names it', async () => {
    const patientId = patient();
    const auditId = await note(patientId, 'cardiology');
    const ward = await as('ward');
    expect((await ward.get(`/notes/${auditId}`)).status).toBe(403);

    const granted = await open('ward', { patient_id: patientId });
    const read = await ward.get(`/notes/${auditId}`);
    const asked = await ward.post(`/notes/${auditId}/analysis`, '');
    const analysis = await ward.get(`/notes/${auditId}/analysis`);
    const search = await ward.post('/notes/search', { patient_id: patientId });

    expect(granted.status).toBe(200);
    expect(granted.body).toEqual({
      grant_id: expect.any(String),
      reason_code: 'ETREAT',
      opened_at: expect.any(String),
      expires_at: expect.any(String),
    });
    const minutes = (Date.parse(granted.body.expires_at) - Date.parse(granted.body.opened_at)) / 60_000;
    expect(minutes).toBe(60);
    expect([read.status, asked.status, analysis.status, search.status]).toEqual([200, 200, 200, 200]);
    expect(search.body.notes.map(({ audit_id }: { audit_id: string }) => audit_id)).toEqual([auditId]);
    expect(search.body.withheld).toBe(false);
    const events = (await eventsOf(auditId)).filter(
      ({ outcome, principal }: Record<string, string>) => outcome === 'success' && principal === 'ward',
    );
    expect(events.map(({ action }: { action: string }) => action).sort()).toEqual([
      'note.analysis.read',
      'note.analyze',
      'note.analyze',
      'note.read',
    ]);
    expect(new Set(events.map(({ break_glass }: Record<string, string>) => break_glass))).toEqual(
      new Set([granted.body.grant_id]),
    );
  });

  test('an id in upper case is the same id (RFC 9562, 4)', async () => {
    const auditId = await note(patient(), 'cardiology');
    const upper = auditId.toUpperCase();

    const { status, body } = await open('ward', { audit_id: upper });
    const read = await (await as('ward')).get(`/notes/${upper}`);
    const grant = await (await as('auditor')).get(`/break-glass/${body.grant_id.toUpperCase()}`);

    expect([status, read.status, grant.status]).toEqual([200, 200, 200]);
    expect([read.body.audit_id, grant.body.audit_id]).toEqual([auditId, auditId]);
    const found = await (await as('auditor')).post('/audit/search', { audit_id: upper, action: 'note.read' });
    expect(found.body.events).toHaveLength(1);
  });

  test('[164.312(a)(2)(ii)] its event says who, whose, why by a code and for how it was asked, and never in words', async () => {
    const patientId = patient();
    const auditId = await note(patientId, 'cardiology');
    const from = new Date().toISOString();

    const { body, headers } = await open('ward', { audit_id: auditId });
    const [event] = await found('break-glass.open', from);

    expect(event).toMatchObject({
      outcome: 'success',
      principal: 'ward',
      tenant: 'north',
      reason: 'ETREAT',
      break_glass: body.grant_id,
      audit_id: auditId,
      patient_ref: (await eventsOf(auditId))[0].patient_ref,
      request_id: headers.get('x-request-id'),
      status: 200,
    });
    expect(JSON.stringify(event)).not.toMatch(/unresponsive|cardiology/);
  });

  test('asked for by one note it opens the others of the patient, and a search under it is marked', async () => {
    const patientId = patient();
    const [first, second] = [await note(patientId, 'cardiology'), await note(patientId, 'oncology')];
    const from = new Date().toISOString();

    const { body } = await open('nurse', { audit_id: first });
    const read = await (await as('nurse')).get(`/notes/${second}`);
    await (await as('nurse')).post('/notes/search', { patient_id: patientId });

    expect(read.status).toBe(200);
    expect((await found('note.search', from))[0]).toMatchObject({ break_glass: body.grant_id, count: 2 });
  });

  test('what may be read as it is, is not read under a grant', async () => {
    const patientId = patient();
    await note(patientId, 'oncology');
    const [own, none] = [await note(patientId, 'cardiology'), await note(patientId)];
    await open('heart', { patient_id: patientId });

    const heart = await as('heart');
    expect([(await heart.get(`/notes/${own}`)).status, (await heart.get(`/notes/${none}`)).status]).toEqual([200, 200]);

    for (const id of [own, none]) expect((await eventsOf(id)).at(-1)).not.toHaveProperty('break_glass');
  });

  test('[164.312(a)(2)(ii)] it is of no use for another patient, another principal, or another tenant', async () => {
    const [patientId, other] = [patient(), patient()];
    const [auditId, others] = [await note(patientId, 'cardiology'), await note(other, 'cardiology')];
    // The same names for patient, principal and team, elsewhere.
    const elsewhere = (
      await (await as('south')).post('/ingest', { patient_id: patientId, note_text: 'n', care_team: 'cardiology' })
    ).body.audit_id;
    await open('ward', { patient_id: patientId });

    const statusOf = async (who: Name, id: string) => (await (await as(who)).get(`/notes/${id}`)).status;

    expect(await statusOf('ward', auditId)).toBe(200);
    expect(await statusOf('ward', others)).toBe(403);
    expect(await statusOf('nurse', auditId)).toBe(403);
    expect(await statusOf('south', auditId)).toBe(404);
    expect(await statusOf('south', elsewhere)).toBe(403);
    const search = await (await as('nurse')).post('/notes/search', { patient_id: patientId });
    expect(search.body).toEqual({ notes: [], withheld: true });
  });

  test('[164.312(a)(2)(ii)] an auditor reads why, and that is an event too', async () => {
    const patientId = patient();
    const auditId = await note(patientId, 'cardiology');
    const granted = (await open('ward', { audit_id: auditId })).body;
    const from = new Date().toISOString();

    const read = await (await as('auditor')).get(`/break-glass/${granted.grant_id}`);
    const [event] = await found('break-glass.read', from);

    expect(read.body).toEqual({
      ...granted,
      principal: 'ward',
      audit_id: auditId,
      patient_ref: event.patient_ref,
      patient_ref_version: 1,
      reason_text: reason.reason_text,
    });
    expect(event).toMatchObject({
      outcome: 'success',
      principal: 'auditor',
      break_glass: granted.grant_id,
      status: 200,
    });
  });

  test('a grant of another tenant is not there, as one that never was', async () => {
    const patientId = patient();
    await note(patientId, 'cardiology');
    const { grant_id } = (await open('ward', { patient_id: patientId })).body;
    const from = new Date().toISOString();
    const south = await as('southAuditor');

    const [others, none] = [
      await south.get(`/break-glass/${grant_id}`),
      await south.get('/break-glass/0192f0c1-2345-4abc-8def-0123456789ab'),
    ];

    expect([others.status, { ...others.body, instance: '' }]).toEqual([404, { ...none.body, instance: '' }]);
    const events = await found('break-glass.read', from, 'southAuditor');
    expect(events.map(({ outcome, reason }: Record<string, string>) => [outcome, reason])).toEqual([
      ['failure', 'not-found'],
      ['failure', 'not-found'],
    ]);
  });

  test('there is no grant for a patient without notes, a note that is not there, or one of another tenant', async () => {
    const elsewhere = await note(patient(), 'cardiology', 'south');
    const [nobody, nothing, others] = [
      await open('ward', { patient_id: patient() }),
      await open('ward', { audit_id: '0192f0c1-2345-7abc-8def-0123456789ab' }),
      await open('ward', { audit_id: elsewhere }),
    ];

    expect([nobody.status, nothing.status, others.status]).toEqual([404, 404, 404]);
    expect({ ...others.body, instance: '' }).toEqual({ ...nothing.body, instance: '' });
  });

  test('there is none where nothing is behind the glass', async () => {
    const patientId = patient();
    await note(patientId);
    await note(patientId, 'cardiology');

    const answer = await open('heart', { patient_id: patientId });

    expect([answer.status, answer.body.type]).toEqual([409, 'urn:healthcare-ai:problem:break-glass-not-needed']);
  });
});

test('the embedded database keeps grants too', async () => {
  const two = { ward: keys.ward, desk: { principal: 'desk', roles: ['integration', 'auditor'] } };
  const { as, stop } = await startStage({ keys: two, database: embeddedDatabase() });
  try {
    const body = { patient_id: 'p', note_text: 'n', care_team: 'cardiology' };
    const { audit_id } = (await as('desk').post('/ingest', body)).body;
    const refused = await as('ward').get(`/notes/${audit_id}`);
    const granted = await as('ward').post('/break-glass', { audit_id, ...reason });
    const [read, list] = [
      await as('ward').get(`/notes/${audit_id}`),
      await as('ward').post('/notes/search', { patient_id: 'p' }),
    ];
    const why = await as('desk').get(`/break-glass/${granted.body.grant_id}`);

    expect([refused.status, granted.status, read.status]).toEqual([403, 200, 200]);
    expect(list.body).toMatchObject({ notes: [{ audit_id, care_team: 'cardiology' }], withheld: false });
    expect(why.body).toMatchObject({ principal: 'ward', audit_id, reason_text: reason.reason_text });
  } finally {
    await stop();
  }
});
