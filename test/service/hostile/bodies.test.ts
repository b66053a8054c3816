import { hostileText, jsonText, marker } from '../support/hostile.ts';
import fc from '../support/properties.ts';
import { startStage } from '../support/stage.ts';

const stage = startStage({ keys: { clinician: { roles: ['clinician'] }, auditor: { roles: ['auditor'] } } });
afterAll(async () => {
  const { service } = await stage;
  const code = await service.stop();
  await (await stage).database.remove();
  expect(code).toBe(0);
});

/** Controls, format characters, unassigned ones, separators that are no space: two ids that look alike. */
const unfitForId = /[\p{C}\p{Default_Ignorable_Code_Point}\p{Zl}\p{Zp}\u2800\u{1d159}\u{13441}\u{13442}]|(?! )\p{Zs}/u;

const routes = [
  ['/ingest', 'clinician'],
  ['/notes/search', 'clinician'],
  ['/audit/search', 'auditor'],
] as const;
const pointers = /^(\/(patient_id|note_text|limit|cursor|from|to|principal|action|outcome))?$/;

/** The answer is one of the contract's, and says nothing that was sent. */
async function expectRefusedOrServed(path: string, who: 'clinician' | 'auditor', body: string | Uint8Array) {
  const { status, text, body: answer, headers } = await (await stage).as(who).post(path, body);

  expect([200, 400, 413, 422]).toContain(status);
  if (status === 200) return;
  expect(headers.get('content-type')).toBe('application/problem+json');
  expect(text).not.toContain(marker);
  expect(Object.keys(answer).filter((name) => !/^(type|title|status|detail|instance|errors)$/.test(name))).toEqual([]);
  for (const { pointer } of answer.errors ?? []) expect(pointer).toMatch(pointers);
  expect(text.length).toBeLessThan(2_000);
}

describe.each(routes)('POST %s', (path, who) => {
  test('[Input sanitization verified] answers any JSON object with 200 or what is wrong with it, and echoes nothing', async () => {
    await fc.assert(
      fc.asyncProperty(jsonText, (body) => expectRefusedOrServed(path, who, body)),
      { numRuns: 100 },
    );
  });

  test('answers any JSON value and any bytes so', async () => {
    const anything = fc.oneof(
      fc.json({ maxDepth: 6 }),
      fc.uint8Array({ maxLength: 300 }),
      fc.tuple(jsonText, fc.nat()).map(([text, at]) => text.slice(0, at % (text.length + 1))),
      fc.tuple(jsonText, fc.uint8Array({ minLength: 1, maxLength: 3 }), fc.nat()).map(([text, bytes, at]) => {
        const buffer = Buffer.from(text);
        buffer.set(bytes.subarray(0, Math.max(0, buffer.length - (at % buffer.length))), at % buffer.length);
        return buffer;
      }),
    );
    await fc.assert(
      fc.asyncProperty(anything, (body) => expectRefusedOrServed(path, who, body)),
      { numRuns: 80 },
    );
  });
});

test('[Input sanitization verified] whatever text is taken is given back byte for byte, and what is not taken is one of five kinds', async () => {
  const client = (await stage).as('clinician');
  await fc.assert(
    fc.asyncProperty(hostileText, hostileText, async (patientId, noteText) => {
      const { status, body } = await client.ingest(patientId, noteText);
      const good = (text: string, max: number) =>
        text.replaceAll(/[\s\p{Cc}\p{Cf}\p{Default_Ignorable_Code_Point}\u2800]/gu, '') !== '' &&
        text.isWellFormed() &&
        !text.includes('\0') &&
        [...text].length <= max;
      const goodId = good(patientId, 50) && !unfitForId.test(patientId);

      expect(status).toBe(goodId && good(noteText, 10_000) ? 200 : 422);
      if (status !== 200) return;
      const read = (await client.get(`/notes/${body.audit_id}`)).body;
      expect([read.patient_id, read.note_text]).toEqual([patientId, noteText]);
    }),
    { numRuns: 120 },
  );
});

test('no two patient ids are taken for one another', async () => {
  const client = (await stage).as('clinician');
  const id = fc
    .string({ unit: 'binary', minLength: 1, maxLength: 6 })
    .filter((text) => text.trim() !== '' && !unfitForId.test(text));
  await fc.assert(
    fc.asyncProperty(id, async (patientId) => {
      const mine = (await client.ingest(patientId, 'n')).body.audit_id;
      const found = async (text: string) =>
        (await client.post('/notes/search', { patient_id: text, limit: 1 })).body.notes?.[0]?.audit_id;

      expect(await found(patientId)).toBe(mine);
      expect(await found(` ${patientId.normalize('NFD')}  `)).toBe(mine);
      for (const other of [`${patientId}\u200b`, `${patientId}\u0301`, `x${patientId}`]) {
        expect(await found(other)).not.toBe(mine);
      }
    }),
    { numRuns: 40 },
  );
});
