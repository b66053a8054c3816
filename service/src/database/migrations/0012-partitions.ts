/**
 * Partitions by quarter, so that the indexes that ingest touches stay small and a whole quarter of the trail can be
 * dropped. The tables of before become the first partition: no row is rewritten, and writers wait only for the swap.
 *
 * `notes` are partitioned by `audit_id`, a UUID v7 that begins with its time: the primary key stays as it is. A unique
 * key of `audit_events` must contain `recorded_at`, so each partition has a key (chain, seq) of its own instead. That
 * needs no new index on the table of before and refuses more: a second event of a place within a quarter. Across
 * quarters the writer checks (audit/lane.ts), and `audit verify` reports it.
 */

/** Functions that the steps, `migrate` and the publisher share. UTC throughout, whatever the zone of the session. */
const functions = `
CREATE OR REPLACE FUNCTION quarter_of(moment timestamptz) RETURNS timestamptz LANGUAGE sql IMMUTABLE AS
  $$ SELECT date_trunc('quarter', moment AT TIME ZONE 'UTC') AT TIME ZONE 'UTC' $$;
CREATE OR REPLACE FUNCTION quarter_after(quarter timestamptz) RETURNS timestamptz LANGUAGE sql IMMUTABLE AS
  $$ SELECT (quarter AT TIME ZONE 'UTC' + interval '3 months') AT TIME ZONE 'UTC' $$;
CREATE OR REPLACE FUNCTION quarter_name(quarter timestamptz) RETURNS text LANGUAGE sql IMMUTABLE AS
  $$ SELECT to_char(quarter AT TIME ZONE 'UTC', 'YYYY"q"Q') $$;
-- The smallest UUID v7 of a moment, and the moment of one.
CREATE OR REPLACE FUNCTION first_id_of(moment timestamptz) RETURNS uuid LANGUAGE sql IMMUTABLE AS
  $$ SELECT (lpad(to_hex((extract(epoch FROM moment) * 1000)::bigint), 12, '0') || repeat('0', 20))::uuid $$;
CREATE OR REPLACE FUNCTION moment_of_id(id uuid) RETURNS timestamptz LANGUAGE sql IMMUTABLE AS
  $$ SELECT to_timestamp(('x' || left(replace(id::text, '-', ''), 12))::bit(48)::bigint / 1000.0) $$;
-- The name that the first partition will have: "before" and the quarter at which the next one begins.
CREATE OR REPLACE FUNCTION first_partition_of(parent text) RETURNS text LANGUAGE sql STABLE AS
  $$ SELECT max(conname::text) FROM pg_constraint
     WHERE conrelid = to_regclass(parent) AND conname ~ ('^' || parent || '_before_\\d{4}q\\d$') $$;
CREATE OR REPLACE FUNCTION end_of_first(partition text) RETURNS timestamptz LANGUAGE sql IMMUTABLE AS
  $$ SELECT make_timestamptz(left(right(partition, 6), 4)::int, right(partition, 1)::int * 3 - 2, 1, 0, 0, 0, 'UTC') $$;
`;

/** When the event of the head was recorded: with it, the sealer reads the partitions from there on. */
const headTime = 'ALTER TABLE audit_heads ADD COLUMN IF NOT EXISTS recorded_at timestamptz';

/**
 * The CHECK with which the table of before is attached without being read. It refuses what lies beyond the first
 * partition, so that partition ends 45 days from now at the earliest: a migration that was interrupted has that long to
 * be resumed. One that was interrupted for longer gets a new CHECK.
 */
const addRanges = `
DO $$
DECLARE
  parent text;
  first  text;
  upto   timestamptz := quarter_after(quarter_of(now() + interval '45 days'));
BEGIN
  FOREACH parent IN ARRAY ARRAY['notes', 'audit_events'] LOOP
    first := first_partition_of(parent);
    IF end_of_first(first) > now() + interval '30 days' THEN CONTINUE; END IF;
    IF first IS NOT NULL THEN EXECUTE format('ALTER TABLE %I DROP CONSTRAINT %I', parent, first); END IF;
    EXECUTE format('ALTER TABLE %I ADD CONSTRAINT %I CHECK (%s) NOT VALID', parent, parent || '_before_' || quarter_name(upto),
      CASE parent WHEN 'notes' THEN format('audit_id < %L::uuid', first_id_of(upto)) ELSE format('recorded_at < %L::timestamptz', upto) END);
  END LOOP;
END $$`;

/** Reads the tables beside their writers. A partition must have no CHECK that is not valid. */
const validate = `
DO $$
DECLARE
  c record;
BEGIN
  FOR c IN SELECT conrelid::regclass AS parent, conname FROM pg_constraint
           WHERE conrelid IN ('notes'::regclass, 'audit_events'::regclass) AND contype = 'c' AND NOT convalidated LOOP
    EXECUTE format('ALTER TABLE %s VALIDATE CONSTRAINT %I', c.parent, c.conname);
  END LOOP;
END $$`;

const swap = `
-- In the order in which writers take them.
LOCK TABLE notes, audit_events, analyses IN ACCESS EXCLUSIVE MODE;

-- For the next releases; null in every row, so that no row is rewritten.
ALTER TABLE notes ADD COLUMN subject uuid, ADD COLUMN cared_at timestamptz, ADD COLUMN version integer,
  ADD COLUMN note_type text, ADD COLUMN status text;
ALTER TABLE audit_events ADD COLUMN subject uuid, ADD COLUMN version integer, ADD COLUMN purpose text,
  ADD COLUMN recipient text;

-- chain and seq never served its order or a cursor: audit_events_newest does the same in three fifths of the space.
DROP INDEX audit_events_by_time;
DROP TRIGGER notes_are_final ON notes;
DROP TRIGGER audit_events_are_final ON audit_events;
ALTER TABLE analyses DROP CONSTRAINT analyses_audit_id_fkey;

CREATE OR REPLACE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'DELETE' AND (TG_TABLE_NAME = 'audit_checkpoints' OR TG_TABLE_NAME ~ '^audit_events(_|$)') THEN
    IF EXISTS (SELECT FROM audit_expirations WHERE xid = pg_current_xact_id()) THEN
      -- Null in a trigger for a statement.
      RETURN OLD;
    END IF;
  END IF;
  RAISE EXCEPTION '% of % is refused: the table takes additions only', TG_OP, TG_TABLE_NAME
    USING ERRCODE = 'insufficient_privilege';
END $$;

DO $$
DECLARE
  parent text;
  key    text;
  first  text;
  upto   timestamptz;
  c      record;
BEGIN
  FOREACH parent IN ARRAY ARRAY['notes', 'audit_events'] LOOP
    key := CASE parent WHEN 'notes' THEN 'audit_id' ELSE 'recorded_at' END;
    first := first_partition_of(parent);
    upto := end_of_first(first);
    EXECUTE format('ALTER TABLE %I RENAME TO %I', parent, first);
    EXECUTE format('CREATE TABLE %I (LIKE %I INCLUDING DEFAULTS INCLUDING STORAGE) PARTITION BY RANGE (%I)', parent, first, key);
    FOR c IN SELECT conname, pg_get_constraintdef(oid) AS definition FROM pg_constraint
             WHERE conrelid = first::regclass AND contype = 'c' AND conname <> first ORDER BY conname LOOP
      EXECUTE format('ALTER TABLE %I ADD CONSTRAINT %I %s', parent, c.conname, c.definition);
    END LOOP;
    -- The parent has the indexes under their names, so that ATTACH finds those of the partition and builds none.
    FOR c IN SELECT i.indisprimary, r.relname AS name, pg_get_indexdef(i.indexrelid) AS definition
             FROM pg_index i JOIN pg_class r ON r.oid = i.indexrelid WHERE i.indrelid = first::regclass ORDER BY r.relname LOOP
      EXECUTE format('ALTER INDEX %I RENAME TO %I', c.name, first || '_' || regexp_replace(c.name, '^' || parent || '_', ''));
      IF NOT c.indisprimary THEN
        EXECUTE regexp_replace(c.definition, '^CREATE (UNIQUE )?INDEX \\S+ ON \\S+ ', format('CREATE \\1INDEX %I ON %I ', c.name, parent));
      ELSIF parent = 'notes' THEN
        ALTER TABLE notes ADD PRIMARY KEY (audit_id);
      END IF;
    END LOOP;
    FOR c IN SELECT privilege_type AS privilege, CASE grantee WHEN 0 THEN 'PUBLIC' ELSE grantee::regrole::text END AS role
             FROM pg_class, aclexplode(relacl) WHERE oid = first::regclass AND grantee <> relowner LOOP
      EXECUTE format('GRANT %s ON %I TO %s', c.privilege, parent, c.role);
      EXECUTE format('REVOKE %s ON %I FROM %s', c.privilege, first, c.role);
    END LOOP;
    -- A trigger for the statement on the parent does not fire for a change of the partition itself; one for the row is
    -- cloned to each partition.
    EXECUTE format('CREATE TRIGGER %I BEFORE UPDATE OR DELETE OR TRUNCATE ON %I FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()',
      parent || '_are_final', parent);
    EXECUTE format('CREATE TRIGGER %I BEFORE UPDATE OR DELETE ON %I FOR EACH ROW EXECUTE FUNCTION refuse_change()',
      parent || '_rows_are_final', parent);
    EXECUTE format('CREATE TRIGGER %I BEFORE TRUNCATE ON %I FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()',
      parent || '_stay', first);
    EXECUTE format('ALTER TABLE %I ATTACH PARTITION %I FOR VALUES FROM (MINVALUE) TO (%L)', parent, first,
      CASE parent WHEN 'notes' THEN first_id_of(upto)::text ELSE upto::text END);
    EXECUTE format('ALTER TABLE %I DROP CONSTRAINT %I', first, first);
  END LOOP;
END $$;

-- Migration 13 validates it: that reads every analysis, which takes too long here.
ALTER TABLE analyses ADD CONSTRAINT analyses_audit_id_fkey FOREIGN KEY (audit_id) REFERENCES notes NOT VALID;
DROP FUNCTION first_partition_of(text), end_of_first(text);

-- Partitions of both tables, with the moments at which they begin (null: the first) and end.
CREATE FUNCTION quarter_partitions() RETURNS TABLE (parent text, partition text, begins timestamptz, ends timestamptz)
  LANGUAGE sql STABLE SET search_path = public, pg_temp AS $$
  SELECT p.parent, p.partition,
    CASE p.parent WHEN 'notes' THEN moment_of_id(p.bound[1]::uuid) ELSE p.bound[1]::timestamptz END,
    CASE p.parent WHEN 'notes' THEN moment_of_id(p.bound[2]::uuid) ELSE p.bound[2]::timestamptz END
  FROM (
    SELECT i.inhparent::regclass::text AS parent, c.relname::text AS partition,
      regexp_match(pg_get_expr(c.relpartbound, c.oid), 'FROM \\((?:MINVALUE|''([^'']+)'')\\) TO \\(''([^'']+)''\\)') AS bound
    FROM pg_inherits i JOIN pg_class c ON c.oid = i.inhrelid
    WHERE i.inhparent IN ('notes'::regclass, 'audit_events'::regclass)
  ) p WHERE p.bound IS NOT NULL $$;

-- Makes the partitions of the next four quarters, and nothing else: the service, which has no DDL, calls it.
-- They are made apart and attached, because CREATE ... PARTITION OF would wait for writers and make them wait.
CREATE FUNCTION make_next_partitions() RETURNS integer LANGUAGE plpgsql SECURITY DEFINER
  SET search_path = public, pg_temp SET lock_timeout = '2s' AS $$
DECLARE
  table_name text;
  begins     timestamptz;
  name       text;
  made       integer := 0;
BEGIN
  PERFORM pg_advisory_xact_lock(7303151);
  FOREACH table_name IN ARRAY ARRAY['notes', 'audit_events'] LOOP
    LOOP
      SELECT max(q.ends) INTO STRICT begins FROM quarter_partitions() q WHERE q.parent = table_name;
      EXIT WHEN begins >= quarter_of(now() + interval '15 months');
      name := table_name || '_' || quarter_name(begins);
      EXECUTE format('CREATE TABLE %I (LIKE %I INCLUDING DEFAULTS INCLUDING STORAGE INCLUDING CONSTRAINTS)', name, table_name);
      IF table_name = 'notes' THEN
        -- A sealed note of 2 kB stays in its page; see migration 7. A partitioned table takes no such parameter.
        EXECUTE format('ALTER TABLE %I SET (toast_tuple_target = 8160)', name);
      ELSE
        EXECUTE format('ALTER TABLE %I ADD PRIMARY KEY (chain, seq)', name);
      END IF;
      EXECUTE format('CREATE TRIGGER %I BEFORE TRUNCATE ON %I FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()',
        table_name || '_stay', name);
      EXECUTE format('ALTER TABLE %I ATTACH PARTITION %I FOR VALUES FROM (%L) TO (%L)', table_name, name,
        CASE table_name WHEN 'notes' THEN first_id_of(begins)::text ELSE begins::text END,
        CASE table_name WHEN 'notes' THEN first_id_of(quarter_after(begins))::text ELSE quarter_after(begins)::text END);
      made := made + 1;
    END LOOP;
  END LOOP;
  RETURN made;
END $$;
REVOKE ALL ON FUNCTION make_next_partitions() FROM PUBLIC;
SELECT make_next_partitions();
`;

/**
 * Expiry by partition: those that the tombstone covers whole are detached and dropped in its transaction, and what
 * remains under its checkpoints goes by row. `expire-audit` of 0.1.0 chooses no partitions, so all goes by row there.
 */
const expiry = `
-- Events recorded before this moment expired with their partitions; xid is the transaction that did it.
CREATE TABLE audit_partition_expirations (
  number       bigint PRIMARY KEY,
  whole_before timestamptz NOT NULL,
  xid          xid8 NOT NULL DEFAULT pg_current_xact_id()
);
CREATE TRIGGER audit_partition_expirations_are_final BEFORE UPDATE OR DELETE OR TRUNCATE ON audit_partition_expirations
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

-- Chooses the partitions that the tombstone of this transaction covers whole, from the oldest on. @returns the moment
-- before which events go with their partitions; null when they all go by row
CREATE FUNCTION choose_expired_partitions() RETURNS timestamptz LANGUAGE plpgsql SECURITY DEFINER
  SET search_path = public, pg_temp AS $$
DECLARE
  passed  bigint;
  chosen  timestamptz;
  covered boolean;
  p       record;
BEGIN
  SELECT through INTO passed FROM audit_expirations WHERE xid = pg_current_xact_id();
  IF passed IS NULL THEN
    RAISE EXCEPTION 'this transaction has no tombstone' USING ERRCODE = 'insufficient_privilege';
  END IF;
  FOR p IN SELECT q.partition, q.ends FROM quarter_partitions() q
           WHERE q.parent = 'audit_events' AND q.ends <= audit_expiry_limit() ORDER BY q.ends LOOP
    EXECUTE format('
      WITH sealed AS (
        SELECT h.chain, min(h."from") AS "from", max(h."to") AS "to" FROM audit_checkpoints c,
          jsonb_to_recordset(c.record::jsonb -> ''heads'') AS h (chain uuid, "from" bigint, "to" bigint)
        WHERE c.number <= $1 GROUP BY h.chain
      ), held AS (SELECT chain, min(seq) AS "from", max(seq) AS "to" FROM %I GROUP BY chain)
      SELECT NOT EXISTS (SELECT FROM held LEFT JOIN sealed USING (chain)
        WHERE sealed.chain IS NULL OR held."from" < sealed."from" OR held."to" > sealed."to")', p.partition)
      INTO covered USING passed;
    EXIT WHEN NOT covered;
    chosen := p.ends;
  END LOOP;
  IF chosen IS NOT NULL THEN
    INSERT INTO audit_partition_expirations (number, whole_before)
    SELECT number, chosen FROM audit_expirations WHERE xid = pg_current_xact_id();
  END IF;
  RETURN chosen;
END $$;

-- Detaches and drops the partitions that were chosen. It waits for readers and writers, for as long as lock_timeout says.
CREATE FUNCTION drop_expired_partitions() RETURNS integer LANGUAGE plpgsql SECURITY DEFINER
  SET search_path = public, pg_temp AS $$
DECLARE
  before  timestamptz;
  dropped integer := 0;
  p       record;
BEGIN
  SELECT whole_before INTO before FROM audit_partition_expirations WHERE xid = pg_current_xact_id();
  FOR p IN SELECT q.partition FROM quarter_partitions() q WHERE q.parent = 'audit_events' AND q.ends <= before ORDER BY q.ends LOOP
    EXECUTE format('ALTER TABLE audit_events DETACH PARTITION %I', p.partition);
    EXECUTE format('DROP TABLE %I', p.partition);
    dropped := dropped + 1;
  END LOOP;
  RETURN dropped;
END $$;

-- Removes the oldest checkpoint and its events. Those that go with their partitions are counted, and left to
-- drop_expired_partitions. @returns how many events those are
CREATE OR REPLACE FUNCTION expire_oldest_checkpoint() RETURNS bigint LANGUAGE plpgsql SECURITY DEFINER
  SET search_path = public, pg_temp AS $$
DECLARE
  oldest audit_checkpoints;
  sealed jsonb;
  gone   bigint;
  whole  bigint := 0;
  newest timestamptz;
  before timestamptz;
BEGIN
  SELECT * INTO STRICT oldest FROM audit_checkpoints ORDER BY number LIMIT 1;
  IF NOT EXISTS (SELECT FROM audit_expirations WHERE xid = pg_current_xact_id() AND through >= oldest.number) THEN
    RAISE EXCEPTION 'no tombstone of this transaction covers checkpoint %', oldest.number
      USING ERRCODE = 'insufficient_privilege';
  END IF;
  SELECT whole_before INTO before FROM audit_partition_expirations WHERE xid = pg_current_xact_id();
  sealed := oldest.record::jsonb;
  IF before IS NOT NULL THEN
    SELECT count(*) INTO whole
    FROM jsonb_to_recordset(sealed -> 'heads') AS h (chain uuid, "from" bigint, "to" bigint)
    JOIN audit_events e ON e.chain = h.chain AND e.seq BETWEEN h."from" AND h."to"
    WHERE e.recorded_at < before;
  END IF;
  WITH removed AS (
    DELETE FROM audit_events e
    USING jsonb_to_recordset(sealed -> 'heads') AS h (chain uuid, "from" bigint, "to" bigint)
    WHERE e.chain = h.chain AND e.seq BETWEEN h."from" AND h."to" AND e.recorded_at >= coalesce(before, '-infinity')
    RETURNING e.recorded_at
  )
  SELECT whole + count(*), max(recorded_at) INTO gone, newest FROM removed;
  IF gone IS DISTINCT FROM (sealed -> 'statement' ->> 'events')::bigint THEN
    RAISE EXCEPTION 'checkpoint % covers events that are not there', oldest.number USING ERRCODE = 'check_violation';
  END IF;
  IF newest > audit_expiry_limit() THEN
    RAISE EXCEPTION 'checkpoint % covers an event that is younger than the retention', oldest.number
      USING ERRCODE = 'check_violation';
  END IF;
  WITH heads AS (
    SELECT h.chain, h."to", h.head FROM jsonb_to_recordset(sealed -> 'heads') AS h (chain uuid, "to" bigint, head text)
  ), ended AS (
    DELETE FROM audit_heads a USING heads h WHERE a.chain = h.chain AND a.ended AND a.seq = h."to" RETURNING a.chain
  ), forgotten AS (
    DELETE FROM audit_expired_chains x USING ended e WHERE x.chain = e.chain
  )
  INSERT INTO audit_expired_chains (chain, seq, hash)
  SELECT h.chain, h."to", decode(h.head, 'hex') FROM heads h WHERE h.chain NOT IN (SELECT chain FROM ended)
  ON CONFLICT (chain) DO UPDATE SET seq = excluded.seq, hash = excluded.hash;
  DELETE FROM audit_checkpoints WHERE number = oldest.number;
  RETURN gone;
END $$;

CREATE OR REPLACE FUNCTION audit_expiry_is_whole() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
  SET search_path = public, pg_temp AS $$
BEGIN
  IF EXISTS (SELECT FROM audit_checkpoints WHERE number <= NEW.through) THEN
    RAISE EXCEPTION 'checkpoints up to % were to be removed, and some are there', NEW.through
      USING ERRCODE = 'check_violation';
  END IF;
  IF EXISTS (
    SELECT FROM audit_partition_expirations x, quarter_partitions() q
    WHERE x.number = NEW.number AND q.parent = 'audit_events' AND q.ends <= x.whole_before
  ) THEN
    RAISE EXCEPTION 'partitions under checkpoint % were to be dropped, and some are there', NEW.through
      USING ERRCODE = 'check_violation';
  END IF;
  RETURN NULL;
END $$;
REVOKE ALL ON FUNCTION choose_expired_partitions(), drop_expired_partitions() FROM PUBLIC;
`;

export const partitions = {
  version: 12,
  name: 'partitions',
  indexes: {
    audit_events_newest: 'ON audit_events (tenant, recorded_at DESC)',
    // Two criteria that each match much and together little. What a person did with a patient is what auditors ask most;
    // the partial ones cost ingest nothing.
    audit_events_by_patient_principal:
      'ON audit_events (tenant, patient_ref, principal, recorded_at DESC) WHERE patient_ref IS NOT NULL',
    audit_events_by_patient_action:
      "ON audit_events (tenant, patient_ref, action, recorded_at DESC) WHERE action <> 'note.create'",
    audit_events_by_principal_action:
      "ON audit_events (tenant, principal, action, recorded_at DESC) WHERE action <> 'note.create'",
    audit_events_refused_of:
      "ON audit_events (tenant, principal, outcome, recorded_at DESC) WHERE outcome <> 'success'",
    audit_events_refused_action:
      "ON audit_events (tenant, action, outcome, recorded_at DESC) WHERE outcome <> 'success'",
    audit_events_refused_patient:
      "ON audit_events (tenant, patient_ref, outcome, recorded_at DESC) WHERE outcome <> 'success'",
  },
  steps: [functions, headTime, addRanges, validate],
  sql: `${swap}${expiry}`,
};
