import { deidentifyResponse } from '../../../service/src/http/schemas/analysis.ts';
import type { Client } from '../support/client.ts';
import { verifyAudit } from '../support/trail.ts';
import { type AnalysisKey, note, startAnalysisStage } from './fixture.ts';

const stage = startAnalysisStage();
afterAll(async () => (await stage).stop());
const as = async (name: AnalysisKey): Promise<Client> => (await stage).as(name);

describe('POST /deidentify', () => {
  const text = 'Ottilie Vandersloot, MRN 48210337, was seen on 03/14/2026. Call 415-555-0132.';

  test('replaces what identifies, and stores nothing', async () => {
    const client = await as('integration');

    const { status, body } = await client.post('/deidentify', { note_text: text, mode: 'recall-first' });

    expect(status).toBe(200);
    expect(deidentifyResponse.strict().parse(body).deidentified.mode).toBe('recall-first');
    for (const word of ['Vandersloot', '48210337', '03/14/2026', '555-0132']) {
      expect(body.deidentified.text).not.toContain(word);
    }
    for (const { start, end, text: words, output_start, output_end, replacement } of body.deidentified.spans) {
      expect(text.slice(start, end)).toBe(words);
      expect(body.deidentified.text.slice(output_start, output_end)).toBe(replacement);
    }
    const events = (await (await as('auditor')).post('/audit/search', { action: 'note.deidentify' })).body.events;
    expect(events[0]).toMatchObject({ outcome: 'success', principal: 'integration', status: 200 });
    expect(events[0]).not.toHaveProperty('audit_id');
  });

  test('keeps the stand-ins of a patient alike, and those of others apart', async () => {
    const client = await as('clinician');
    const standIns = async (patient?: string): Promise<string> => {
      const body = { note_text: text, patient_id: patient, replacement: 'surrogate' };
      return (await client.post('/deidentify', body)).body.deidentified.text;
    };

    const one = await standIns('p-6');

    expect(await standIns('p-6')).toBe(one);
    expect(await standIns('p-7')).not.toBe(one);
    expect(await standIns()).not.toBe(await standIns());
  });

  test('refuses a mode that it does not know', async () => {
    const { status, body } = await (await as('clinician')).post('/deidentify', { note_text: text, mode: 'all' });

    expect(status).toBe(422);
    expect(body.errors).toEqual([{ pointer: '/mode', detail: 'must be balanced or recall-first' }]);
  });
});

describe('what is kept', () => {
  test('no word of a note or an analysis stands in the log, the trail or the files of the database', async () => {
    const { database, service } = await stage;
    const client = await as('clinician');
    const { body } = await client.ingest('p-canary', `${note}\nZebraCanary has diabetes.`);
    await client.post(`/notes/${body.audit_id}/analysis`, '');
    if (!database.server) return;

    const rows = await database.server.query<{ row: string; sealed: Buffer }>(
      'SELECT a::text AS row, sealed FROM analyses AS a WHERE sealed IS NOT NULL',
    );
    const events = await database.server.query<{ event: string }>('SELECT event FROM audit_events');

    expect(rows.length).toBeGreaterThan(0);
    for (const word of ['ZebraCanary', 'diabetes', 'metoprolol', 'Vandersloot', 'p-canary']) {
      const bytes = Buffer.from(word);
      expect(rows.some(({ row, sealed }) => row.includes(word) || sealed.includes(bytes))).toBe(false);
      expect(events.some(({ event }) => event.includes(word))).toBe(false);
      expect(service.output()).not.toContain(word);
    }
  });

  test('a sealed analysis opens for no other note', async () => {
    const { database } = await stage;
    if (!database.server) return;
    const client = await as('clinician');
    const [one, two] = [await client.ingest('p-8', note), await client.ingest('p-8', note)];
    for (const { body } of [one, two]) await client.post(`/notes/${body.audit_id}/analysis`, '');

    await database.server.query(
      'UPDATE analyses SET sealed = o.sealed, key_id = o.key_id FROM analyses AS o WHERE analyses.audit_id = $1 AND o.audit_id = $2',
      [one.body.audit_id, two.body.audit_id],
    );

    expect((await client.get(`/notes/${one.body.audit_id}/analysis`)).status).toBe(500);
    expect((await client.get(`/notes/${two.body.audit_id}/analysis`)).status).toBe(200);
  });

  test('the chains, that of the workers among them, are whole', async () => {
    const { service, database } = await stage;
    // The embedded database supports one process at a time.
    await service.stop();

    expect(await verifyAudit(database)).toMatchObject({ ok: true });
  });
});
