import { eventually } from '../../support/eventually.ts';
import { clientOf } from '../support/client.ts';
import {
  createKey,
  embeddedDatabase,
  type ServiceProcess,
  startProcess,
  type TestDatabase,
} from '../support/service.ts';
import { verifyAudit } from '../support/trail.ts';

const note = 'HISTORY: Denies fever.\nPLAN: metoprolol 25 mg daily.';

describe('analyses in the embedded database', () => {
  let database: TestDatabase;
  let service: ServiceProcess;
  let token: string;
  const client = () => clientOf(service.url, token);

  beforeAll(async () => {
    database = embeddedDatabase();
    token = await createKey(database, { roles: ['clinician'] });
    service = await startProcess({ env: { ...database.env, ANALYSIS_WORKERS: '0' } });
  });
  afterAll(async () => {
    service?.child.kill('SIGKILL');
    await database?.remove();
  });

  test('what was queued outlives kill -9, and is done once there is a worker', async () => {
    const ids = await Promise.all(
      Array.from({ length: 5 }, async () => {
        const { body } = await client().post('/ingest?analyze=true', { patient_id: 'p', note_text: note });
        return body.audit_id as string;
      }),
    );
    const queued = await Promise.all(ids.map((id) => client().get(`/notes/${id}/analysis`)));
    service.child.kill('SIGKILL');
    await service.exited;
    service = await startProcess({ env: database.env });

    expect(queued.map(({ status, body }) => [status, body.status])).toEqual(ids.map(() => [202, 'queued']));
    for (const id of ids) {
      const found = await eventually('the analysis', async () => {
        const answer = await client().get(`/notes/${id}/analysis`);
        return answer.status !== 202 && answer;
      });
      expect(found.body).toMatchObject({ status: 'done', attempts: 1 });
    }
  });

  test('a summary and a text without identifiers are made there too', async () => {
    const summarized = await client().post('/summarize', { patient_id: 'p', note_text: note });
    const deidentified = await client().post('/deidentify', { note_text: 'Call 415-555-0132.' });

    expect(summarized.body).toMatchObject({ status: 'summarized', summary: expect.stringContaining('metoprolol') });
    expect(deidentified.body.deidentified.text).toBe('Call [PHONE].');
  });

  test('stops cleanly, with every chain whole', async () => {
    expect(await service.stop()).toBe(0);
    expect(await verifyAudit(database)).toMatchObject({ ok: true });
  });
});
