import { startStage } from '../support/stage.ts';

const stage = startStage({
  keys: {
    clinician: { principal: 'dr-jones', roles: ['clinician'] },
    late: { principal: 'dr-late', roles: ['clinician'] },
    auditor: { roles: ['auditor'] },
  },
});
afterAll(async () => (await stage).stop());

type Events = readonly { readonly action: string; readonly principal: string; readonly hash: string }[];

test('a reader cannot hide behind many reads: the events of a note are read to the last by pages', async () => {
  const { as } = await stage;
  const { audit_id: id } = (await as('clinician').ingest('p', 'n')).body;
  for (let n = 0; n < 1_050; n += 50) {
    await Promise.all(Array.from({ length: 50 }, () => as('clinician').get(`/notes/${id}`)));
  }
  await as('late').get(`/notes/${id}`);

  const pages: Events[] = [];
  let cursor: string | undefined;
  do {
    const path = `/audit/events/${id}${cursor === undefined ? '' : `?cursor=${encodeURIComponent(cursor)}`}`;
    const { status, body } = await as('auditor').get(path);
    expect(status).toBe(200);
    pages.push(body.events);
    cursor = body.next_cursor;
  } while (cursor !== undefined);

  const all = pages.flat();
  expect(pages.map(({ length }) => length)).toEqual([1_000, 53]);
  expect(new Set(all.map(({ hash }) => hash)).size).toBe(1_053);
  // The look at the first page is an event of the note, too.
  expect(all.slice(-2).map(({ action, principal }) => `${principal} ${action}`)).toEqual([
    'dr-late note.read',
    'auditor audit.read',
  ]);
});

test('the events of a note are found newest first by its id, beside other criteria', async () => {
  const { as } = await stage;
  const { audit_id: id } = (await as('clinician').ingest('p', 'n')).body;
  await as('late').get(`/notes/${id}`);
  const find = async (criteria: object) =>
    ((await as('auditor').post('/audit/search', { audit_id: id, ...criteria })).body.events as Events).map(
      ({ action, principal }) => `${principal} ${action}`,
    );

  expect(await find({})).toEqual(['dr-late note.read', 'dr-jones note.create']);
  expect(await find({ principal: 'dr-late' })).toEqual(['dr-late note.read']);
  expect(await find({ audit_id: '0192f0c1-2345-7abc-8def-0123456789ab' })).toEqual([]);
});

test.each(['cursor=x', 'cursor=', 'cursor=WyJhIl0', 'cursor=x&cursor=y'])(
  '?%s is refused as no cursor',
  async (query) => {
    const { as } = await stage;
    const { audit_id: id } = (await as('clinician').ingest('p', 'n')).body;
    const { status, body } = await as('auditor').get(`/audit/events/${id}?${query}`);

    expect(status).toBe(422);
    expect(body.errors).toEqual([{ parameter: 'cursor', detail: 'must be a cursor returned with a previous page' }]);
  },
);
