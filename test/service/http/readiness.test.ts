import type { Committer } from '../../../service/src/audit/committer.ts';
import type { Database } from '../../../service/src/database/database.ts';
import { Readiness } from '../../../service/src/http/readiness.ts';

const up = { up: true } as Committer;

describe('readiness', () => {
  test('says no within its patience when the database is silent, and holds one connection for all probes', async () => {
    let asked = 0;
    const database = {
      query: () => {
        asked += 1;
        return new Promise(() => {});
      },
    } as unknown as Database;
    const readiness = new Readiness({ database, committer: up, timeout: 5, cacheAge: 0 });
    for (let probe = 0; probe < 5; probe++) expect(await readiness.check()).toBe(false);
    expect(asked).toBe(1);
  });

  test('asks again once the database has answered', async () => {
    const answers = [() => Promise.reject(new Error('gone')), () => Promise.resolve({ rows: [], rowCount: 0 })];
    const database = { query: () => answers.shift()!() } as unknown as Database;
    const readiness = new Readiness({ database, committer: up, cacheAge: 0 });
    expect(await readiness.check()).toBe(false);
    expect(await readiness.check()).toBe(true);
  });

  test('believes an answer for a while', async () => {
    let asked = 0;
    const database = {
      query: async () => {
        asked += 1;
        return { rows: [], rowCount: 0 };
      },
    } as unknown as Database;
    const readiness = new Readiness({ database, committer: up, cacheAge: 60_000 });
    for (let probe = 0; probe < 5; probe++) expect(await readiness.check()).toBe(true);
    expect(asked).toBe(1);
  });

  test('does not ask while no lane reaches the database', async () => {
    const database = { query: () => Promise.reject(new Error('must not be asked')) } as unknown as Database;
    expect(await new Readiness({ database, committer: { up: false } as Committer }).check()).toBe(false);
  });
});
