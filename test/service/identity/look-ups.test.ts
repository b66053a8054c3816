import { setTimeout as sleep } from 'node:timers/promises';
import { makeApiKey } from '@healthcare-ai/contract/api-key';
import type { Request, Response } from 'express';
import type { Database, Statement } from '../../../service/src/database/database.ts';
import { bearerGate } from '../../../service/src/http/gates.ts';
import { Pipeline, type PipelineDependencies } from '../../../service/src/http/pipeline.ts';
import type { Problem } from '../../../service/src/http/problem.ts';
import type { RequestContext } from '../../../service/src/http/request-context.ts';
import type { Operation } from '../../../service/src/http/route.ts';
import { type Authentication, Authenticator } from '../../../service/src/identity/authenticator.ts';
import { LookUpBudget } from '../../../service/src/identity/look-up-budget.ts';

/** Counts look-ups, and knows the keys that it is given. */
function databaseOf(keys: readonly ReturnType<typeof makeApiKey>[]) {
  const asked: string[] = [];
  const rows = new Map(keys.map((key) => [key.keyId, key]));
  const database = {
    query: async ({ values }: Statement) => {
      const id = String(values![0]);
      asked.push(id);
      await sleep(1);
      const key = rows.get(id);
      const row = key && { key_id: id, tenant: 'north', principal: id, roles: [], care_teams: [], hash: key.hash };
      return { rows: row ? [{ ...row, created_at: new Date(), expires_at: null, revoked_at: null }] : [], rowCount: 1 };
    },
  } as unknown as Database;
  return { database, asked };
}
const bearer = ({ token }: { readonly token: string }) => `Bearer ${token}`;
const never = () => false;
const always = () => true;
const settled = (one: Authentication | Promise<Authentication>) => Promise.resolve(one);

describe('the look-ups of keys', () => {
  const key = makeApiKey();

  test('an address over the limit costs a small number of look-ups, and a good key behind it is served', async () => {
    const { database, asked } = databaseOf([key]);
    const perSecond = 200;
    const authenticator = new Authenticator({ database, budget: new LookUpBudget({ perSecond, waiting: 5 }) });
    const began = performance.now();
    const flood = setInterval(() => {
      for (let n = 0; n < 10; n++) void authenticator.authenticate(bearer(makeApiKey()), always);
    }, 1);
    await sleep(50);
    // Refusal is random: about one attempt in fifty is served, and 15 seconds are thousands of attempts.
    let served: Authentication;
    do served = await authenticator.authenticate(bearer(key), always);
    while (!served.principal && performance.now() - began < 15_000);
    clearInterval(flood);

    expect(served.principal?.name).toBe(key.keyId);
    expect(asked.length).toBeLessThan(2 + ((performance.now() - began) / 1_000) * perSecond);
  });

  test('a doubtful request waits for its turn where others do not', async () => {
    const { database } = databaseOf([key]);
    const authenticator = new Authenticator({ database });

    // The default budget: one after the other, as an impatient colleague would try.
    for (let n = 0; n < 5; n++) {
      expect((await authenticator.authenticate(bearer(makeApiKey()), always)).fault).toBe('unknown-key');
    }
    expect((await authenticator.authenticate(bearer(key), always)).principal?.name).toBe(key.keyId);
  });

  test('a flood from many addresses costs no more than the bound of the process', async () => {
    const { database, asked } = databaseOf([key]);
    const budget = new LookUpBudget({ perSecond: 10, waiting: 5 });
    const authenticator = new Authenticator({ database, unknownPerMinute: 50, budget });

    for (let n = 0; n < 50; n++) await authenticator.authenticate(bearer(makeApiKey()), never);
    const faults = await Promise.all(
      Array.from({ length: 500 }, () => settled(authenticator.authenticate(bearer(makeApiKey()), never))),
    );

    expect(faults.filter(({ fault }) => fault === 'not-checked')).toHaveLength(495);
    expect(asked).toHaveLength(55);
  });

  test('keys that are known are looked up again whatever their address did, and a flood does not displace them', async () => {
    const { database, asked } = databaseOf([key]);
    const budget = new LookUpBudget({ perSecond: 0.001, waiting: 1 });
    const authenticator = new Authenticator({ database, cacheAge: 10, unknownPerMinute: 20_000, budget });
    await authenticator.authenticate(bearer(key), never);
    await Promise.all(Array.from({ length: 12_000 }, () => authenticator.authenticate(bearer(makeApiKey()), never)));
    const before = asked.length;
    await sleep(20);

    expect((await authenticator.authenticate(bearer(key), always)).principal?.name).toBe(key.keyId);
    expect(asked.length).toBe(before + 1);
  });

  test('requests that wait for one key share its look-up', async () => {
    const { database, asked } = databaseOf([key]);
    const authenticator = new Authenticator({ database });

    await Promise.all(Array.from({ length: 64 }, () => authenticator.authenticate(bearer(key), never)));

    expect(asked).toHaveLength(1);
  });

  test('an id that is unknown is not looked up again at once', async () => {
    const { database, asked } = databaseOf([]);
    const authenticator = new Authenticator({ database });

    for (let n = 0; n < 10; n++) await authenticator.authenticate(bearer(key), never);

    expect(asked).toHaveLength(1);
  });
});

test('a key that was not looked up may be valid: 429 with Retry-After', async () => {
  const problems: Problem[] = [];
  const nothing = () => {};
  const pipeline = new Pipeline({
    denials: { add: nothing },
    metrics: { report: nothing },
    respond: { problem: (_response: unknown, _context: unknown, problem: Problem) => problems.push(problem) },
  } as unknown as PipelineDependencies);
  const gate = { ...bearerGate({} as Authenticator), authenticate: () => ({ fault: 'not-checked' as const }) };

  await pipeline.run(gate, {} as Operation, {} as Request, {} as Response, { source: '' } as RequestContext);

  expect(problems).toMatchObject([{ status: 429, headers: { 'Retry-After': '1' } }]);
});
