import { deidentifyResponse } from '../../../service/src/http/schemas/deidentify.ts';
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

  const known = {
    patient: {
      names: [{ given: ['Ottilie'], family: 'Vandersloot' }],
      birth_date: '1931-02-11',
      identifiers: [{ category: 'MRN', value: 'ZebraMrn 99-17' }],
    },
    staff: [{ family: 'Waters' }],
  };

  test('replaces the identifiers that it is told, and says by pointer which the text does not hold', async () => {
    const client = await as('integration');
    const note = 'vandersloot came, zebramrn9917 on the band; told Waters.';

    const { status, body } = await client.post('/deidentify', { note_text: note, known_identifiers: known });

    expect(status).toBe(200);
    expect(deidentifyResponse.strict().parse(body).deidentified.known).toEqual({
      matches: 3,
      not_found: ['/patient/birth_date'],
    });
    expect(body.deidentified.text).toBe('[NAME] came, [MRN] on the band; told [NAME].');
    expect((await stage).service.output()).not.toMatch(/vandersloot|zebramrn|Waters/i);
  });

  test('shifts dates for a patient by whole weeks, in the order of the locale, or masks them', async () => {
    const client = await as('clinician');
    const dates = async (more: object): Promise<{ text: string; dates?: { order: string; unmoved: number } }> =>
      (await client.post('/deidentify', { note_text: 'Seen 03/04/2025.', patient_id: 'p-6', ...more })).body
        .deidentified;

    expect(await dates({ dates: 'mask' })).toMatchObject({ text: 'Seen [DATE].' });
    expect(await dates({})).toMatchObject({ text: 'Seen [DATE].', dates: { order: 'unclear', unmoved: 1 } });
    const { text: british } = await dates({ locale: 'en-GB' });
    const [, day, month, year] = /^Seen (\d\d)\/(\d\d)\/(\d{4})\.$/.exec(british)!;
    const moved = Date.UTC(2025, 3, 3) - Date.UTC(Number(year), Number(month) - 1, Number(day));
    expect(moved).toBeGreaterThan(0);
    expect(moved % (7 * 86_400_000)).toBe(0);
  });

  test.each([
    [
      'a member of a name that is not known',
      { known_identifiers: { staff: [{ surname: 'SecretName' }] } },
      '/known_identifiers/staff/0',
    ],
    ['a name without words', { known_identifiers: { staff: [{}] } }, '/known_identifiers/staff/0'],
    [
      'a birth date that is none',
      { known_identifiers: { patient: { birth_date: 'SecretName' } } },
      '/known_identifiers/patient/birth_date',
    ],
    [
      'too many names',
      { known_identifiers: { staff: Array(201).fill({ family: 'SecretName' }) } },
      '/known_identifiers/staff',
    ],
    ['a shift without a patient', { dates: 'shift' }, '/dates'],
    ['a locale that is not known', { locale: 'SecretName' }, '/locale'],
  ])('refuses %s, by pointer and without its words', async (_, more, pointer) => {
    const { status, body } = await (await as('clinician')).post('/deidentify', { note_text: text, ...more });

    expect(status).toBe(422);
    expect(body.errors).toContainEqual({ pointer, detail: expect.any(String) });
    expect(JSON.stringify(body)).not.toMatch(/SecretName|surname/);
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
