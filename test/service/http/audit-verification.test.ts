import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { auditTools } from '../../../service/src/runtime/audit-tools.ts';
import { eventually } from '../../support/eventually.ts';
import { startStage } from '../support/stage.ts';

const auditors = { ehr: { roles: ['integration'] }, auditor: { roles: ['auditor'] } };
const folder = mkdtempSync(join(tmpdir(), 'healthcare-ai-published-'));
const stage = startStage({ keys: auditors, env: { AUDIT_CHECKPOINT_SECONDS: '1', AUDIT_DIR: folder } });
afterAll(async () => {
  await (await stage).stop();
  rmSync(folder, { recursive: true, force: true });
});

describe('the state of the trail', () => {
  test('names the newest checkpoint, its age, and how far it is published', async () => {
    const { as } = await stage;
    await as('ehr').ingest('p', 'n');
    const state = await eventually('a checkpoint is published', async () => {
      const { body } = await as('auditor').get('/audit/verification');
      return body.published[0]?.checkpoint > 0 && body;
    });

    expect(state).toEqual({
      sealing: 'on',
      waiting_seconds: expect.any(Number),
      broken_chains: 0,
      checkpoint: {
        number: expect.any(Number),
        hash: expect.stringMatching(/^[0-9a-f]{64}$/),
        made_at: expect.any(String),
        age_seconds: expect.any(Number),
      },
      published: [{ sink: 'files', checkpoint: expect.any(Number), published_at: expect.any(String) }],
    });
    expect(state.checkpoint.number).toBeGreaterThanOrEqual(state.published[0].checkpoint);
  });

  test('has the outcome of the newest verification, and to read it is an event', async () => {
    const { as, database } = await stage;
    if (!database.server) return;
    const store = await auditTools({ env: database.ownerEnv, stderr: process.stderr }).openStore();
    const event = { action: 'audit.verify', principal: 'operator:sam', route: 'audit verify' } as const;
    await store.record({ ...event, outcome: 'failure', count: 11, recordedAt: '2026-01-01T00:00:00.000Z' });
    await store.record({ ...event, outcome: 'success', count: 12, recordedAt: '2026-01-02T00:00:00.000Z' });
    await store.close();

    const { verification } = (await as('auditor').get('/audit/verification')).body;
    const { events } = (await as('auditor').post('/audit/search', { action: 'audit.read', limit: 1 })).body;

    expect(verification).toEqual({
      outcome: 'success',
      verified_at: '2026-01-02T00:00:00.000Z',
      age_seconds: expect.any(Number),
      events: 12,
    });
    expect(verification.age_seconds).toBeGreaterThan(0);
    expect(events[0]).toMatchObject({ outcome: 'success', route: '/audit/verification' });
  });
});

test('without a signing key nothing is sealed, and the state says so', async () => {
  const { database } = await stage;
  if (!database.server) return;
  const unsigned = await startStage({
    keys: auditors,
    env: { AUDIT_SIGNING_KEY: '', ENCRYPTION_KEY: randomBytes(32).toString('base64') },
  });
  try {
    expect((await unsigned.as('auditor').get('/audit/verification')).body).toEqual({ sealing: 'off', published: [] });
  } finally {
    await unsigned.stop();
  }
});
