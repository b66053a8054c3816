/** @slow */

import { setTimeout as sleep } from 'node:timers/promises';
import { eventually } from '../../support/eventually.ts';
import { type AnalyzeWorker, startAnalyzeWorker } from '../support/analyze-worker.ts';
import { type BedrockServer, nobody, startBedrock } from '../support/bedrock.ts';
import type { Client } from '../support/client.ts';
import { runCommand } from '../support/service.ts';
import { describeWithPostgres } from '../support/skips.ts';
import { type Stage, startStage } from '../support/stage.ts';
import { readTrail, type TrailEvent, verifyAudit } from '../support/trail.ts';

const lists = { key_sentences: [], findings: [], medications: [], allergies: [], identifiers: [] };
const answer = { summary: [{ sentence: 'Cough.', quote: 'The patient has a cough.' }], ...lists };
const note = 'The patient has a cough.';

describeWithPostgres()('the queue of analyses', () => {
  let bedrock: BedrockServer;
  let stage: Stage<'clinician'>;
  let client: Client;
  const workers: AnalyzeWorker[] = [];

  const settings = (): Record<string, string> => ({
    ...stage.database.env,
    ...nobody,
    ANALYSIS_ENGINE: 'bedrock',
    BEDROCK_MODEL_ID: 'test.model-v1:0',
    BEDROCK_ENDPOINT: bedrock.url,
    // A quarter of it is for what was given back to be written down.
    SHUTDOWN_DEADLINE_SECONDS: '8',
  });
  const startWorker = async (env: Record<string, string> = {}) => {
    const worker = await startAnalyzeWorker({ ...settings(), ...env });
    workers.push(worker);
    return worker;
  };
  const queueNote = async (): Promise<string> =>
    (await client.post('/ingest?analyze=true', { patient_id: 'p-1', note_text: note })).body.audit_id;
  const row = async (auditId: string) =>
    (
      await stage.database.server!.query<{ status: string; attempts: number; failure: string | null }>(
        'SELECT status, attempts, failure FROM analyses WHERE audit_id = $1',
        [auditId],
      )
    )[0]!;
  const eventsOf = async (auditId: string): Promise<TrailEvent[]> =>
    [...(await readTrail(stage.database)).chains.values()].flat().filter((event) => event.audit_id === auditId);
  const madeTimes = (events: readonly TrailEvent[]): number =>
    events.filter(({ action, outcome, reason }) => action === 'note.analyze' && outcome === 'success' && !reason)
      .length;

  beforeAll(async () => {
    bedrock = await startBedrock([{ tool: answer }]);
    // The process that takes notes in leaves their analyses to others.
    stage = await startStage({ keys: { clinician: { roles: ['clinician'] } }, env: { ANALYSIS_WORKERS: '0' } });
    client = stage.as('clinician');
  });
  afterAll(async () => {
    for (const { child } of workers) child.kill('SIGKILL');
    await stage?.stop();
    await bedrock?.close();
  });

  test('waits while no worker runs', async () => {
    const auditId = await queueNote();
    await sleep(300);

    expect(await row(auditId)).toMatchObject({ status: 'queued', attempts: 0 });
    const worker = await startWorker();
    await eventually('it is done', async () => (await row(auditId)).status === 'done');
    worker.child.kill('SIGTERM');
    expect(await worker.exited).toBe(0);
  });

  test('a worker that receives a stop signal gives back what it cannot finish, at once and uncounted', async () => {
    bedrock.answers = ['silence'];
    bedrock.requests.length = 0;
    const auditId = await queueNote();
    const worker = await startWorker();
    await eventually('the model was asked', () => bedrock.requests.length > 0);

    worker.child.kill('SIGTERM');

    expect(await worker.exited).toBe(0);
    expect(await row(auditId)).toMatchObject({ status: 'queued', attempts: 0, failure: 'stopped' });
    bedrock.answers = [{ tool: answer }];
    const next = await startWorker();
    await eventually('another took it up', async () => (await row(auditId)).status === 'done');
    next.child.kill('SIGTERM');
    await next.exited;
  });

  test('what a worker held that was killed, or no longer answered, is taken up by another, and done once', async () => {
    bedrock.answers = ['silence'];
    bedrock.requests.length = 0;
    // Silent for longer than it lives: an attempt that timed out would count.
    const killed = await startWorker({ BEDROCK_TIMEOUT_SECONDS: '50', BEDROCK_ATTEMPT_TIMEOUT_SECONDS: '50' });
    const first = await queueNote();
    await eventually('the first was taken', () => bedrock.requests.length > 0);
    const stopped = await startWorker({ BEDROCK_TIMEOUT_SECONDS: '10', BEDROCK_ATTEMPT_TIMEOUT_SECONDS: '10' });
    const second = await queueNote();
    await eventually('the second was taken', async () => (await row(second)).attempts > 0);

    killed.child.kill('SIGKILL');
    stopped.child.kill('SIGSTOP');
    bedrock.answers = [{ tool: answer }];
    await startWorker();
    const done = async (auditId: string) => (await row(auditId)).status === 'done';
    await eventually('both are done', async () => (await done(first)) && (await done(second)));
    stopped.child.kill('SIGCONT');
    await eventually('the stopped worker lost its lease', async () =>
      (await eventsOf(second)).some(({ reason }) => reason === 'lease-lost'),
    );

    expect(await killed.exited).toBe('SIGKILL');
    expect((await row(first)).attempts).toBe(2);
    expect((await row(second)).attempts).toBe(2);
    expect(madeTimes(await eventsOf(first))).toBe(1);
    expect(madeTimes(await eventsOf(second))).toBe(1);
    const read = await client.get(`/notes/${second}/analysis`);
    expect(read.body.analysis.model.summary).toBe('Cough.');
    for (const { child } of workers) child.kill('SIGKILL');
  });

  test('is emptied by several workers, each note analysed once', async () => {
    const rules = { ANALYSIS_ENGINE: 'embedded', ANALYSIS_WORKERS: '2' };
    const ids = await Promise.all(Array.from({ length: 120 }, queueNote));
    const both = await Promise.all([startWorker(rules), startWorker(rules)]);
    await eventually('all are done', async () =>
      (await Promise.all(ids.map(row))).every(({ status }) => status === 'done'),
    );

    for (const { child } of both) child.kill('SIGTERM');
    expect(await Promise.all(both.map(({ exited }) => exited))).toEqual([0, 0]);
    const events = [...(await readTrail(stage.database)).chains.values()].flat();
    const made = new Map(ids.map((id) => [id, 0]));
    for (const event of events) {
      if (madeTimes([event]) === 1 && made.has(event.audit_id!))
        made.set(event.audit_id!, made.get(event.audit_id!)! + 1);
    }
    expect([...new Set(made.values())]).toEqual([1]);
    expect((await Promise.all(ids.map(row))).every(({ attempts }) => attempts === 1)).toBe(true);
  });

  test('a job that ends its worker each time is given up', async () => {
    const auditId = await queueNote();
    await stage.database.server!.query(
      "UPDATE analyses SET status = 'running', lease = gen_random_uuid(), attempts = 6, due_at = now() WHERE audit_id = $1",
      [auditId],
    );

    const worker = await startWorker();
    await eventually('it is given up', async () => (await row(auditId)).status === 'dead');
    worker.child.kill('SIGTERM');
    await worker.exited;

    expect((await client.get(`/notes/${auditId}/analysis`)).body).toMatchObject({ status: 'failed' });
  });

  test('what was given up is queued again by a command, which leaves an event, and is done', async () => {
    const [dead] = await stage.database.server!.query<{ audit_id: string }>(
      "SELECT audit_id FROM analyses WHERE status = 'dead'",
    );
    bedrock.answers = [{ tool: answer }];

    const none = await runCommand(['requeue-analyses', '--tenant', 'south'], stage.database.env);
    const { code, stdout } = await runCommand(['requeue-analyses'], stage.database.env);
    const worker = await startWorker();
    await eventually('it is done', async () => (await row(dead!.audit_id)).status === 'done');
    worker.child.kill('SIGTERM');
    await worker.exited;

    expect(none.stdout).toBe('queued 0 analyses\n');
    expect([code, stdout]).toEqual([0, 'queued 1 analyses\n']);
    expect(await row(dead!.audit_id)).toMatchObject({ attempts: 1 });
    const events = [...(await readTrail(stage.database)).chains.values()].flat();
    expect(events).toContainEqual(expect.objectContaining({ route: 'requeue-analyses', tenant: 'north', count: 1 }));
  });

  test('keeps every audit chain whole, those of killed workers too', async () => {
    expect(await verifyAudit(stage.database)).toMatchObject({ ok: true });
  });

  test('is not there to be changed but by the service: its role can neither delete a row nor change a note', async () => {
    const may = async (table: string, right: string) =>
      (
        await stage.database.server!.query<{ may: boolean }>(
          "SELECT has_table_privilege('healthcare_ai', $1, $2) AS may",
          [table, right],
        )
      )[0]!.may;

    expect(await may('analyses', 'DELETE')).toBe(false);
    expect(await may('analyses', 'TRUNCATE')).toBe(false);
    expect(await may('notes', 'UPDATE')).toBe(false);
    expect(await may('analyses', 'UPDATE')).toBe(true);
  });
});

test('analyze-worker says in one line what it cannot work without', async () => {
  const none = await runCommand(['analyze-worker'], {});
  const zero = await runCommand(['analyze-worker'], {
    DATABASE_URL: 'postgresql://x@127.0.0.1:1/x',
    ENCRYPTION_KEY: 'ab'.repeat(32),
    ANALYSIS_WORKERS: '0',
  });

  expect([none.code, zero.code]).toEqual([2, 2]);
  expect(none.stderr).toMatch(/^healthcare-ai: analyze-worker requires DATABASE_URL: .*\n$/);
  expect(zero.stderr).toMatch(/^healthcare-ai: analyze-worker requires ANALYSIS_WORKERS of at least 1\n$/);
});
