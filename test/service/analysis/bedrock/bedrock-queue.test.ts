import { noteAnalysisResponse } from '../../../../service/src/http/schemas/analysis.ts';
import { eventually } from '../../../support/eventually.ts';
import { type BedrockServer, nobody, startBedrock } from '../../support/bedrock.ts';
import { type Stage, startStage } from '../../support/stage.ts';

const note = 'Ottilie Vandersloot has chest pain. PLAN: aspirin 81 mg daily.';
const answer = {
  summary: [
    { sentence: 'Chest pain.', quote: 'has chest pain' },
    { sentence: 'Aspirin 81 mg daily.', quote: 'PLAN: aspirin 81 mg daily.' },
  ],
  key_sentences: [{ quote: 'PLAN: aspirin 81 mg daily.', reasons: ['plan'] }],
  findings: [
    {
      quote: 'chest pain',
      kind: 'symptom',
      negation: 'affirmed',
      certainty: 'certain',
      temporality: 'recent',
      experiencer: 'patient',
    },
  ],
  medications: [],
  allergies: [],
  identifiers: [{ quote: 'Ottilie Vandersloot', category: 'NAME' }],
};

const summary = 'Chest pain. Aspirin 81 mg daily.';

let bedrock: BedrockServer;
let stage: Stage<'clinician' | 'auditor'>;

beforeAll(async () => {
  bedrock = await startBedrock([{ tool: answer }]);
  stage = await startStage({
    keys: { clinician: { roles: ['clinician'] }, auditor: { roles: ['auditor'] } },
    env: {
      ...nobody,
      ANALYSIS_ENGINE: 'bedrock',
      ANALYSIS_MAX_ATTEMPTS: '2',
      BEDROCK_MODEL_ID: 'test.model-v1:0',
      BEDROCK_ENDPOINT: bedrock.url,
      BEDROCK_INPUT_PRICE: '0.003',
      BEDROCK_OUTPUT_PRICE: '0.015',
      // Far longer than an acknowledgement takes on a busy machine; what is silent at the end is given back.
      BEDROCK_TIMEOUT_SECONDS: '50',
      BEDROCK_ATTEMPT_TIMEOUT_SECONDS: '50',
      SHUTDOWN_DELAY_SECONDS: '0',
      SHUTDOWN_DEADLINE_SECONDS: '8',
    },
  });
});
afterAll(async () => {
  await stage?.stop();
  await bedrock?.close();
});

const ended = (auditId: string, status: string) =>
  eventually(`the analysis is ${status}`, async () => {
    const found = await stage.as('clinician').get(`/notes/${auditId}/analysis`);
    return found.body.status === status && found;
  });

test('POST /notes/{audit_id}/analysis queues: 202, when to ask again, and then the analysis of the model', async () => {
  bedrock.answers = [{ tool: answer }];
  const client = stage.as('clinician');
  const { body } = await client.ingest('p-1', note);

  const queued = await client.post(`/notes/${body.audit_id}/analysis`, '');
  const done = await ended(body.audit_id, 'done');

  expect(queued.status).toBe(202);
  expect(queued.headers.get('retry-after')).toBe('1');
  expect(noteAnalysisResponse.parse(queued.body).analysis).toBeUndefined();
  expect(noteAnalysisResponse.parse(done.body)).toMatchObject({
    needs_review: false,
    analysis: { engine: 'bedrock', model: { summary, usage: { model: 'test.model-v1:0' } } },
  });
});

test('POST /summarize asks the model at once, and reports its tokens and cost', async () => {
  bedrock.answers = [{ tool: answer }];

  const { status, body } = await stage.as('clinician').post('/summarize', { patient_id: 'p-2', note_text: note });

  expect(status).toBe(200);
  expect(body).toMatchObject({ status: 'summarized', summary, error: null });
  expect(body.llm_metrics).toMatchObject({
    model: 'test.model-v1:0',
    tokens: { input: 1200, output: 300, total: 1500 },
    cost: expect.closeTo(0.0081, 8),
    prompt_version: '2.0.0',
  });
});

test('what the model made up is marked: the summary is to be reviewed', async () => {
  bedrock.answers = [
    { tool: { ...answer, summary: [{ sentence: 'Chest pain. Aspirin 325 mg and warfarin.', quote: 'chest pain' }] } },
  ];

  const { body } = await stage.as('clinician').post('/summarize', { patient_id: 'p-3', note_text: note });
  const read = await stage.as('clinician').get(`/notes/${body.audit_id}/analysis`);

  expect(body.status).toBe('needs_review');
  expect(read.body).toMatchObject({ needs_review: true, review_reasons: expect.arrayContaining(['drug', 'number']) });
});

test('while the model refuses: a note is acknowledged all the same, its summary is an error, and is made later', async () => {
  bedrock.answers = [{ status: 400, error: 'ValidationException' }];
  const client = stage.as('clinician');

  const ingested = await client.post('/ingest?analyze=true', { patient_id: 'p-4', note_text: note });
  const summarized = await client.post('/summarize', { patient_id: 'p-4', note_text: note });
  bedrock.answers = [{ tool: answer }];

  expect(ingested.status).toBe(200);
  expect(summarized.status).toBe(200);
  expect(summarized.body).toMatchObject({ status: 'error', summary: null, llm_metrics: null, error: 'engine-refused' });
  expect((await client.get(`/notes/${summarized.body.audit_id}`)).body.note_text).toBe(note);
  const later = await ended(summarized.body.audit_id, 'done');
  expect(later.body).toMatchObject({ attempts: 2, analysis: { model: { summary } } });
});

test('after its last attempt a job is given up, and can be asked for again', async () => {
  bedrock.answers = [{ status: 400, error: 'ValidationException' }];
  const client = stage.as('clinician');
  const { body } = await client.post('/ingest?analyze=true', { patient_id: 'p-5', note_text: note });

  const failed = await ended(body.audit_id, 'failed');
  bedrock.answers = [{ tool: answer }];
  const again = await client.post(`/notes/${body.audit_id}/analysis`, '');
  const done = await ended(body.audit_id, 'done');

  expect(failed.status).toBe(200);
  expect(failed.body).toMatchObject({ attempts: 2, error: 'engine-refused' });
  expect(again.status).toBe(202);
  expect(done.body).toMatchObject({ attempts: 1 });
  const { events } = (await stage.as('auditor').get(`/audit/events/${body.audit_id}`)).body;
  const refusals = events.filter(({ reason }: { reason?: string }) => reason === 'engine-refused');
  expect(refusals).toHaveLength(2);
  expect(refusals[0]).toMatchObject({ action: 'note.analyze', outcome: 'failure', principal: 'clinician' });
});

test('notes are acknowledged as fast as ever while the model is silent', async () => {
  bedrock.answers = ['silence'];
  const client = stage.as('clinician');
  const times: number[] = [];

  for (let index = 0; index < 30; index++) {
    const started = performance.now();
    const { status } = await client.post('/ingest?analyze=true', { patient_id: 'p-6', note_text: note });
    times.push(performance.now() - started);
    expect(status).toBe(200);
  }

  expect(Math.max(...times)).toBeLessThan(20_000);
  bedrock.answers = [{ tool: answer }];
});

test('nothing of the notes, the answers or the refusals stands in the log', () => {
  const log = stage.service.output();

  expect(log).toContain('analysis_given_up');
  expect(log).not.toMatch(/Vandersloot|chest pain|aspirin|warfarin|quotes the request/i);
});
