import type { Queryable } from '../../service/src/database/database.ts';

export const tenant = 'north';

/** References of the patient who has a hundredth of everything: the second one since half of the time, after a rotation. */
export const heavyReferences = [Buffer.alloc(32, 0xa1), Buffer.alloc(32, 0xb2)] as const;

/** Row `n` of how many, over six years up to now: its time, and its id as a UUID v7 of that time. */
const timeOf = (n: string, rows: number) =>
  `(date_trunc('day', now()) - interval '6 years' + (${n}) * (interval '6 years' / ${rows}))`;
const idOf = (n: string, rows: number) =>
  `(left(first_id_of(${timeOf(n, rows)})::text, 13) || '-7000-8000-' || lpad(to_hex(${n}), 12, '0'))::uuid`;

/** The audit id of a note that `fill` made. */
export async function noteId(database: Queryable, n: number, rows: number): Promise<string> {
  const { rows: found } = await database.query<{ id: string }>({ text: `SELECT ${idOf(String(n), rows)} AS id` });
  return found[0]!.id;
}

/** Makes partitions of the past six years, as a database has that grew through them. By its owner, before there are rows. */
export async function partitionThePast(database: Queryable): Promise<void> {
  await database.execute(`
    DO $$
    DECLARE
      p    record;
      upto timestamptz := quarter_of(now() - interval '6 years');
    BEGIN
      FOR p IN SELECT * FROM quarter_partitions() LOOP
        EXECUTE format('ALTER TABLE %I DETACH PARTITION %I', p.parent, p.partition);
        IF p.begins IS NOT NULL THEN
          EXECUTE format('DROP TABLE %I', p.partition);
        ELSE
          EXECUTE format('ALTER TABLE %I ATTACH PARTITION %I FOR VALUES FROM (MINVALUE) TO (%L)', p.parent, p.partition,
            CASE p.parent WHEN 'notes' THEN first_id_of(upto)::text ELSE upto::text END);
        END IF;
      END LOOP;
      PERFORM make_next_partitions();
    END $$`);
}

/**
 * Fills notes and audit events, skewed as a real service is: one principal with 80 %, one with 0.25 %, one with 50
 * events; a patient with 1 %; actions and outcomes that are rare, and some that never were. Rows are made in SQL, in the
 * order of their time.
 */
export async function fill(database: Queryable, rows: number, timeout: number): Promise<void> {
  const rare = Math.max(1, Math.floor(rows / 50));
  const [one, two] = heavyReferences.map((reference) => `'\\x${reference.toString('hex')}'::bytea`);
  const reference = `CASE WHEN n % 100 = 0 THEN CASE WHEN n < ${rows / 2} THEN ${one} ELSE ${two} END
    ELSE sha256(convert_to('patient ' || n % ${Math.ceil(rows / 25)}, 'UTF8')) END`;
  await database.execute(
    `INSERT INTO notes (audit_id, tenant, received_at, principal, patient_ref, patient_ref_version, key_id, sealed, care_team)
     SELECT ${idOf('n', rows)}, CASE WHEN n % 4 = 3 THEN 'south' ELSE '${tenant}' END, ${timeOf('n', rows)}, 'ehr', ${reference},
       1, '00000000-0000-7000-8000-000000000000', sha256(convert_to(n::text, 'UTF8')),
       CASE WHEN n % 1000 = 1 THEN 'psychiatry' END
     FROM generate_series(1, ${rows}) AS n`,
    timeout,
  );
  await database.execute(
    `INSERT INTO audit_events (chain, seq, hash, recorded_at, tenant, principal, action, outcome, audit_id, patient_ref, event)
     SELECT overlay(overlay(md5((n / 50000)::text) PLACING '4' FROM 13) PLACING '8' FROM 17)::uuid, n % 50000 + 1, sha256(convert_to(n::text, 'UTF8')), ${timeOf('n', rows)},
       CASE WHEN n % 4 = 3 THEN 'south' ELSE '${tenant}' END,
       CASE WHEN n % ${rare} = 4 THEN 'rare' WHEN n % 400 = 1 THEN 'seldom' WHEN n % 5 = 1 THEN 'clinician-' || n % 397 ELSE 'ehr' END,
       CASE WHEN n % ${rare} = 9 THEN 'break-glass.open' WHEN n % 5 = 1 THEN 'note.read' ELSE 'note.create' END,
       CASE WHEN n % 1013 = 12 THEN 'denied' ELSE 'success' END,
       ${idOf('n - n % 5', rows)}, ${reference}, '{"n":' || n || ',"text":"' || repeat('x', 300) || '"}'
     FROM generate_series(1, ${rows}) AS n`,
    timeout,
  );
  await database.execute('ANALYZE notes', timeout);
  await database.execute('ANALYZE audit_events', timeout);
}
