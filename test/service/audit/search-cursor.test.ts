import { searchEvents } from '../../../service/src/audit/query.ts';
import type { Queryable } from '../../../service/src/database/database.ts';

const row = (seq: number) => ({
  event: '{}',
  hash: Buffer.alloc(32),
  chain: '0192f0c1-2345-7abc-8def-0123456789ab',
  seq: String(seq),
  recorded_at: new Date(0),
});
/** Returns two events to every query. */
const database = { query: async () => ({ rows: [row(2), row(1)], rowCount: 2 }) } as unknown as Queryable;
const [older, newer, other] = [1, 2, 3].map((byte) => Buffer.alloc(32, byte)) as [Buffer, Buffer, Buffer];
const search = (patientRefs: Buffer[], cursor?: string) =>
  searchEvents(database, { tenant: 'north', patientRefs, limit: 1, cursor });

test('a cursor outlives a new key for patient references, and is refused with another patient', async () => {
  const { nextCursor } = await search([older]);

  expect((await search([newer, older], nextCursor)).events).toHaveLength(1);
  await expect(search([newer, other], nextCursor)).rejects.toThrow('the cursor');
});
