import type { Client } from '../support/client.ts';
import { startStage } from '../support/stage.ts';
import { walk } from '../support/walk.ts';

const stage = startStage({
  keys: {
    ehr: { principal: 'ehr', roles: ['integration'] },
    heart: { principal: 'heart', roles: ['clinician'], careTeams: ['cardiology', 'ward-3b'] },
    nobody: { principal: 'nobody', roles: ['clinician'] },
    auditor: { roles: ['auditor'] },
    south: { tenant: 'south', principal: 'south', roles: ['clinician'], careTeams: ['cardiology'] },
  },
});
afterAll(async () => (await stage).stop());

const send = async (ehr: Client, careTeam?: string): Promise<{ audit_id: string; received_at: string }> => {
  const body = { patient_id: 'p-1', note_text: 'BP 120/80', care_team: careTeam };
  return (await ehr.post('/ingest', body)).body;
};
const idsOf = (notes: readonly { readonly audit_id: string }[]) => notes.map(({ audit_id }) => audit_id);

describe('the work list', () => {
  test('has the notes of the own care teams and of none, newest first, and never those of others', async () => {
    const { as } = await stage;
    const mine = [await send(as('ehr'), 'cardiology'), await send(as('ehr')), await send(as('ehr'), 'ward-3b')];
    await send(as('ehr'), 'oncology');
    await as('south').post('/ingest', { patient_id: 'p-1', note_text: 'BP 120/80', care_team: 'cardiology' });

    const { status, body } = await as('heart').post('/notes/search', {});

    expect(status).toBe(200);
    expect(idsOf(body.notes)).toEqual(idsOf(mine).reverse());
    expect(body.notes[0]).toEqual({
      audit_id: mine[2]!.audit_id,
      received_at: mine[2]!.received_at,
      patient_id: 'p-1',
      principal: 'ehr',
      care_team: 'ward-3b',
    });
    expect(body.withheld).toBe(false);
    expect(idsOf((await as('nobody').post('/notes/search', {})).body.notes)).toEqual([mine[1]!.audit_id]);
  });

  test('has the patient of each note, and no patient for one that cannot be opened', async () => {
    const { as, database } = await stage;
    const sent = [];
    for (let n = 0; n < 25; n++) {
      const body = { patient_id: `p-${n}`, note_text: 'BP 120/80', care_team: 'ward-3b' };
      sent.push((await as('ehr').post('/ingest', body)).body.audit_id);
    }
    await database.server?.query(
      `ALTER TABLE notes DISABLE TRIGGER ALL; UPDATE notes SET sealed = '\\x00' WHERE audit_id = '${sent[12]}';
       ALTER TABLE notes ENABLE TRIGGER ALL`,
    );

    const { status, body } = await as('heart').post('/notes/search', { care_team: 'ward-3b', limit: 25 });

    expect(status).toBe(200);
    expect(body.notes.map(({ patient_id }: { patient_id?: string }) => patient_id).reverse()).toEqual(
      sent.map((_, n) => (database.server && n === 12 ? undefined : `p-${n}`)),
    );
  });

  test('of one care team has its notes alone, and another team than the own ones is denied', async () => {
    const { as } = await stage;
    const note = await send(as('ehr'), 'ward-3b');

    const own = await as('heart').post('/notes/search', { care_team: 'ward-3b', limit: 1 });
    const other = await as('heart').post('/notes/search', { care_team: 'oncology' });
    const { events } = (await as('auditor').post('/audit/search', { outcome: 'denied' })).body;

    expect(idsOf(own.body.notes)).toEqual([note.audit_id]);
    expect([other.status, other.body.type]).toEqual([403, 'urn:healthcare-ai:problem:forbidden']);
    expect(events[0]).toMatchObject({ action: 'note.search', principal: 'heart', reason: 'forbidden' });
  });

  test('is walked page by page without a gap and without a repeat', async () => {
    const { as } = await stage;
    await Promise.all(
      Array.from({ length: 20 }, (_, n) => send(as('ehr'), ['cardiology', 'ward-3b', undefined][n % 3])),
    );
    const all = (await as('heart').post('/notes/search', { limit: 200 })).body.notes;

    for (const limit of [1, 7, all.length]) {
      const pages = await walk(as('heart'), '/notes/search', {}, limit, 'notes');
      expect(pages.flat()).toEqual(all);
      expect(pages).toHaveLength(Math.ceil(all.length / limit));
    }
  });

  test('of a time has what was received from its first moment on and before its last, as a search of a patient has', async () => {
    const { as } = await stage;
    const note = await send(as('ehr'), 'cardiology');
    const from = note.received_at;
    const to = new Date(Date.parse(from) + 1).toISOString();
    const found = async (criteria: object) =>
      idsOf((await as('heart').post('/notes/search', { limit: 200, ...criteria })).body.notes).includes(note.audit_id);

    for (const patient of [{}, { patient_id: 'p-1' }]) {
      expect(await found({ ...patient, from, to })).toBe(true);
      expect(await found({ ...patient, from: to })).toBe(false);
      expect(await found({ ...patient, to: from })).toBe(false);
    }
  });

  test('tells which analyses have doubts, and lists those alone or the others alone', async () => {
    const { as, database } = await stage;
    const notes = [await send(as('ehr'), 'cardiology'), await send(as('ehr')), await send(as('ehr'), 'ward-3b')];
    for (const { audit_id } of notes.slice(0, 2)) await as('heart').post(`/notes/${audit_id}/analysis`, '');
    // The rules have no doubts; a model's answer would.
    await database.server?.query('UPDATE analyses SET needs_review = true WHERE audit_id = $1', [notes[0]!.audit_id]);
    const listed = async (criteria: object) =>
      (await as('heart').post('/notes/search', { from: notes[0]!.received_at, ...criteria })).body;

    const { notes: all } = await listed({});

    expect(all.map(({ needs_review }: { needs_review?: boolean }) => needs_review)).toEqual(
      [undefined, false, true].map((review) => (database.server || review !== true ? review : false)),
    );
    if (!database.server) return;
    expect(idsOf((await listed({ needs_review: true })).notes)).toEqual([notes[0]!.audit_id]);
    expect(idsOf((await listed({ needs_review: false })).notes)).toEqual([notes[1]!.audit_id]);
  });

  test('is one event with the names of the criteria, and without a patient', async () => {
    const { as } = await stage;
    const from = new Date().toISOString();
    await as('heart').post('/notes/search', { care_team: 'cardiology', from });

    const { events } = (await as('auditor').post('/audit/search', { from, action: 'note.search' })).body;

    expect(events).toHaveLength(1);
    expect(events[0]).toMatchObject({ criteria: ['care_team', 'from'], count: 0, outcome: 'success' });
    expect(events[0]).not.toHaveProperty('patient_ref');
  });

  test.each<[string, object, string]>([
    ['a care team with a patient', { patient_id: 'p', care_team: 'cardiology' }, '/care_team'],
    ['a wish for doubts with a patient', { patient_id: 'p', needs_review: true }, '/needs_review'],
    ['a time without an offset', { from: '2026-01-01T00:00:00' }, '/from'],
    [
      'a cursor of a search of a patient',
      { cursor: Buffer.from('["2026-01-01T00:00:00.000Z","x"]').toString('base64url') },
      '/cursor',
    ],
    ['a name of a team that is none', { care_team: 'Cardiology Ward' }, '/care_team'],
  ])('refuses %s with 422', async (_what, criteria, pointer) => {
    const { status, body } = await (await stage).as('heart').post('/notes/search', criteria);

    expect([status, body.errors?.[0]?.pointer]).toEqual([422, pointer]);
  });
});

describe('the work list of a team with many notes without doubts', () => {
  test('reads a bounded part of them for a page, and goes on after it', async () => {
    const { as, database } = await stage;
    if (!database.server) return;
    await database.server.query(
      `INSERT INTO notes (audit_id, tenant, received_at, principal, patient_ref, patient_ref_version, key_id, sealed, care_team)
       SELECT ('0190aaaa-' || lpad(to_hex(n), 4, '0') || '-7000-8000-000000000000')::uuid, 'north', timestamptz '2024-07-12', 'ehr',
              decode(repeat('00', 32), 'hex'), 1, gen_random_uuid(), '\\x00', 'ward-3b'
       FROM generate_series(1, 4500) AS n`,
    );
    await database.server.query(
      `INSERT INTO analyses (audit_id, tenant, principal, status, requested_at, due_at, needs_review, key_id, sealed)
       SELECT audit_id, tenant, 'ehr', 'done', now(), now(), right(left(audit_id::text, 13), 4) = '0001', gen_random_uuid(), '\\x00'
       FROM notes WHERE principal = 'ehr' AND audit_id < '0190aaab-0000-7000-8000-000000000000'`,
    );
    const criteria = { to: '2024-08-01T00:00:00Z', care_team: 'ward-3b', needs_review: true };

    const pages = await walk(as('heart'), '/notes/search', criteria, 50, 'notes');

    expect(pages.map(({ length }) => length)).toEqual([0, 0, 1]);
  });
});
