import { reviewDueAt } from '../../../service/src/notes/access/grant-reviews.ts';
import { startStage } from '../support/stage.ts';
import { walk } from '../support/walk.ts';
import { keys, type Name, reason } from './fixture.ts';

const both = { principal: 'ward', roles: ['clinician', 'auditor'] };
const stage = startStage({ keys: { ...keys, both }, env: { BREAK_GLASS_RATE_LIMIT: 'off' } });
afterAll(async () => (await stage).stop());
const as = async (name: Name | 'both') => (await stage).as(name);
const opened = async (name: Name): Promise<{ grant_id: string; opened_at: string }> => {
  const body = { patient_id: 'p-1', note_text: 'n', care_team: 'cardiology' };
  const { audit_id } = (await (await as('ehr')).post('/ingest', body)).body;
  return (await (await as(name)).post('/break-glass', { audit_id, ...reason })).body;
};

describe('emergency accesses', () => {
  test('[164.308(a)(1)(ii)(D)] are listed with when their review is due, and after the review with its outcome', async () => {
    const auditor = await as('auditor');
    const grant = await opened('ward');
    const path = `/break-glass/${grant.grant_id}/reviewed`;

    const due = (await auditor.post('/break-glass/search', { reviewed: false })).body.grants;
    const reviewed = await auditor.post(path, { outcome: 'not-justified' });
    const left = (await auditor.post('/break-glass/search', { reviewed: false })).body.grants;
    const done = (await auditor.post('/break-glass/search', { reviewed: true })).body.grants;

    expect(due).toEqual([
      {
        grant_id: grant.grant_id,
        principal: 'ward',
        audit_id: expect.any(String),
        reason_code: 'ETREAT',
        opened_at: grant.opened_at,
        expires_at: expect.any(String),
        review_due_at: reviewDueAt(grant.opened_at),
      },
    ]);
    expect(JSON.stringify(due)).not.toContain(reason.reason_text);
    const review = { outcome: 'not-justified', reviewed_by: 'auditor', reviewed_at: expect.any(String) };
    expect([reviewed.status, reviewed.body]).toEqual([200, review]);
    expect(left).toEqual([]);
    expect(done).toEqual([{ ...due[0], review }]);
  });

  test('have one review: the first counts, a second is refused and recorded', async () => {
    const auditor = await as('auditor');
    const { grant_id } = await opened('nurse');
    const path = `/break-glass/${grant_id}/reviewed`;

    const answers = [
      await auditor.post(path, { outcome: 'justified' }),
      await auditor.post(path, { outcome: 'not-justified' }),
    ];
    const { events } = (await auditor.post('/audit/search', { action: 'break-glass.review', limit: 2 })).body;

    expect(answers.map(({ status }) => status)).toEqual([200, 409]);
    expect(events).toEqual([
      expect.objectContaining({ outcome: 'failure', reason: 'conflict', break_glass: grant_id }),
      expect.objectContaining({ outcome: 'success', reason: 'justified', break_glass: grant_id }),
    ]);
    expect(events[0].patient_ref).toMatch(/^[A-Za-z0-9_-]{43}$/);
  });

  test('are not reviewed by the person who made them', async () => {
    const { grant_id } = await opened('ward');

    const answer = await (await as('both')).post(`/break-glass/${grant_id}/reviewed`, { outcome: 'justified' });
    const { events } = (await (await as('auditor')).post('/audit/search', { action: 'break-glass.review', limit: 1 }))
      .body;

    expect([answer.status, answer.body.type]).toEqual([403, 'urn:healthcare-ai:problem:forbidden']);
    expect(events[0]).toMatchObject({ outcome: 'denied', reason: 'own-grant', principal: 'ward' });
  });

  test('of another tenant are neither listed nor reviewed', async () => {
    const { grant_id } = await opened('ward');
    const south = await as('southAuditor');

    expect((await south.post('/break-glass/search', {})).body.grants).toEqual([]);
    expect((await south.post(`/break-glass/${grant_id}/reviewed`, { outcome: 'justified' })).status).toBe(404);
  });

  test('are found by principal and time, and walked page by page', async () => {
    const auditor = await as('auditor');
    const made = [await opened('nurse'), await opened('ward'), await opened('nurse')];
    const from = made[0]!.opened_at;
    const all = (await auditor.post('/break-glass/search', { from })).body.grants;
    const idsOf = (grants: readonly { readonly grant_id: string }[]) => grants.map(({ grant_id }) => grant_id);

    expect(idsOf(all)).toEqual(idsOf(made).reverse());
    expect(idsOf((await auditor.post('/break-glass/search', { from, principal: 'ward' })).body.grants)).toEqual([
      made[1]!.grant_id,
    ]);
    expect((await auditor.post('/break-glass/search', { to: '2020-01-01T00:00:00Z' })).body.grants).toEqual([]);
    expect((await walk(auditor, '/break-glass/search', { from }, 1, 'grants')).flat()).toEqual(all);
  });

  test('are searched and reviewed with what the schema allows', async () => {
    const auditor = await as('auditor');
    const { grant_id } = await opened('ward');

    expect((await auditor.post('/break-glass/search', { reviewd: true })).status).toBe(422);
    expect((await auditor.post('/break-glass/search', { cursor: 'none' })).status).toBe(422);
    expect((await auditor.post(`/break-glass/${grant_id}/reviewed`, { outcome: 'fine' })).status).toBe(422);
    expect((await auditor.post('/break-glass/none/reviewed', { outcome: 'justified' })).status).toBe(404);
  });
});

test.each([
  ['2026-11-26T15:00:00.000Z', '2026-11-27T15:00:00.000Z', 'Thursday to Friday'],
  ['2026-11-27T15:00:00.000Z', '2026-11-30T15:00:00.000Z', 'Friday to Monday'],
  ['2026-11-28T15:00:00.000Z', '2026-11-30T15:00:00.000Z', 'Saturday to Monday'],
  ['2026-11-29T23:59:00.000Z', '2026-11-30T23:59:00.000Z', 'Sunday to Monday'],
])('a review of an access of %s is due at %s: %s', (from, due) => {
  expect(reviewDueAt(from)).toBe(due);
});
