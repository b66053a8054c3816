import type { Answer } from '../support/client.ts';
import { startStage } from '../support/stage.ts';
import { walk } from '../support/walk.ts';

const stage = startStage({
  keys: {
    clinician: { principal: 'dr-jones', roles: ['clinician'] },
    ehr: { principal: 'ehr', roles: ['integration'] },
  },
});
afterAll(async () => (await stage).stop());

describe('notes of a patient', () => {
  test('are listed newest first, with who sent them, and without their text', async () => {
    const [ehr, clinician] = [(await stage).as('ehr'), (await stage).as('clinician')];
    const one = (await ehr.ingest('patient-a', 'first')).body;
    const two = (await clinician.ingest('patient-a', 'second')).body;
    await ehr.ingest('patient-A', 'of another patient: upper case');
    await ehr.ingest('patient- a', 'of another patient: an inner space');

    const { body } = await clinician.post('/notes/search', { patient_id: 'patient-a' });

    expect(body).toEqual({
      notes: [
        { audit_id: two.audit_id, received_at: two.received_at, principal: 'dr-jones' },
        { audit_id: one.audit_id, received_at: one.received_at, principal: 'ehr' },
      ],
      withheld: false,
    });
  });

  test('are walked page by page without a gap and without a repeat, though many came in the same millisecond', async () => {
    const [ehr, clinician] = [(await stage).as('ehr'), (await stage).as('clinician')];
    const sent: Answer[] = [];
    const moments = () => new Set(sent.map(({ body }) => body.received_at)).size;
    // A slow machine may take a millisecond for each.
    for (let round = 0; sent.length === moments() && round < 5; round++) {
      sent.push(...(await Promise.all(Array.from({ length: 53 }, (_, n) => ehr.ingest('patient-b', `note ${n}`)))));
    }
    const count = sent.length;
    const ids = sent.map(({ body }) => body.audit_id).sort();
    expect(moments()).toBeLessThan(count);

    for (const limit of [Math.ceil(count / 53), 7, count - 1, count, count + 1, 200].filter((one) => one <= 200)) {
      const pages = (await walk(clinician, '/notes/search', { patient_id: 'patient-b' }, limit, 'notes')) as {
        audit_id: string;
        received_at: string;
      }[][];

      expect(pages.map(({ length }) => length)).toEqual(
        Array.from({ length: Math.ceil(count / limit) }, (_, page) => Math.min(limit, count - page * limit)),
      );
      expect(
        pages
          .flat()
          .map(({ audit_id }) => audit_id)
          .sort(),
      ).toEqual(ids);
      const times = pages.flat().map(({ received_at }) => received_at);
      expect(times).toEqual([...times].sort().reverse());
    }
  });

  test('that come in while the pages are walked move nothing', async () => {
    const [ehr, clinician] = [(await stage).as('ehr'), (await stage).as('clinician')];
    for (let n = 0; n < 4; n++) await ehr.ingest('patient-c', `note ${n}`);
    const first = (await clinician.post('/notes/search', { patient_id: 'patient-c', limit: 2 })).body;

    await ehr.ingest('patient-c', 'late');
    const cursor = first.next_cursor;
    const second = (await clinician.post('/notes/search', { patient_id: 'patient-c', limit: 2, cursor })).body;

    const ids = [...first.notes, ...second.notes].map(({ audit_id }: { audit_id: string }) => audit_id);
    expect(new Set(ids).size).toBe(4);
    expect(second.next_cursor).toBeUndefined();
  });

  test('are 50 a page without a limit', async () => {
    const { body } = await (await stage).as('clinician').post('/notes/search', { patient_id: 'patient-b' });

    expect(body.notes).toHaveLength(50);
  });

  test('of a patient who has none are an empty list', async () => {
    const { status, body } = await (await stage).as('clinician').post('/notes/search', { patient_id: 'nobody' });

    expect([status, body]).toEqual([200, { notes: [], withheld: false }]);
  });
});
