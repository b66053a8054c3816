import { Chain } from '@healthcare-ai/audit-trail/format/chain';
import type { Segment } from '@healthcare-ai/audit-trail/format/segment';
import { buildSegments } from '../../../../service/src/audit/seal/build-segments.ts';
import { readMovedChains } from '../../../../service/src/audit/seal/moved-chains.ts';
import { digestOf, RecentEvents } from '../../../../service/src/audit/seal/recent-events.ts';
import { Sealer } from '../../../../service/src/audit/seal/sealer.ts';
import type { Statement } from '../../../../service/src/database/database.ts';
import type { PostgresqlDatabase } from '../../../../service/src/database/postgresql.ts';
import type { PostgresServer } from '../../support/postgres.ts';
import { newDatabase, newSigner, recordingLog, verifyDatabase, Writer } from '../../support/sealed-trail.ts';
import { sharedPostgres } from '../../support/shared-postgres.ts';
import { describeWithPostgres } from '../../support/skips.ts';

const rangeOf = (chain: string, from: number, to: number) => ({ chain, from, to });

/** Adds events to a chain, with names in several scripts. */
function appended(chain: Chain, count: number) {
  const drafts = Array.from({ length: count }, (_, index) => ({
    action: 'note.create' as const,
    outcome: 'success' as const,
    recordedAt: new Date().toISOString(),
    principal: ['plain', 'Zoë', '看護師', '🩺', 'a"b\\c'][index % 5],
  }));
  chain.append(drafts);
  return chain.commit();
}

describe('the events that a process committed last', () => {
  test('are found in whole groups without a gap, up to the requested end', () => {
    const [recent, chain] = [new RecentEvents(), new Chain()];
    for (const count of [3, 4, 5]) recent.add(chain.id, appended(chain, count));
    const found = (from: number, to: number) =>
      recent.runs(rangeOf(chain.id, from, to)).map((run) => [run.from, run.count]);

    expect(found(1, 12)).toEqual([
      [1, 3],
      [4, 4],
      [8, 5],
    ]);
    expect(found(4, 11)).toEqual([[4, 4]]);
    expect(found(2, 12)).toEqual([]);
    expect(found(13, 20)).toEqual([]);
    expect(recent.runs(rangeOf('another', 1, 12))).toEqual([]);
    expect(recent.nextGroup(rangeOf(chain.id, 2, 12))).toBe(4);
    expect(recent.nextGroup(rangeOf(chain.id, 2, 3))).toBeUndefined();
  });

  test('are bounded: the oldest are dropped first, and an incomplete range gives nothing', () => {
    const [recent, chain] = [new RecentEvents(40_000), new Chain()];
    for (let group = 0; group < 100; group++) recent.add(chain.id, appended(chain, 10));

    expect(recent.runs(rangeOf(chain.id, 1, 1_000))).toEqual([]);
    const kept = recent.runs(rangeOf(chain.id, 951, 1_000));
    expect(kept).toHaveLength(5);
    const head = kept.at(-1)!.hashes.slice(-64);
    const sealed = (from: number, to: number, last = head) => ({
      ...rangeOf(chain.id, from, to),
      head: last,
      root: '',
    });
    const texts = (...segments: Segment[]) => recent.pagesOf(segments)?.flatMap((page) => page.split('\n'));
    expect(texts(sealed(951, 1_000))).toHaveLength(50);
    expect(texts(sealed(951, 1_000), sealed(1, 10))).toBeUndefined();
    expect(texts(sealed(951, 999))).toBeUndefined();
    expect(texts(sealed(951, 1_000, '00'.repeat(32)))).toBeUndefined();
  });
});

describeWithPostgres()('sealing what this process committed', () => {
  let server: PostgresServer;
  let database: PostgresqlDatabase;
  let asked: string[];
  let recent: RecentEvents;
  const signer = newSigner();
  const { log, lines } = recordingLog();
  const sealer = (known: RecentEvents | undefined = recent) =>
    new Sealer({ database, signers: [signer], stage: 'test', log, metrics: { report() {} }, recent: known });
  const owner = (sql: string) =>
    database.execute(
      `ALTER TABLE audit_events DISABLE TRIGGER ALL; ${sql}; ALTER TABLE audit_events ENABLE TRIGGER ALL`,
    );
  const readings = () => asked.filter((name) => name === 'read-event-ranges').length;
  const broken = () => lines.filter(({ event }) => event === 'audit_chain_broken').map(({ fields }) => fields);
  /** The database; `asked` gets the names of its statements. */
  const watched = () => ({
    execute: (sql: string) => database.execute(sql),
    query: <Row>(statement: Statement) => {
      asked.push(statement.name ?? '');
      return database.query<Row>(statement);
    },
  });
  const seal = (by: Sealer) =>
    database.transaction((transaction) =>
      by.sealIn(
        {
          execute: (sql) => transaction.execute(sql),
          query: (statement) => {
            asked.push(statement.name ?? '');
            return transaction.query(statement);
          },
        },
        { dueAfter: 0 },
      ),
    );

  beforeAll(async () => {
    server = await sharedPostgres();
  });
  afterAll(() => server.remove());
  beforeEach(async () => {
    database = await newDatabase(server);
    recent = new RecentEvents();
    asked = [];
    lines.length = 0;
  });
  afterEach(() => database.close());

  test('reads no event of its own, reads those of another process, and the trail is whole', async () => {
    const [own, other] = [new Writer(database, recent), new Writer(database)];
    const one = sealer();
    await own.write(200);
    one.remember(await seal(one));
    expect(readings()).toBe(0);
    await own.write(70);
    await other.write(30);
    one.remember(await seal(one));
    expect(readings()).toBe(1);
    await own.write(1, 'chain.end');
    one.remember(await seal(one));

    const { rows } = await database.query({ text: 'SELECT chain FROM audit_heads WHERE ended' });
    expect(rows).toEqual([{ chain: own.chain.id }]);
    expect(broken()).toEqual([]);
    expect(await verifyDatabase(database, [signer])).toMatchObject({ ok: true, checkpoints: 3, events: 301 });
  });

  test('builds the same segments as from events that are read, in any script', async () => {
    const chain = new Chain();
    for (const count of [1, 64, 7]) {
      const events = appended(chain, count);
      for (const { seq, hash, text, draft } of events) {
        await database.query({
          text: `INSERT INTO audit_events (chain, seq, hash, recorded_at, principal, action, outcome, event)
                 VALUES ($1, $2, $3, $4, $5, $6, $7, $8)`,
          values: [
            chain.id,
            seq,
            Buffer.from(hash, 'hex'),
            draft.recordedAt,
            draft.principal,
            draft.action,
            draft.outcome,
            text,
          ],
        });
      }
      recent.add(chain.id, events);
    }
    const moved = await readMovedChains(database, 10);
    const read = await buildSegments(watched(), moved, 1_000);
    const known = await buildSegments(watched(), moved, 1_000, recent);

    expect(asked).toEqual(['read-event-ranges', 'digest-event-ranges']);
    expect(known.map((one) => one.segment())).toEqual(read.map((one) => one.segment()));
    expect(known[0]?.segment()).toMatchObject({ from: 1, to: 72 });
    expect(known[0]?.recordedAt).toBe(read[0]?.recordedAt);
  });

  test.each([
    ['an edited event', 4, `UPDATE audit_events SET event = replace(event, 'success', 'denied') WHERE seq = 4`, 3],
    ['a deleted event', 4, 'DELETE FROM audit_events WHERE seq = 4', 3],
    ['another stored hash', 4, `UPDATE audit_events SET hash = sha256('x') WHERE seq = 4`, 3],
    // Every link holds: only the process that wrote it can know.
    [
      'the newest event, replaced together with its hash',
      1,
      `UPDATE audit_events SET event = e, outcome = 'denied', hash = sha256(convert_to(e, 'UTF8'))
       FROM (SELECT chain, replace(event, 'success', 'denied') AS e FROM audit_events WHERE seq = 8) x
       WHERE audit_events.chain = x.chain AND seq = 8`,
      0,
    ],
  ])('finds %s', async (_what, seq, tamper, sealed) => {
    const [changed, whole] = [new Writer(database, recent), new Writer(database, recent)];
    await changed.write(8);
    await owner(tamper);
    await whole.write(3);
    const one = sealer();
    for (let round = 0; round < 2; round++) {
      one.remember(await seal(one));
      await whole.write(2);
    }

    expect(broken()).toMatchObject([{ chain: changed.chain.id, seq }]);
    const { rows } = await database.query({ text: 'SELECT chain FROM audit_heads WHERE fault IS NOT NULL' });
    expect(rows).toEqual([{ chain: changed.chain.id }]);
    expect(await verifyDatabase(database, [signer], false)).toMatchObject({ ok: true, events: sealed + 5 });
  });

  test('continues from memory after a backlog that did not fit', async () => {
    recent = new RecentEvents(60_000);
    const own = new Writer(database, recent);
    await own.write(640);
    const moved = () => readMovedChains(watched(), 10);
    const sealed: number[] = [];
    for (let round = 0; round < 12; round++) {
      const [segment] = (await buildSegments(watched(), await moved(), 150, recent)).map((one) => one.segment());
      if (!segment) break;
      sealed.push(segment.to);
      await database.query({
        text: `INSERT INTO audit_heads (chain, seq, hash, ended) VALUES ($1, $2, decode($3, 'hex'), false)
               ON CONFLICT (chain) DO UPDATE SET seq = excluded.seq, hash = excluded.hash`,
        values: [segment.chain, segment.to, segment.head],
      });
    }

    expect(sealed.at(-1)).toBe(640);
    // The first are read, up to the first group that is kept: a multiple of 64.
    expect(readings()).toBeGreaterThan(0);
    expect(asked.lastIndexOf('digest-event-ranges')).toBeGreaterThan(asked.lastIndexOf('read-event-ranges'));
  });

  test('computes the same digest as the database', async () => {
    const own = new Writer(database, recent);
    await own.write(130);
    const runs = recent.runs(rangeOf(own.chain.id, 1, 130));
    const { rows } = await database.query({
      text: `SELECT count(*)::int AS count, encode(sha256(convert_to(string_agg(event, E'\\n' ORDER BY seq), 'UTF8')), 'hex') AS events,
                    encode(sha256(string_agg(hash, '' ORDER BY seq)), 'hex') AS hashes FROM audit_events`,
    });

    expect(rows).toEqual([digestOf(runs)]);
  });
});
