import { type Answer, type Client, clientOf } from '../support/client.ts';
import { startStage } from '../support/stage.ts';

const stage = startStage({
  env: { BREAK_GLASS_RATE_LIMIT: 'off' },
  keys: {
    integration: { roles: ['integration'] },
    clinician: { roles: ['clinician'] },
    auditor: { roles: ['auditor'] },
    admin: { roles: ['admin'] },
    both: { roles: ['integration', 'auditor'] },
    southClinician: { tenant: 'south', principal: 'clinician', roles: ['clinician'] },
    southAuditor: { tenant: 'south', principal: 'auditor', roles: ['auditor'] },
  },
});
afterAll(async () => (await stage).stop());

const as = async (name: keyof Awaited<typeof stage>['tokens']): Promise<Client> => (await stage).as(name);
const note = async () => (await (await as('clinician')).ingest('patient-1', 'BP 120/80')).body.audit_id as string;

/** Every route that needs a permission. */
const routes: Record<string, (client: Client, auditId: string) => Promise<Answer>> = {
  'POST /ingest': (client) => client.ingest('patient-1', 'a note'),
  'GET /notes/{audit_id}': (client, auditId) => client.get(`/notes/${auditId}`),
  'POST /notes/search': (client) => client.post('/notes/search', { patient_id: 'patient-1' }),
  'POST /summarize': (client) => client.post('/summarize', { patient_id: 'patient-1', note_text: 'BP 120/80' }),
  'POST /deidentify': (client) => client.post('/deidentify', { note_text: 'BP 120/80' }),
  'POST /analyze': (client) => client.post('/analyze', { note_text: 'BP 120/80' }),
  'POST /notes/{audit_id}/analysis': (client, auditId) => client.post(`/notes/${auditId}/analysis`, ''),
  'GET /notes/{audit_id}/analysis': async (client, auditId) => {
    await (await as('clinician')).post(`/notes/${auditId}/analysis`, '');
    return client.get(`/notes/${auditId}/analysis`);
  },
  'POST /break-glass': async (client) => {
    await (await as('integration')).post('/ingest', { patient_id: 'patient-9', note_text: 'n', care_team: 'oncology' });
    return client.post('/break-glass', {
      patient_id: 'patient-9',
      reason_code: 'ETREAT',
      reason_text: 'no pulse, no time',
    });
  },
  'GET /break-glass/{grant_id}': async (client) => {
    const grant = await routes['POST /break-glass']!(await as('clinician'), '');
    return client.get(`/break-glass/${grant.body.grant_id}`);
  },
  'POST /break-glass/search': (client) => client.post('/break-glass/search', {}),
  'POST /break-glass/{grant_id}/reviewed': async (client) => {
    const grant = await routes['POST /break-glass']!(await as('clinician'), '');
    return client.post(`/break-glass/${grant.body.grant_id}/reviewed`, { outcome: 'justified' });
  },
  'POST /audit/search': (client) => client.post('/audit/search', {}),
  'POST /audit/export': (client) => client.post('/audit/export', { action: 'key.create' }),
  'GET /audit/verification': (client) => client.get('/audit/verification'),
  'GET /audit/events/{audit_id}': (client, auditId) => client.get(`/audit/events/${auditId}`),
};
const ofAuditor = [
  'POST /audit/search',
  'POST /audit/export',
  'GET /audit/verification',
  'GET /audit/events/{audit_id}',
  'GET /break-glass/{grant_id}',
  'POST /break-glass/search',
  'POST /break-glass/{grant_id}/reviewed',
];
const matrix: Record<string, readonly string[]> = {
  integration: ['POST /ingest', 'POST /summarize', 'POST /deidentify', 'POST /analyze'],
  clinician: [
    'POST /ingest',
    'POST /summarize',
    'POST /deidentify',
    'POST /analyze',
    'GET /notes/{audit_id}',
    'POST /notes/search',
    'POST /notes/{audit_id}/analysis',
    'GET /notes/{audit_id}/analysis',
    'POST /break-glass',
  ],
  auditor: ofAuditor,
  admin: [],
  both: ['POST /ingest', 'POST /summarize', 'POST /deidentify', 'POST /analyze', ...ofAuditor],
};
const cells = Object.keys(matrix).flatMap((who) =>
  Object.keys(routes).map((route) => [who, route, matrix[who]!.includes(route) ? 200 : 403] as const),
);

test.each(cells)('[164.312(a)(1)] [164.308(a)(3)(ii)(A)] %s: %s is answered with %d', async (who, route, expected) => {
  const auditId = await note();

  const { status, body } = await routes[route]!(await as(who as 'admin'), auditId);

  expect(status).toBe(expected);
  if (expected === 403) expect(body.type).toBe('urn:healthcare-ai:problem:forbidden');
});

test('[164.312(a)(1)] the matrix has every route of the OpenAPI document that needs a key', async () => {
  const { paths } = (await (await stage).anonymous.get('/openapi.json')).body;
  const guarded = Object.entries<Record<string, { security?: object[] }>>(paths).flatMap(([path, operations]) =>
    Object.entries(operations)
      .filter(([, { security }]) => security?.length !== 0)
      .map(([method]) => `${method.toUpperCase()} ${path}`),
  );

  expect(guarded.sort()).toEqual(Object.keys(routes).sort());
});

test.each(Object.keys(routes))(
  '[164.312(a)(1)] without a key, %s is answered with 401 and a challenge',
  async (route) => {
    const auditId = await note();

    const { status, headers, body } = await routes[route]!((await stage).anonymous, auditId);

    expect(status).toBe(401);
    expect(headers.get('www-authenticate')).toBe('Bearer realm="healthcare-ai"');
    expect(body.type).toBe('urn:healthcare-ai:problem:authentication-required');
  },
);

test('a refused credential is answered with error="invalid_token" (RFC 6750, 3.1)', async () => {
  const { headers } = await clientOf((await stage).url, 'none').get('/audit/verification');

  expect(headers.get('www-authenticate')).toBe('Bearer realm="healthcare-ai", error="invalid_token"');
});

test('[164.312(a)(2)(i)] each denial is an event of its own, with who, what and where from', async () => {
  const auditor = await as('auditor');
  const from = new Date().toISOString();
  const admin = await as('admin');
  const auditId = await note();

  const answers = [
    await admin.get(`/notes/${auditId}`),
    await admin.get(`/notes/${auditId}`),
    await admin.ingest('p', 'n'),
  ];
  const { events } = (await auditor.post('/audit/search', { from, principal: 'admin', outcome: 'denied' })).body;

  expect(answers.map(({ status }) => status)).toEqual([403, 403, 403]);
  expect(events.map(({ action }: { action: string }) => action)).toEqual(['note.create', 'note.read', 'note.read']);
  expect(events[1]).toMatchObject({
    outcome: 'denied',
    reason: 'forbidden',
    status: 403,
    principal: 'admin',
    tenant: 'north',
    roles: ['admin'],
    method: 'GET',
    route: '/notes/{audit_id}',
    source: '127.0.0.1',
    request_id: answers[1]!.headers.get('x-request-id'),
  });
  // What was denied discloses nothing: not even which note was asked for.
  expect(events[1]).not.toHaveProperty('audit_id');
});

describe('a tenant', () => {
  test('[164.312(a)(1)] gets 404 for a note of another, as for one that does not exist, and a failure in its own trail', async () => {
    const south = await as('southClinician');
    const auditId = await note();

    const others = await south.get(`/notes/${auditId}`);
    const none = await south.get('/notes/0192f0c1-2345-7abc-8def-0123456789ab');
    const { events } = (await (await as('southAuditor')).post('/audit/search', { action: 'note.read' })).body;

    expect(others.status).toBe(404);
    expect({ ...others.body, instance: '' }).toEqual({ ...none.body, instance: '' });
    expect(events).toContainEqual(
      expect.objectContaining({ tenant: 'south', outcome: 'failure', reason: 'not-found', audit_id: auditId }),
    );
    expect(events.every(({ patient_ref }: { patient_ref?: string }) => patient_ref === undefined)).toBe(true);
  });

  test('does not see that another tenant looked for its note', async () => {
    const auditId = await note();
    await (await as('southClinician')).get(`/notes/${auditId}`);

    const { events } = (await (await as('auditor')).get(`/audit/events/${auditId}`)).body;

    expect(events.map(({ tenant, action }: Record<string, string>) => [tenant, action])).toEqual([
      ['north', 'note.create'],
    ]);
  });

  test('finds none of the notes of another with the same patient id', async () => {
    await note();

    const found = await (await as('southClinician')).post('/notes/search', { patient_id: 'patient-1' });
    const own = await (await as('clinician')).post('/notes/search', { patient_id: 'patient-1' });

    expect(found.body.notes).toEqual([]);
    expect(own.body.notes.length).toBeGreaterThan(0);
  });

  test('gets 404 for the events of another tenant’s note, and finds none of its events', async () => {
    const auditId = await note();
    const south = await as('southAuditor');

    // A first look by somebody of the tenant itself would be an event of its own.
    const events = await south.get(`/audit/events/${auditId}`);
    const found = await south.post('/audit/search', { limit: 200 });

    expect(events.status).toBe(404);
    expect(new Set(found.body.events.map(({ tenant }: { tenant: string }) => tenant))).toEqual(new Set(['south']));
  });

  test('has its own reference for a patient that another tenant names alike', async () => {
    await (await as('southClinician')).ingest('patient-1', 'a note of the south');
    await note();
    const reference = async (name: 'auditor' | 'southAuditor') => {
      const { events } = (await (await as(name)).post('/audit/search', { action: 'note.create' })).body;
      return events[0].patient_ref;
    };

    expect(await reference('southAuditor')).not.toBe(await reference('auditor'));
  });

  test('[164.312(a)(2)(i)] is told apart by its key, not by the name of the principal', async () => {
    const { url, tokens } = await stage;
    const from = new Date().toISOString();
    await clientOf(url, tokens.southClinician).ingest('p', 'of the south');

    const { events } = (await (await as('auditor')).post('/audit/search', { from, principal: 'clinician' })).body;

    expect(events).toEqual([]);
  });
});
