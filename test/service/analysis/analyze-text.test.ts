import { startStage } from '../support/stage.ts';

const stage = startStage({ keys: { ehr: { roles: ['integration'] }, auditor: { roles: ['auditor'] } } });
afterAll(async () => (await stage).stop());

const note = 'Assessment:\r\nNo pneumonia. Hypertension.\r\nPlan: start lisinopril 10 mg daily.';

test('a text is analysed as a stored note is, and nothing of it is stored', async () => {
  const { as, database } = await stage;

  const { status, body } = await as('ehr').post('/analyze?v2=true', { note_text: note });
  const { events } = (await as('auditor').post('/audit/search', { action: 'note.analyze' })).body;

  expect(status).toBe(200);
  const { findings, v2 } = body.analysis;
  const told = findings.map((one: Record<string, unknown>) => [one.text, one.negation]);
  expect(told).toEqual([
    ['pneumonia', 'negated'],
    ['Hypertension', 'affirmed'],
  ]);
  for (const { start, end, text } of [...findings, ...v2.medications]) expect(note.slice(start, end)).toBe(text);
  expect(events).toHaveLength(1);
  expect(events[0]).toMatchObject({ outcome: 'success', route: '/analyze' });
  expect(events[0]).not.toHaveProperty('audit_id');
  const stored = await database.server?.query('SELECT FROM notes UNION ALL SELECT FROM analyses');
  expect(stored ?? []).toHaveLength(0);
});

test('version 2 is given where it is asked for', async () => {
  const { body } = await (await stage).as('ehr').post('/analyze', { note_text: note });

  expect(body.analysis).not.toHaveProperty('v2');
});

test('ages are counted from the day that is given', async () => {
  const born = { note_text: 'DOB 03/01/1930. Admitted.' };
  const agesOn = async (day: string) =>
    JSON.stringify((await (await stage).as('ehr').post('/analyze', { ...born, reference_date: day })).body);

  expect(await agesOn('1960-01-01')).not.toBe(await agesOn('2026-01-01'));
});

test.each([
  ['no text', {}],
  ['a blank text', { note_text: ' ' }],
  ['a patient, who is not needed', { note_text: note, patient_id: 'p' }],
  ['a day that is none', { note_text: note, reference_date: '2026-13-01' }],
])('%s is refused with 422', async (_what, body) => {
  expect((await (await stage).as('ehr').post('/analyze', body)).status).toBe(422);
});
