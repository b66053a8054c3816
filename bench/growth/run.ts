import { Chain } from '@healthcare-ai/audit-trail/format/chain';
import { insertEvents } from '../../service/src/audit/insert-events.ts';
import type { Connection } from '../../service/src/database/database.ts';
import { migrate } from '../../service/src/database/migrate.ts';
import { PostgresqlDatabase } from '../../service/src/database/postgresql.ts';
import { uuidV7Maker } from '../../service/src/ids/uuid-v7.ts';
import { findPostgres, startPostgres } from '../../test/service/support/postgres.ts';
import { median } from '../statistics.ts';
import { fill, partitionThePast, tenant } from './rows.ts';
import { type Plan, planOf, type Search, searches } from './searches.ts';

/**
 * Compares each search of a large database with the same search of 100,000 rows, and ingest with that into an empty
 * database, as ratios in one run. It reports, and fails for no figure. The first argument is the number of rows, the
 * second that of the rounds.
 */
const rows = Number(process.argv[2] ?? 10_000_000);
const rounds = Number(process.argv[3] ?? 9);
const small = 100_000;
const hours = 12 * 3_600_000;

const print = (text: string) => process.stdout.write(`${text}\n`);

async function open(url: string, count: number): Promise<{ connection: Connection; close(): Promise<void> }> {
  const database = new PostgresqlDatabase({ url, poolSize: 1, onIdleError: () => {} });
  await migrate(database);
  await partitionThePast(database);
  const connection = await database.connect();
  await connection.execute('SET statement_timeout = 0');
  const started = performance.now();
  if (count > 0) await fill(connection, count, hours);
  if (count > 0) print(`${count} notes and events made in ${Math.round((performance.now() - started) / 1000)} s`);
  return {
    connection,
    async close() {
      await connection.close();
      await database.close();
    },
  };
}

/** Execution and planning, in ms, of a search; `cold` is the first time in this run. */
const figuresOf = ([cold, ...warm]: readonly Plan[]) => ({
  cold: cold!.execution + cold!.planning,
  execution: median(warm.map(({ execution }) => execution)),
  planning: median(warm.map(({ planning }) => planning)),
  pages: cold!.pages,
  removed: cold!.removed,
});

/** Both databases in turns, so that a noisy machine disturbs both alike. */
async function measure(searched: readonly (readonly [Connection, Search])[]) {
  const plans: Plan[][] = searched.map(() => []);
  for (let round = 0; round <= rounds; round++) {
    for (const [index, [connection, search]] of searched.entries())
      plans[index]!.push(await planOf(connection, search));
  }
  return plans.map(figuresOf);
}

const nextId = uuidV7Maker();

/** Milliseconds of one group of 64 notes with their events, in one transaction. */
async function ingest(connection: Connection, chain: Chain): Promise<number> {
  const ids = Array.from({ length: 64 }, () => nextId());
  const drafts = ids.map((auditId) => ({
    ...({ action: 'note.create', outcome: 'success', tenant, principal: 'ehr', auditId } as const),
    recordedAt: new Date().toISOString(),
  }));
  const started = performance.now();
  await connection.transaction(async (transaction) => {
    await transaction.query({
      name: 'notes',
      text: `INSERT INTO notes (audit_id, tenant, received_at, principal, patient_ref, patient_ref_version, key_id, sealed)
             SELECT id, '${tenant}', now(), 'ehr', sha256(convert_to(id::text, 'UTF8')), 1,
               '00000000-0000-7000-8000-000000000000', decode(repeat('5a', 1500), 'hex') FROM unnest($1::uuid[]) AS id`,
      values: [ids],
    });
    await transaction.query(insertEvents(chain, chain.append(drafts)));
  });
  chain.commit();
  return performance.now() - started;
}

if (!findPostgres()) {
  print('There is no PostgreSQL server here: install one to run this.');
  process.exit(2);
}
const server = await startPostgres();
try {
  for (const name of ['empty', 'small', 'large']) await server.createDatabase(name);
  const empty = await open(server.ownerUrl('empty'), 0);
  const few = await open(server.ownerUrl('small'), small);
  const many = await open(server.ownerUrl('large'), rows);

  const chains = [new Chain(), new Chain()] as const;
  const times: [number[], number[]] = [[], []];
  for (let group = 0; group < 200; group++) {
    times[0].push(await ingest(empty.connection, chains[0]));
    times[1].push(await ingest(many.connection, chains[1]));
  }
  const [alone, beside] = times.map(median) as [number, number];
  print(`ingest: ${(alone / beside).toFixed(2)} of that into an empty database (aim: at least 0.75)`);
  print(`        groups of 64: ${alone.toFixed(1)} and ${beside.toFixed(1)} ms`);

  print(
    `\nsearch, ms: execution + planning with ${rows} rows (with ${small}), ratio of the sums (aim: at most 1.5), cold, pages, rows removed`,
  );
  const [inSmall, inLarge] = [await searches(few.connection, small), await searches(many.connection, rows)];
  let missed = 0;
  for (const [name, search] of Object.entries(inLarge)) {
    const [a, b] = await measure([
      [few.connection, inSmall[name]!],
      [many.connection, search],
    ]);
    if (!a || !b) continue;
    const ratio = (b.execution + b.planning) / (a.execution + a.planning);
    if (ratio > 1.5) missed += 1;
    const figures = [
      `${b.execution.toFixed(2)} + ${b.planning.toFixed(2)}`.padEnd(15),
      `(${a.execution.toFixed(2)} + ${a.planning.toFixed(2)})`.padEnd(17),
      `${ratio.toFixed(2)}${ratio > 1.5 ? ' !' : '  '}`.padEnd(8),
      `cold ${b.cold.toFixed(1)}`.padEnd(12),
      `${b.pages} pages, ${b.removed} removed`,
    ];
    print(`${name.padEnd(54)} ${figures.join(' ')}`);
  }
  print(
    `\n${Object.keys(inLarge).length - missed} of ${Object.keys(inLarge).length} searches cost at most 1.5 times as much`,
  );
  for (const one of [empty, few, many]) await one.close();
} finally {
  server.remove();
}
