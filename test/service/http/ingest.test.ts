import { startStage } from '../support/stage.ts';

const stage = startStage({ keys: { clinician: { roles: ['clinician'] } } });
afterAll(async () => (await stage).stop());

const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;
const moment = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/;
const clinician = async () => (await stage).as('clinician');
const pointers = (body: { errors: { pointer: string }[] }) => body.errors.map(({ pointer }) => pointer).sort();

test('a note is answered with 200 and exactly audit_id, received_at, status and patient_id', async () => {
  const before = Date.now();

  const { status, headers, body } = await (await clinician()).ingest('patient-1', 'BP 120/80.');

  expect(status).toBe(200);
  expect(headers.get('content-type')).toBe('application/json; charset=utf-8');
  expect(body).toEqual({
    audit_id: expect.stringMatching(uuid),
    received_at: expect.stringMatching(moment),
    status: 'received',
    patient_id: 'patient-1',
  });
  expect(Date.parse(body.received_at)).toBeGreaterThanOrEqual(before);
  expect(Date.parse(body.received_at)).toBeLessThanOrEqual(Date.now());
});

test('each of two equal notes has an audit_id of its own', async () => {
  const client = await clinician();

  const [one, two] = await Promise.all([client.ingest('p', 'the same'), client.ingest('p', 'the same')]);

  expect(one.body.audit_id).not.toBe(two.body.audit_id);
});

test('fields that the API does not know are ignored', async () => {
  const client = await clinician();
  const sent = { patient_id: 'p-1', note_text: 'kept', extra: { deep: [1] }, audit_id: 'mine', __proto__x: 1 };

  const { status, body } = await client.post('/ingest', sent);

  expect(status).toBe(200);
  expect(Object.keys(body)).toEqual(['audit_id', 'received_at', 'status', 'patient_id']);
  expect((await client.get(`/notes/${body.audit_id}`)).body.note_text).toBe('kept');
});

describe('what does not fit is answered with 422 and a pointer to the field', () => {
  const good = { patient_id: 'p-1', note_text: 'a note' };
  const cases: [string, unknown, string[]][] = [
    ['no fields', {}, ['/note_text', '/patient_id']],
    ['no patient_id', { note_text: 'x' }, ['/patient_id']],
    ['no note_text', { patient_id: 'x' }, ['/note_text']],
    ['an empty patient_id', { ...good, patient_id: '' }, ['/patient_id']],
    ['a blank patient_id', { ...good, patient_id: ' \t\n' }, ['/patient_id']],
    ['an empty note_text', { ...good, note_text: '' }, ['/note_text']],
    ['a blank note_text', { ...good, note_text: ' \r\n\t \u00a0\u2003' }, ['/note_text']],
    ['a number for patient_id', { ...good, patient_id: 7 }, ['/patient_id']],
    ['null for note_text', { ...good, note_text: null }, ['/note_text']],
    ['a list for note_text', { ...good, note_text: ['x'] }, ['/note_text']],
    ['an object for both', { patient_id: {}, note_text: {} }, ['/note_text', '/patient_id']],
    ['true for patient_id', { ...good, patient_id: true }, ['/patient_id']],
    ['51 characters of patient_id', { ...good, patient_id: 'x'.repeat(51) }, ['/patient_id']],
    ['10,001 characters of note_text', { ...good, note_text: 'x'.repeat(10_001) }, ['/note_text']],
    ['10,001 code points beyond the BMP', { ...good, note_text: '🩺'.repeat(10_001) }, ['/note_text']],
    ['51 code points of patient_id beyond the BMP', { ...good, patient_id: '🩺'.repeat(51) }, ['/patient_id']],
    ['U+0000 in note_text', { ...good, note_text: 'a\u0000b' }, ['/note_text']],
    ['U+0000 in patient_id', { ...good, patient_id: 'a\u0000b' }, ['/patient_id']],
    ['a lone high surrogate', '{"patient_id":"p","note_text":"a\\ud800b"}', ['/note_text']],
    ['a lone low surrogate', '{"patient_id":"p\\udc00","note_text":"a"}', ['/patient_id']],
    ['surrogates in the wrong order', '{"patient_id":"p","note_text":"\\ude00\\ud83d"}', ['/note_text']],
    ['a list', [good], ['']],
    ['null', 'null', ['']],
    ['a number', '17', ['']],
    ['a string', '"patient"', ['']],
  ];
  test.each(cases)('[164.312(e)(2)(i)] %s', async (_what, sent, expected) => {
    const { status, headers, body } = await (await clinician()).post('/ingest', sent);

    expect(status).toBe(422);
    expect(headers.get('content-type')).toBe('application/problem+json');
    expect(pointers(body)).toEqual(expected);
    expect(Object.keys(body).sort()).toEqual(['detail', 'errors', 'instance', 'status', 'title', 'type']);
    expect(body).toMatchObject({ type: 'urn:healthcare-ai:problem:invalid-content', status: 422 });
    expect(body.instance).toBe(`urn:uuid:${headers.get('x-request-id')}`);
  });
});

describe('what fits is kept byte for byte', () => {
  const cases: [string, string, string][] = [
    ['1 character each', 'p', 'n'],
    ['50 characters of patient_id', 'x'.repeat(50), 'n'],
    ['50 code points of patient_id beyond the BMP', '🩺'.repeat(50), 'n'],
    ['5,000 characters', 'p', 'n'.repeat(5_000)],
    ['10,000 characters', 'p', 'n'.repeat(10_000)],
    ['10,000 code points beyond the BMP', 'p', '🩺'.repeat(10_000)],
    ['10,000 characters of which each is escaped', 'p', '"'.repeat(10_000)],
    ['white space at both ends', '  p-1 ', '\r\n  a note \u00a0\u2028\t\n\n'],
    ['control characters', 'p', 'a\u0001\u0008\u000b\u001b\u007f\u0085b'],
    ['composed and decomposed letters, which look the same', 'e\u0301', 'é e\u0301 \ufb01 \u212b'],
    ['a byte order mark and non-characters', 'p', '\ufeffa\uffff\u{10ffff}\ufdd0'],
    ['right-to-left text and joiners', 'مريض', 'ضغط \u200f\u202e120/80\u200d 👩‍⚕️'],
    ['what looks like code', "'; DROP TABLE notes; --", `\${jndi:ldap://x} <script>%s\\u0041 {{7*7}} $1`],
  ];
  test.each(cases)('[164.312(e)(2)(i)] %s', async (_what, patientId, noteText) => {
    const client = await clinician();

    const { status, body } = await client.ingest(patientId, noteText);
    const read = await client.get(`/notes/${body.audit_id}`);

    expect(status).toBe(200);
    expect(body.patient_id).toBe(patientId);
    expect(read.status).toBe(200);
    expect(read.body).toEqual({
      audit_id: body.audit_id,
      received_at: body.received_at,
      patient_id: patientId,
      note_text: noteText,
    });
  });
});

test('10,000 code points, each written as an escaped surrogate pair, fit the limit of the body', async () => {
  const escaped = '\\ud83e\\ude7a'.repeat(10_000);
  const patient = '\\ud83e\\ude7a'.repeat(50);
  const client = await clinician();

  const { status, body } = await client.post('/ingest', `{"patient_id":"${patient}","note_text":"${escaped}"}`);

  expect(status).toBe(200);
  expect((await client.get(`/notes/${body.audit_id}`)).body.note_text).toBe('🩺'.repeat(10_000));
});

describe('bytes that are not UTF-8 are answered with 400, for they would be kept as other words', () => {
  const cases: [string, number[]][] = [
    ['a lone surrogate in CESU-8', [0xed, 0xa0, 0x80]],
    ['a surrogate pair in CESU-8', [0xed, 0xa0, 0xbd, 0xed, 0xb8, 0x80]],
    ['an overlong form', [0xc0, 0xaf]],
    ['Latin-1', [0xe9]],
    ['a cut character', [0xf0, 0x9f, 0xa9]],
    ['a code point beyond Unicode', [0xf4, 0x90, 0x80, 0x80]],
  ];
  test.each(cases)('[164.312(e)(2)(i)] %s', async (_what, bytes) => {
    const sent = Buffer.concat([
      Buffer.from('{"patient_id":"p","note_text":"a'),
      Buffer.from(bytes),
      Buffer.from('"}'),
    ]);

    const { status, body } = await (await clinician()).post('/ingest', sent);

    expect(status).toBe(400);
    expect(body).toMatchObject({ type: 'urn:healthcare-ai:problem:bad-request', status: 400 });
  });
});

test.each([
  ['a member', '{"patient_id":"a","patient_id":"b","note_text":"n"}'],
  ['a member whose second name is escaped', String.raw`{"patient_id":"a","patient\u005fid":"b","note_text":"n"}`],
  ['a member that is ignored', '{"patient_id":"a","note_text":"n","x":{"y":1,"y":2}}'],
  ['a prototype', '{"patient_id":"a","note_text":"n","__proto__":1,"__proto__":2}'],
])('%s that is sent twice is refused: two readers could take two notes from it', async (_what, body) => {
  const answer = await (await clinician()).post('/ingest', body);

  expect(answer.status).toBe(422);
  expect(answer.body.errors).toEqual([{ pointer: '', detail: 'must not have two members of one name in an object' }]);
});

test('colons and escapes in a note are not taken for members', async () => {
  const note = { patient_id: 'p', note_text: 'a: "b": \\', other: [{ a: '\\"' }, { a: ':' }, { '": ': {} }] };

  expect((await (await clinician()).post('/ingest', note)).status).toBe(200);
});

test('a byte order mark is skipped, and not kept', async () => {
  const body = Buffer.from('\ufeff{"patient_id":"p","note_text":"\ufeffn"}');
  const client = await clinician();

  const { status, body: answer } = await client.post('/ingest', body);

  expect(status).toBe(200);
  expect((await client.get(`/notes/${answer.audit_id}`)).body.note_text).toBe('\ufeffn');
});

test('MAX_NOTE_LENGTH raises how long a note may be, and the limit of the body with it', async () => {
  const longer = await startStage({ keys: { ehr: { roles: ['integration'] } }, env: { MAX_NOTE_LENGTH: '20000' } });
  const note = (count: number) => `{"patient_id":"p","note_text":"${'\\ud83e\\ude7a'.repeat(count)}"}`;
  try {
    expect((await longer.as('ehr').post('/ingest', note(20_000))).status).toBe(200);
    expect((await longer.as('ehr').post('/ingest', note(20_001))).status).toBe(422);
  } finally {
    await longer.stop();
  }
});

test('the answer to a request that was stored before is marked, and the first one is not', async () => {
  const client = await clinician();
  const send = () => client.ingest('p', 'a note', { 'Idempotency-Key': 'replay-1' });

  const answers = [await send(), await send()];

  expect(answers.map(({ headers }) => headers.get('idempotency-replayed'))).toEqual([null, 'true']);
  expect(answers[1]!.body).toEqual(answers[0]!.body);
  expect((await client.ingest('p', 'a note')).headers.has('idempotency-replayed')).toBe(false);
});
