import { createCanary, leaksIn } from '../support/canary.ts';
import type { Client } from '../support/client.ts';
import { findPostgres } from '../support/postgres.ts';
import { createOwnDatabase, embeddedDatabase } from '../support/service.ts';
import { startStage } from '../support/stage.ts';
import { keys, type Name, reason } from './fixture.ts';

// Its files are read: they have to hold nothing of other tests.
const database = findPostgres() ? createOwnDatabase() : Promise.resolve(embeddedDatabase());
const stage = database.then((own) => startStage({ keys, env: { BREAK_GLASS_RATE_LIMIT: 'off' }, database: own }));
afterAll(async () => (await stage).stop());
const as = async (name: Name) => (await stage).as(name);
const note = async (patientId: string, careTeam: string): Promise<string> => {
  const body = { patient_id: patientId, note_text: 'n', care_team: careTeam };
  return (await (await as('ehr')).post('/ingest', body)).body.audit_id;
};

test.each<[string, object | string, string]>([
  ['no reason code', { reason_code: undefined }, '/reason_code'],
  ['a code that is none', { reason_code: 'CURIOUS' }, '/reason_code'],
  ['the name of a member of every object', { reason_code: 'constructor' }, '/reason_code'],
  ['no text', { reason_text: undefined }, '/reason_text'],
  ['a blank text', { reason_text: '          \n\t       ' }, '/reason_text'],
  ['a short text', { reason_text: '   urgent   ' }, '/reason_text'],
  ['a long text', { reason_text: 'x'.repeat(1_001) }, '/reason_text'],
  ['a text with NUL', { reason_text: 'a reason with \u0000' }, '/reason_text'],
  [
    'a text that is not Unicode',
    '{"patient_id":"p","reason_code":"BTG","reason_text":"a reason with \\ud800"}',
    '/reason_text',
  ],
  ['a patient and a note', { audit_id: '0192f0c1-2345-7abc-8def-0123456789ab' }, '/patient_id'],
  ['neither', { patient_id: undefined }, '/patient_id'],
  ['a note that is no UUID', { patient_id: undefined, audit_id: "' OR 1=1" }, '/audit_id'],
  ['a blank patient', { patient_id: '   ' }, '/patient_id'],
])('%s is refused with 422, and opens nothing', async (_what, body, pointer) => {
  const sent = typeof body === 'string' ? body : { patient_id: 'p', ...reason, ...body };
  const answer = await (await as('ward')).post('/break-glass', sent);

  expect([answer.status, answer.body.errors?.map((error: { pointer: string }) => error.pointer)]).toEqual([
    422,
    [pointer],
  ]);
});

test('the words of a reason are in no log, in no event, and in the clear in no file of the database', async () => {
  const { service } = await stage;
  const { server, folder } = await database;
  const canary = createCanary();
  const auditId = await note('p-1', 'cardiology');
  const ward = await as('ward');
  const text = `${canary.phrase('reason')} ${canary.word('reason')}`;
  const { body } = await ward.post('/break-glass', { audit_id: auditId, reason_code: 'BTG', reason_text: text });
  // Where it is refused it must not come back either.
  const refused = [
    await ward.post('/break-glass', { patient_id: 'p', reason_code: canary.word('code'), reason_text: text }),
    await ward.post('/break-glass', { patient_id: canary.word('nobody'), reason_code: 'BTG', reason_text: text }),
    await ward.post('/ingest', { patient_id: 'p', note_text: 'n', care_team: canary.word('team') }),
  ];
  await server?.query('CHECKPOINT');

  expect((await (await as('auditor')).get(`/break-glass/${body.grant_id}`)).body.reason_text).toBe(text);
  expect(refused.map(({ status }) => status)).toEqual([422, 404, 422]);
  expect(refused.flatMap((answer) => canary.findIn(answer.text))).toEqual([]);
  expect(service.output()).toContain('/break-glass');
  expect(canary.findIn(service.output())).toEqual([]);
  expect(leaksIn(folder, canary).leaks).toEqual([]);
});

test('the name of a care team is in no log and in no event', async () => {
  const { service } = await stage;
  const team = 'zqteam-that-nobody-else-has';
  const auditId = await note('p-2', team);
  await (await as('ward')).get(`/notes/${auditId}`);
  await (await as('ward')).post('/break-glass', { audit_id: auditId, ...reason });
  await (await as('ward')).get(`/notes/${auditId}`);

  const { events } = (await (await as('auditor')).get(`/audit/events/${auditId}`)).body;

  expect(events.length).toBe(4);
  expect(JSON.stringify(events)).not.toContain(team);
  expect(service.output()).not.toContain(team);
});

describe('how often', () => {
  const limited = startStage({ keys, env: { BREAK_GLASS_RATE_LIMIT: '2/hour', BREAK_GLASS_MINUTES: '5' } });
  afterAll(async () => (await limited).stop());

  test('a principal may ask is bounded, apart from all other requests; refusals of form do not count', async () => {
    const stage = await limited;
    const [ward, nurse] = [stage.as('ward'), stage.as('nurse')];
    await stage.as('ehr').post('/ingest', { patient_id: 'p', note_text: 'n', care_team: 'cardiology' });
    const ask = (client: Client, over: object = {}) =>
      client.post('/break-glass', { patient_id: 'p', ...reason, ...over });

    const answers = [
      await ask(ward, { reason_code: 'NONE' }),
      await ask(ward),
      await ask(ward),
      await ask(ward),
      await ask(nurse),
    ];

    expect(answers.map(({ status }) => status)).toEqual([422, 200, 200, 429, 200]);
    expect(Number(answers[3]!.headers.get('retry-after'))).toBeGreaterThan(3000);
    expect((await ward.post('/notes/search', { patient_id: 'p' })).status).toBe(200);
    const { opened_at, expires_at } = answers[1]!.body;
    expect(Date.parse(expires_at) - Date.parse(opened_at)).toBe(5 * 60_000);
  });
});
