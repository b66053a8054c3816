import { eventually } from '../../support/eventually.ts';
import { clientOf } from '../support/client.ts';
import { runCommand, startProcess } from '../support/service.ts';
import { describeWithPostgres } from '../support/skips.ts';
import { startStage } from '../support/stage.ts';
import { keys, type Name, reason } from './fixture.ts';

describeWithPostgres()('a grant in the database', () => {
  const stage = startStage({ keys });
  afterAll(async () => (await stage).stop());
  const made = async (seconds: number, patientId: string): Promise<{ auditId: string; grantId: string }> => {
    const { as, database } = await stage;
    const body = { patient_id: patientId, note_text: 'n', care_team: 'cardiology' };
    const auditId = (await as('ehr').post('/ingest', body)).body.audit_id;
    const [row] = await database.server!.query<{ grant_id: string }>(
      `INSERT INTO break_glass_grants (grant_id, tenant, principal, reason_code, patient_refs, patient_ref_version, opened_at, expires_at)
       SELECT gen_random_uuid(), 'north', 'ward', 'ETREAT', ARRAY[patient_ref], 1, now() - interval '1 hour', now() + $2 * interval '1 second'
       FROM notes WHERE audit_id = $1 RETURNING grant_id`,
      [auditId, seconds],
    );
    return { auditId, grantId: row!.grant_id };
  };
  const until = async (auditId: string, status: number) => {
    const { as } = await stage;
    return eventually(`${status}`, async () => (await as('ward').get(`/notes/${auditId}`)).status === status, 100);
  };

  test('[164.312(a)(2)(ii)] ends by the time, in every way', async () => {
    const { as } = await stage;
    const { auditId } = await made(5, 'ends');
    const ward = as('ward');

    expect((await ward.get(`/notes/${auditId}`)).status).toBe(200);
    expect(await until(auditId, 403)).toBe(true);

    expect((await ward.post(`/notes/${auditId}/analysis`, '')).status).toBe(403);
    expect((await ward.post('/notes/search', { patient_id: 'ends' })).body).toEqual({ notes: [], withheld: true });
  });

  test('that has ended opens nothing, and may be asked for again', async () => {
    const { as } = await stage;
    const { auditId } = await made(-1, 'ended');
    expect((await as('ward').get(`/notes/${auditId}`)).status).toBe(403);

    await as('ward').post('/break-glass', { patient_id: 'ended', ...reason });

    expect((await as('ward').get(`/notes/${auditId}`)).status).toBe(200);
  });

  test('can be made longer by nobody, moved to nobody, and taken back from the record by nobody', async () => {
    const { database } = await stage;
    const { grantId } = await made(60, 'final');
    const server = database.server!;

    for (const change of [
      `UPDATE break_glass_grants SET expires_at = now() + interval '1 day' WHERE grant_id = '${grantId}'`,
      'DELETE FROM break_glass_grants',
      'DELETE FROM break_glass_reasons',
      'TRUNCATE break_glass_grants CASCADE',
    ]) {
      await expect(server.query(change)).rejects.toThrow(/additions only/);
    }
    await expect(
      server.query(`INSERT INTO break_glass_grants SELECT gen_random_uuid(), tenant, principal, audit_id, reason_code,
        patient_refs, patient_ref_version, now(), now() + interval '25 hours' FROM break_glass_grants LIMIT 1`),
    ).rejects.toThrow(/check/);
  });

  test('is found for notes under an older key for patients as well', async () => {
    const before = await stage;
    const body = { patient_id: 'rotated', note_text: 'n', care_team: 'cardiology' };
    const older = (await before.as('ehr').post('/ingest', body)).body.audit_id;
    const rotated = await runCommand(['keys', 'rotate-index'], before.database.ownerEnv);
    expect(rotated.code).toBe(0);
    // Another process, which knows both keys from its start.
    const service = await startProcess({ env: before.database.env });
    try {
      const client = (name: Name) => clientOf(service.url, before.tokens[name]);
      const newer = (await client('ehr').post('/ingest', body)).body.audit_id;
      const statuses = async () => [
        (await client('ward').get(`/notes/${older}`)).status,
        (await client('ward').get(`/notes/${newer}`)).status,
      ];
      expect(await statuses()).toEqual([403, 403]);

      expect((await client('ward').post('/break-glass', { audit_id: older, ...reason })).status).toBe(200);

      expect(await statuses()).toEqual([200, 200]);
      expect((await client('ward').post('/notes/search', { patient_id: 'rotated' })).body.notes).toHaveLength(2);
    } finally {
      await service.stop();
    }
  });

  test('a note whose team was changed in the database opens for nobody', async () => {
    const { as, database } = await stage;
    const body = { patient_id: 'moved', note_text: 'n', care_team: 'cardiology' };
    const auditId = (await as('ehr').post('/ingest', body)).body.audit_id;
    // What only the owner of the database can do, and only past a trigger.
    await database.server!.query('ALTER TABLE notes DISABLE TRIGGER USER');
    await database.server!.query('UPDATE notes SET care_team = NULL WHERE audit_id = $1', [auditId]);
    await database.server!.query('ALTER TABLE notes ENABLE TRIGGER USER');

    expect((await as('ward').get(`/notes/${auditId}`)).status).toBe(500);
  });
});
