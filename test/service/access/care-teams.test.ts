import { eventually } from '../../support/eventually.ts';
import { type Answer, type Client, clientOf } from '../support/client.ts';
import { startStage } from '../support/stage.ts';

const stage = startStage({
  keys: {
    ehr: { roles: ['integration'] },
    heart: { principal: 'heart', roles: ['clinician'], careTeams: ['cardiology'] },
    both: { principal: 'both', roles: ['clinician'], careTeams: ['cardiology', 'oncology'] },
    ward: { principal: 'ward', roles: ['clinician'] },
    auditor: { roles: ['auditor'] },
    south: { tenant: 'south', principal: 'heart', roles: ['clinician'], careTeams: ['cardiology'] },
  },
});
afterAll(async () => (await stage).stop());
type Name = keyof Awaited<typeof stage>['tokens'];
const as = async (name: Name): Promise<Client> => (await stage).as(name);

let patients = 0;
const patient = () => `patient-${++patients}`;
async function note(patientId: string, careTeam?: string): Promise<string> {
  const answer = await (await as('ehr')).post('/ingest', {
    patient_id: patientId,
    note_text: 'Blood pressure 120/80',
    care_team: careTeam,
  });
  expect(answer.status).toBe(200);
  return answer.body.audit_id;
}
const eventsOf = async (auditId: string) => (await (await as('auditor')).get(`/audit/events/${auditId}`)).body.events;

/** Every way to what a stored note says. */
const ways: Record<string, (client: Client, auditId: string) => Promise<Answer>> = {
  'GET /notes/{audit_id}': (client, id) => client.get(`/notes/${id}`),
  'POST /notes/{audit_id}/analysis': (client, id) => client.post(`/notes/${id}/analysis`, ''),
  'GET /notes/{audit_id}/analysis': async (client, id) => {
    await (await as('both')).post(`/notes/${id}/analysis`, '');
    return client.get(`/notes/${id}/analysis`);
  },
};

describe.each(Object.entries(ways))('%s', (_way, go) => {
  test.each<[Name, string | undefined, number]>([
    ['heart', undefined, 200],
    ['heart', 'cardiology', 200],
    ['heart', 'oncology', 403],
    ['both', 'oncology', 200],
    ['ward', undefined, 200],
    ['ward', 'cardiology', 403],
    ['south', 'cardiology', 404],
    ['south', undefined, 404],
  ])('[164.312(a)(1)] %s, asking for a note of the team %s, is answered with %d', async (who, team, expected) => {
    const auditId = await note(patient(), team);

    const answer = await go(await as(who), auditId);

    expect(answer.status).toBe(expected);
    if (expected !== 403) return;
    expect(answer.headers.get('content-type')).toContain('application/problem+json');
    expect(answer.body).toMatchObject({
      type: 'urn:healthcare-ai:problem:break-glass-required',
      status: 403,
      detail: expect.stringContaining('POST /break-glass'),
    });
    // Neither what the note says nor whose it is, nor which team has it.
    expect(answer.text).not.toMatch(/pressure|120\/80|patient-\d|oncology|cardiology/);
  });
});

test('a refusal is one denied event that names the note and whose it is', async () => {
  const auditId = await note(patient(), 'oncology');
  const { headers } = await (await as('ward')).get(`/notes/${auditId}`);

  const events = await eventsOf(auditId);

  const [created, denied] = events;
  expect(events).toHaveLength(2);
  expect(denied).toMatchObject({
    action: 'note.read',
    outcome: 'denied',
    reason: 'break-glass-required',
    status: 403,
    principal: 'ward',
    audit_id: auditId,
    patient_ref: created.patient_ref,
    request_id: headers.get('x-request-id'),
  });
  expect(denied).not.toHaveProperty('break_glass');
});

test('a refused wish for an analysis queues nothing', async () => {
  const auditId = await note(patient(), 'oncology');
  await (await as('ward')).post(`/notes/${auditId}/analysis`, '');

  expect((await (await as('both')).get(`/notes/${auditId}/analysis`)).status).toBe(404);
});

test('a worker analyses a note of a team, for those who are in it', async () => {
  const heart = await as('heart');
  const body = { patient_id: patient(), note_text: 'Chest pain. BP 120/80.', care_team: 'cardiology' };
  const { audit_id } = (await (await as('ehr')).post('/ingest?analyze=true', body)).body;
  const answer = await eventually('the analysis', async () => {
    const found = await heart.get(`/notes/${audit_id}/analysis`);
    return found.status === 200 && found;
  });

  expect(answer.body).toMatchObject({ status: 'done', analysis: { vitals: expect.anything() } });
  expect((await (await as('ward')).get(`/notes/${audit_id}/analysis`)).status).toBe(403);
});

test('a search lists what may be read, and says whether there is more', async () => {
  const patientId = patient();
  const [open, heart, cancer] = [
    await note(patientId),
    await note(patientId, 'cardiology'),
    await note(patientId, 'oncology'),
  ];
  const search = async (name: Name) => (await (await as(name)).post('/notes/search', { patient_id: patientId })).body;
  const listed = (body: { notes: { audit_id: string }[] }) => body.notes.map(({ audit_id }) => audit_id);

  const [ward, cardiologist, all] = [await search('ward'), await search('heart'), await search('both')];

  expect([listed(ward), ward.withheld]).toEqual([[open], true]);
  expect([listed(cardiologist), cardiologist.withheld]).toEqual([[heart, open], true]);
  expect([listed(all), all.withheld]).toEqual([[cancer, heart, open], false]);
  expect(all.notes.map(({ care_team }: { care_team?: string }) => care_team)).toEqual([
    'oncology',
    'cardiology',
    undefined,
  ]);
  expect(JSON.stringify(ward)).not.toContain('oncology');
  expect(await search('south')).toEqual({ notes: [], withheld: false });
});

test('pages of a search leave no gap where a note was passed over', async () => {
  const patientId = patient();
  const made: string[] = [];
  for (let round = 0; round < 4; round++) {
    made.unshift(await note(patientId));
    await note(patientId, 'oncology');
  }
  const ward = await as('ward');
  const listed: string[] = [];
  let cursor: string | undefined;
  do {
    const { body } = await ward.post('/notes/search', { patient_id: patientId, limit: 1, cursor });
    listed.push(...body.notes.map(({ audit_id }: { audit_id: string }) => audit_id));
    cursor = body.next_cursor;
  } while (cursor !== undefined);

  expect(listed).toEqual(made);
});

test('a note gives back its team, and its sender need not be in it', async () => {
  const auditId = await note(patient(), 'cardiology');

  expect((await (await as('heart')).get(`/notes/${auditId}`)).body.care_team).toBe('cardiology');
  expect((await (await as('both')).get(`/notes/${await note(patient())}`)).body).not.toHaveProperty('care_team');
});

test('the team is part of what an Idempotency-Key stands for', async () => {
  const ehr = await as('ehr');
  const body = { patient_id: patient(), note_text: 'a note', care_team: 'cardiology' };
  const send = (key: string, over: object = {}) =>
    ehr.post('/ingest', { ...body, ...over }, { 'Idempotency-Key': key });

  const [first, again] = [await send('k1'), await send('k1')];
  const other = await send('k1', { care_team: 'oncology' });
  const none = await send('k1', { care_team: undefined });

  expect(again.body).toEqual(first.body);
  expect([other.status, none.status]).toEqual([422, 422]);
  expect(none.body.type).toBe('urn:healthcare-ai:problem:idempotency-key-reused');
});

test('who sends a note to another team receives its summary, and once more on a retry, and cannot read it later', async () => {
  const ward = await as('ward');
  const body = { patient_id: patient(), note_text: 'Chest pain. BP 120/80.', care_team: 'cardiology' };
  const key = { 'Idempotency-Key': 'handed-over' };

  const [first, again] = [await ward.post('/summarize', body, key), await ward.post('/summarize', body, key)];

  expect([first.status, again.status]).toEqual([200, 200]);
  expect(again.body.summary).toBe(first.body.summary);
  expect(again.body.audit_id).toBe(first.body.audit_id);
  expect((await ward.get(`/notes/${first.body.audit_id}`)).status).toBe(403);
  expect((await (await as('heart')).get(`/notes/${first.body.audit_id}/analysis`)).status).toBe(200);
});

test.each([
  ['a text', 'the team of Dr. Who'],
  ['upper case', 'Cardiology'],
  ['an empty name', ''],
  ['a long name', 'a'.repeat(33)],
  ['a name that begins with a dot', '.hidden'],
  ['a wildcard', '*'],
  ['a line break', 'cardiology\n'],
  ['a NUL', 'cardiology\u0000'],
  ['letters that look alike', 'саrdiology'],
  ['a list', ['cardiology']],
  ['null', null],
  ['a number', 7],
])('%s is no care team: 422, and nothing of it in the answer', async (_what, team) => {
  for (const path of ['/ingest', '/summarize']) {
    const answer = await (await as('ehr')).post(path, { patient_id: 'p', note_text: 'n', care_team: team });

    expect(answer.status).toBe(422);
    expect(answer.body.errors[0].pointer).toBe('/care_team');
    if (typeof team === 'string' && team.length > 8) expect(answer.text).not.toContain(team.slice(0, 8));
  }
});

test('a key of a team opens nothing in a tenant that is not its own', async () => {
  const { url, tokens } = await stage;
  const auditId = await note(patient(), 'cardiology');

  expect((await clientOf(url, tokens.south).get(`/notes/${auditId}`)).status).toBe(404);
});
