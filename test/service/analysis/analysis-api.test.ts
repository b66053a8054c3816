import type { Analysis } from '@healthcare-ai/clinical-text/engine';
import { faultsOf } from '../../../service/src/analysis/check-analysis.ts';
import { noteAnalysisResponse, summarizeResponse } from '../../../service/src/http/schemas/analysis.ts';
import { analysisV2 } from '../../../service/src/http/schemas/analysis-v2.ts';
import { analysisView } from '../../../service/src/http/schemas/analysis-view.ts';
import { eventually } from '../../support/eventually.ts';
import type { Client } from '../support/client.ts';
import { type AnalysisKey, note, startAnalysisStage } from './fixture.ts';

const stage = startAnalysisStage();
afterAll(async () => (await stage).stop());
const as = async (name: AnalysisKey): Promise<Client> => (await stage).as(name);

const camelCase = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(camelCase);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, inner]) => [
      name.replaceAll(/_([a-z])/g, (_, letter: string) => letter.toUpperCase()),
      camelCase(inner),
    ]),
  );
};

const analysisOf = (client: Client, auditId: string) =>
  eventually('the analysis', async () => {
    const answer = await client.get(`/notes/${auditId}/analysis`);
    return answer.status !== 202 && answer;
  });

const eventsOf = async (auditId: string): Promise<Record<string, unknown>[]> =>
  (await (await as('auditor')).get(`/audit/events/${auditId}`)).body.events;

describe('?v2=true', () => {
  test('adds version 2 to the analysis; without it the keys are those of version 1', async () => {
    const client = await as('clinician');
    const { body } = await client.post('/ingest', { patient_id: 'p-1', note_text: note });

    const made = await client.post(`/notes/${body.audit_id}/analysis?v2=true`, undefined);
    const plain = await client.get(`/notes/${body.audit_id}/analysis`);
    const again = await client.get(`/notes/${body.audit_id}/analysis?v2=true`);

    expect(noteAnalysisResponse.strict().parse(made.body).analysis?.v2).toMatchObject({ schema: 2 });
    expect(analysisV2.strict().parse(made.body.analysis.v2).problems.length).toBeGreaterThan(0);
    expect(again.body.analysis).toEqual(made.body.analysis);
    const { v2, ...version1 } = made.body.analysis;
    expect(plain.body.analysis).toEqual(version1);
  });

  test('takes true or false alone', async () => {
    const client = await as('clinician');
    const { body } = await client.post('/ingest', { patient_id: 'p-1', note_text: note });

    expect((await client.post(`/notes/${body.audit_id}/analysis?v2=2`, undefined)).status).toBe(422);
    expect((await client.get(`/notes/${body.audit_id}/analysis`)).status).toBe(404);
  });
});

describe('GET /notes/{audit_id}?analysis=true', () => {
  test('adds what a person sees of the analysis, without the rest, as one event', async () => {
    const client = await as('clinician');
    const { body: stored } = await client.post('/ingest', { patient_id: 'p-1', note_text: note });
    const made = await client.post(`/notes/${stored.audit_id}/analysis?v2=true`, undefined);
    const { body } = await client.get(`/notes/${stored.audit_id}?analysis=true`);

    const { analysis, ...plain } = body;
    expect(plain).toEqual((await client.get(`/notes/${stored.audit_id}`)).body);
    expect(analysis).toMatchObject({ status: 'done', needs_review: made.body.needs_review });
    expect(analysis.analysis).toEqual(analysisView.parse(made.body.analysis));
    expect(analysis.analysis.v2.problems.length).toBe(made.body.analysis.v2.problems.length);
    // The bytes decide how soon a dense note is painted.
    expect(JSON.stringify(body).length).toBeLessThan(JSON.stringify(made.body).length / 2);
    const read = (await eventsOf(stored.audit_id)).filter(({ action }) =>
      /^note\.(read|analysis)/.test(String(action)),
    );
    expect(read.map(({ reason }) => reason)).toEqual(['with-analysis', undefined]);
  });

  test('gives the note alone while it was not analysed', async () => {
    const client = await as('clinician');
    const { body } = await client.post('/ingest', { patient_id: 'p-1', note_text: note });

    expect((await client.get(`/notes/${body.audit_id}?analysis=true`)).body).not.toHaveProperty('analysis');
  });
});

describe('POST /ingest?analyze=true', () => {
  test('acknowledges as without it, and the analysis follows by itself', async () => {
    const client = await as('clinician');

    const { status, body } = await client.post('/ingest?analyze=true', { patient_id: 'p-1', note_text: note });
    const answer = await analysisOf(client, body.audit_id);

    expect(status).toBe(200);
    expect(Object.keys(body)).toEqual(['audit_id', 'received_at', 'status', 'patient_id']);
    expect(answer.status).toBe(200);
    expect(noteAnalysisResponse.strict().parse(answer.body)).toMatchObject({ status: 'done', attempts: 1 });
    expect(answer.body.needs_review).toBe(false);
    expect(faultsOf(note, camelCase(answer.body.analysis) as Analysis)).toEqual([]);
    expect(answer.body.analysis.findings).toContainEqual(
      expect.objectContaining({ text: expect.stringMatching(/fever/), negation: 'negated' }),
    );
  });

  test('leaves in the trail who wished it, and that it was made', async () => {
    const client = await as('integration');
    const { body } = await client.post('/ingest?analyze=true', { patient_id: 'p-1', note_text: note });
    await analysisOf(await as('clinician'), body.audit_id);

    const events = await eventsOf(body.audit_id);

    expect(events.slice(0, 3)).toMatchObject([
      { action: 'note.create', outcome: 'success', principal: 'integration', route: '/ingest' },
      { action: 'note.analyze', outcome: 'success', principal: 'integration', route: '/ingest', reason: 'queued' },
      expect.objectContaining({ principal: expect.any(String) }),
    ]);
    const made = events.find(({ action, route }) => action === 'note.analyze' && route === undefined);
    expect(made).toMatchObject({ outcome: 'success', principal: 'integration', tenant: 'north' });
    expect(new Set(events.map(({ patient_ref }) => patient_ref)).size).toBe(1);
  });

  test('with an Idempotency-Key stores and queues once, and distinguishes another request', async () => {
    const client = await as('clinician');
    const send = (query: string) =>
      client.post(`/ingest${query}`, { patient_id: 'p-1', note_text: note }, { 'Idempotency-Key': 'analyze-once' });

    const first = await send('?analyze=true');
    const again = await send('?analyze=true');
    const other = await send('');

    expect(again.body.audit_id).toBe(first.body.audit_id);
    expect(other.status).toBe(422);
    expect((await analysisOf(client, first.body.audit_id)).body.status).toBe('done');
  });

  test.each(['?analyze=false', '?analyze=false&other=1', '?'])('with %s stores the note alone', async (query) => {
    const client = await as('clinician');

    const { body } = await client.post(`/ingest${query}`, { patient_id: 'p-1', note_text: note });

    expect((await client.get(`/notes/${body.audit_id}/analysis`)).status).toBe(404);
  });

  test.each(['?analyze=yes', '?analyze=', '?analyze', '?analyze=TRUE', '?analyze=true&analyze=true', '?analyze=1'])(
    'refuses %s, and stores nothing',
    async (query) => {
      const client = await as('clinician');
      const patient = `p-refused-${query.length}`;

      const { status, body } = await client.post(`/ingest${query}`, { patient_id: patient, note_text: note });

      expect(status).toBe(422);
      expect(body.errors).toEqual([{ parameter: 'analyze', detail: 'must be true or false, once' }]);
      expect((await client.post('/notes/search', { patient_id: patient })).body.notes).toEqual([]);
    },
  );
});

describe('the analysis of a stored note', () => {
  test('is made at once by the rules, and is the same when it is read or asked for again', async () => {
    const client = await as('clinician');
    const { body } = await client.ingest('p-2', note);

    const made = await client.post(`/notes/${body.audit_id}/analysis`, '');
    const read = await client.get(`/notes/${body.audit_id}/analysis`);
    const again = await client.post(`/notes/${body.audit_id}/analysis`, '');

    expect([made.status, read.status, again.status]).toEqual([200, 200, 200]);
    expect(made.body.analysis.medications.length).toBeGreaterThan(0);
    expect(read.body).toEqual(made.body);
    expect(again.body).toEqual(made.body);
    const actions = (await eventsOf(body.audit_id)).map(({ action, reason }) => [action, reason]);
    expect(actions).toEqual(
      expect.arrayContaining([
        ['note.analyze', 'begun'],
        ['note.analyze', undefined],
        ['note.analysis.read', undefined],
        ['note.analyze', 'done-before'],
      ]),
    );
  });

  test('moves the dates of all notes of a patient by the same days', async () => {
    const client = await as('clinician');
    const shifted = async (patient: string) => {
      const { body } = await client.ingest(patient, note);
      const answer = await client.post(`/notes/${body.audit_id}/analysis`, '');
      const spans: { category: string; text: string; replacement: string }[] = answer.body.analysis.deidentified.spans;
      return spans.find(({ text }) => text === '03/14/2026')?.replacement;
    };

    const [one, two] = [await shifted('p-dates'), await shifted('p-dates')];

    expect(one).toMatch(/\d/);
    expect(one).not.toBe('03/14/2026');
    expect(two).toBe(one);
  });

  test('moves a date without a year by the day of the note', async () => {
    const client = await as('clinician');
    const { body } = await client.ingest('p-partial', 'Fell on 14 March. Wrist still sore.');
    const answer = await client.post(`/notes/${body.audit_id}/analysis`, '');
    const spans: { text: string; replacement: string }[] = answer.body.analysis.deidentified.spans;

    const moved = spans.find(({ text }) => text === '14 March')?.replacement;

    expect(moved).toMatch(/^\d{1,2} [A-Z][a-z]+$/);
    expect(moved).not.toBe('14 March');
  });

  test('is 404 for another tenant, for a note without one, and for a note that does not exist', async () => {
    const client = await as('clinician');
    const south = await as('south');
    const { body } = await client.ingest('p-3', note);
    const none = '/notes/0192f0c1-2345-7abc-8def-0123456789ab/analysis';

    const answers = [
      await client.get(`/notes/${body.audit_id}/analysis`),
      await south.post(`/notes/${body.audit_id}/analysis`, ''),
      await client.post(none, ''),
      await client.get(none),
    ];
    await client.post(`/notes/${body.audit_id}/analysis`, '');

    expect(answers.map(({ status }) => status)).toEqual([404, 404, 404, 404]);
    expect((await south.get(`/notes/${body.audit_id}/analysis`)).status).toBe(404);
  });
});

describe('POST /summarize', () => {
  test('stores the note, answers in the shape of v0.1.0, and says what it took', async () => {
    const client = await as('integration');

    const { status, body } = await client.post('/summarize', { patient_id: 'p-4', note_text: note });
    const stored = await (await as('clinician')).get(`/notes/${body.audit_id}`);

    expect(status).toBe(200);
    expect(summarizeResponse.strict().parse(body)).toMatchObject({
      status: 'summarized',
      patient_id: 'p-4',
      error: null,
    });
    expect(body.summary).toContain('metoprolol');
    for (const line of body.summary.split('\n')) expect(note).toContain(line);
    expect(body.llm_metrics).toMatchObject({ model: 'embedded', tokens: { input: 0, output: 0, total: 0 }, cost: 0 });
    expect(body.llm_metrics.prompt_hash).toMatch(/^[0-9a-f]{64}$/);
    expect(stored.body.note_text).toBe(note);
    const actions = (await eventsOf(body.audit_id)).map(({ action }) => action);
    expect(actions).toEqual(expect.arrayContaining(['note.create', 'note.analyze', 'note.summarize']));
  });

  test('gives the same summary to a retry with the same key, and stores one note', async () => {
    const client = await as('clinician');
    const send = () =>
      client.post('/summarize', { patient_id: 'p-5', note_text: note }, { 'Idempotency-Key': 'summarize-once' });

    const [first, again] = [await send(), await send()];

    expect(again.body).toMatchObject({ audit_id: first.body.audit_id, summary: first.body.summary });
    expect((await client.post('/notes/search', { patient_id: 'p-5' })).body.notes).toHaveLength(1);
  });
});
