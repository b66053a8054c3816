import { startStage } from '../support/stage.ts';

const stage = startStage({
  keys: {
    clinician: { principal: 'dr-jones', roles: ['clinician'] },
    auditor: { principal: 'auditor', roles: ['auditor'] },
  },
});
afterAll(async () => (await stage).stop());

const searches: [string, 'clinician' | 'auditor', object][] = [
  ['/notes/search', 'clinician', { patient_id: 'p' }],
  ['/audit/search', 'auditor', {}],
];

describe.each(searches)('%s refuses with 422', (path, who, criteria) => {
  const client = async () => (await stage).as(who);

  test.each([0, -1, 201, 1.5, '7', null, [], 1e300])('the limit %p', async (limit) => {
    const { status, body } = await (await client()).post(path, { ...criteria, limit });

    expect([status, body.errors?.[0]?.pointer]).toEqual([422, '/limit']);
  });

  test('a range of time that ends before it begins', async () => {
    const range = { from: '2026-01-02T00:00:00Z', to: '2026-01-01T23:59:59Z' };
    const { status, body } = await (await client()).post(path, { ...criteria, ...range });

    expect([status, body.errors?.[0]?.pointer]).toEqual([422, '/from']);
  });

  const encode = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');
  const id = '0192f0c1-2345-7abc-8def-0123456789ab';
  const cursors: [string, unknown][] = [
    ['no text', 7],
    ['an empty text', ''],
    ['words', 'next page'],
    ['JSON that is no list', encode({ a: 1 })],
    ['an empty list', encode([])],
    ['a list too short', encode(['2026-01-01T00:00:00Z'])],
    ['a list too long', encode(['2026-01-01T00:00:00Z', id, '1', '2'])],
    ['a time that is none', encode(['yesterday', id, '1'])],
    ['a day that is none', encode(['2026-02-30T00:00:00Z', id, '1'])],
    ['infinity', encode(['infinity', id])],
    ['SQL', encode(["2026-01-01T00:00:00Z'; --", id, '1'])],
    ['an id that is none', encode(['2026-01-01T00:00:00Z', 'x', '1'])],
    ['a number too large for the database', encode(['2026-01-01T00:00:00Z', id, '9'.repeat(19)])],
    ['400 characters and one', 'A'.repeat(401)],
    ['a year that PostgreSQL does not know', encode(['0000-01-01T00:00:00Z', id, '1'])],
    ['a year that PostgreSQL does not know, of notes', encode(['0000-01-01T00:00:00Z', id])],
  ];
  test.each(cursors)('a cursor of %s', async (_what, cursor) => {
    const { status, body } = await (await client()).post(path, { ...criteria, cursor });

    expect([status, body.errors?.[0]?.pointer]).toEqual([422, '/cursor']);
  });

  test('a cursor of the other search, of other criteria, and its own with a piece cut out', async () => {
    const { as } = await stage;
    const other = path === '/notes/search' ? searches[1]! : searches[0]!;
    await as('clinician').ingest('p', 'one');
    await as('clinician').ingest('p', 'two');
    const theirs = (await as(other[1]).post(other[0], { ...other[2], limit: 1 })).body.next_cursor;
    const own = (await (await client()).post(path, { ...criteria, limit: 1 })).body.next_cursor;

    expect((await (await client()).post(path, { ...criteria, cursor: own })).status).toBe(200);
    for (const more of [{ patient_id: 'q' }, { from: '2020-01-01T00:00:00Z' }]) {
      expect((await (await client()).post(path, { ...criteria, ...more, cursor: own })).status).toBe(422);
    }
    for (const cursor of [theirs, own.slice(0, 20), own.slice(20), `A${own.slice(1)}`, `${own}=`, ` ${own}`]) {
      expect((await (await client()).post(path, { ...criteria, cursor })).status).toBe(422);
    }
  });
});

test.each([
  ['a blank patient_id', { patient_id: ' ' }],
  ['51 characters of patient_id', { patient_id: 'x'.repeat(51) }],
  ['a number for patient_id', { patient_id: 1 }],
  ['U+0000 in patient_id', { patient_id: '\u0000' }],
])('/notes/search refuses %s with 422', async (_what, criteria) => {
  const { status, body } = await (await stage).as('clinician').post('/notes/search', criteria);

  expect([status, body.errors[0].pointer]).toEqual([422, '/patient_id']);
});

const badAuditCriteria: [string, string, unknown][] = [
  ['from', 'a day without a time', '2026-01-01'],
  ['from', 'a time without an offset', '2026-01-01T00:00:00'],
  ['from', 'words', 'yesterday'],
  ['to', 'a number', 1767225600],
  ['to', 'a day that is none', '2026-02-30T00:00:00Z'],
  ['from', 'a year that PostgreSQL does not know', '0000-01-01T00:00:00Z'],
  ['to', 'a moment before the year 0', '0000-01-01T00:00:00+23:00'],
  ['to', 'a moment after the year 9999', '9999-12-31T23:59:59-23:00'],
  ['action', 'an action that is none', 'note.delete'],
  ['action', 'a name of Object', 'constructor'],
  ['outcome', 'an outcome that is none', 'maybe'],
  ['principal', 'a number', 7],
  ['principal', '257 characters', 'x'.repeat(257)],
  ['principal', 'U+0000', 'a\u0000b'],
  ['principal', 'a space at its end', 'Jane '],
  ['patient_id', 'a blank text', '  '],
  ['patient_id', '51 characters', 'x'.repeat(51)],
  ['patient_id', 'U+0000', 'a\u0000b'],
  ['patient_id', 'a list', ['p']],
];
test.each(badAuditCriteria)('/audit/search refuses as %s %s with 422', async (name, _what, value) => {
  const { status, body } = await (await stage).as('auditor').post('/audit/search', { [name]: value });

  expect([status, body.errors?.[0]?.pointer]).toEqual([422, `/${name}`]);
});
