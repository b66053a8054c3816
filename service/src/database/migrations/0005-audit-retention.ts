/**
 * Expiry of the audit trail: the one way in which its events end. Whole checkpoints go, from the oldest on, once all of
 * them are older than the retention and published, and a signed tombstone stays. The functions run with the rights of
 * the owner and check all of that themselves, except the signature: a role that may call them can do nothing else.
 */
export const retention = {
  version: 5,
  name: 'retention',
  sql: `
-- Six years: 45 CFR 164.316(b)(2)(i). The owner alone changes it.
CREATE TABLE audit_retention (
  only_row boolean PRIMARY KEY DEFAULT true CHECK (only_row),
  days     integer NOT NULL CHECK (days > 0)
);
INSERT INTO audit_retention (days) VALUES (2192);

-- Finds the newest checkpoint that is old enough.
CREATE INDEX audit_checkpoints_by_time ON audit_checkpoints (made_at, number);

-- What was expired, by which tombstone; xid is the transaction that did it.
CREATE TABLE audit_expirations (
  number     bigint PRIMARY KEY,
  through    bigint NOT NULL CHECK (through > 0 AND through < number),
  expired_at timestamptz NOT NULL DEFAULT now(),
  xid        xid8 NOT NULL DEFAULT pg_current_xact_id()
);
CREATE TRIGGER audit_expirations_are_final BEFORE UPDATE OR DELETE OR TRUNCATE ON audit_expirations
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

-- Where the rest of a chain goes on whose beginning expired: a cache, as audit_heads is.
CREATE TABLE audit_expired_chains (
  chain uuid PRIMARY KEY,
  seq   bigint NOT NULL,
  hash  bytea NOT NULL
);

CREATE OR REPLACE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'DELETE' AND TG_TABLE_NAME IN ('audit_events', 'audit_checkpoints') THEN
    IF EXISTS (SELECT FROM audit_expirations WHERE xid = pg_current_xact_id()) THEN
      RETURN NULL;
    END IF;
  END IF;
  RAISE EXCEPTION '% of % is refused: the table takes additions only', TG_OP, TG_TABLE_NAME
    USING ERRCODE = 'insufficient_privilege';
END $$;

CREATE FUNCTION audit_expiry_limit() RETURNS timestamptz LANGUAGE sql STABLE SECURITY DEFINER
  SET search_path = public, pg_temp AS $$ SELECT now() - days * interval '1 day' FROM audit_retention $$;

-- Stores the tombstone, and opens this transaction for what it says.
CREATE FUNCTION begin_audit_expiry(tombstone text, given_up_sinks text[]) RETURNS void LANGUAGE plpgsql SECURITY DEFINER
  SET search_path = public, pg_temp AS $$
DECLARE
  said    jsonb := tombstone::jsonb -> 'statement';
  passed  bigint := (said -> 'expired' ->> 'through')::bigint;
  last    audit_checkpoints;
  cut     audit_checkpoints;
  cut_said jsonb;
BEGIN
  -- The lock of the sealer: no other checkpoint is made meanwhile.
  IF NOT pg_try_advisory_xact_lock(7303147) THEN
    RAISE EXCEPTION 'another process makes a checkpoint' USING ERRCODE = 'lock_not_available';
  END IF;
  SELECT * INTO STRICT last FROM audit_checkpoints ORDER BY number DESC LIMIT 1;
  SELECT * INTO STRICT cut FROM audit_checkpoints WHERE number = passed;
  cut_said := cut.record::jsonb -> 'statement';
  IF (said ->> 'number')::bigint IS DISTINCT FROM last.number + 1
     OR said ->> 'previous' IS DISTINCT FROM encode(last.hash, 'hex')
     OR said ->> 'chains' IS DISTINCT FROM '0'
     OR said -> 'expired' ->> 'hash' IS DISTINCT FROM encode(cut.hash, 'hex')
     OR said -> 'expired' ->> 'events' IS DISTINCT FROM cut_said ->> 'total' THEN
    RAISE EXCEPTION 'the tombstone does not fit the trail' USING ERRCODE = 'check_violation';
  END IF;
  IF (cut_said ->> 'made_at')::timestamptz > audit_expiry_limit() THEN
    RAISE EXCEPTION 'checkpoint % is younger than the retention', passed USING ERRCODE = 'check_violation';
  END IF;
  IF NOT EXISTS (SELECT FROM audit_publications WHERE sink <> ALL (given_up_sinks))
     OR EXISTS (SELECT FROM audit_publications WHERE number < passed AND sink <> ALL (given_up_sinks)) THEN
    RAISE EXCEPTION 'checkpoint % is not published everywhere', passed USING ERRCODE = 'check_violation';
  END IF;
  INSERT INTO audit_checkpoints (number, hash, made_at, record)
  VALUES (last.number + 1, sha256(convert_to(tombstone, 'UTF8')), (said ->> 'made_at')::timestamptz, tombstone);
  INSERT INTO audit_expirations (number, through) VALUES (last.number + 1, passed);
END $$;

-- Removes the oldest checkpoint and its events. @returns how many events those were
CREATE FUNCTION expire_oldest_checkpoint() RETURNS bigint LANGUAGE plpgsql SECURITY DEFINER
  SET search_path = public, pg_temp AS $$
DECLARE
  oldest audit_checkpoints;
  sealed jsonb;
  gone   bigint;
  newest timestamptz;
BEGIN
  SELECT * INTO STRICT oldest FROM audit_checkpoints ORDER BY number LIMIT 1;
  IF NOT EXISTS (SELECT FROM audit_expirations WHERE xid = pg_current_xact_id() AND through >= oldest.number) THEN
    RAISE EXCEPTION 'no tombstone of this transaction covers checkpoint %', oldest.number
      USING ERRCODE = 'insufficient_privilege';
  END IF;
  sealed := oldest.record::jsonb;
  WITH removed AS (
    DELETE FROM audit_events e
    USING jsonb_to_recordset(sealed -> 'heads') AS h (chain uuid, "from" bigint, "to" bigint)
    WHERE e.chain = h.chain AND e.seq BETWEEN h."from" AND h."to"
    RETURNING e.recorded_at
  )
  SELECT count(*), max(recorded_at) INTO gone, newest FROM removed;
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

-- A tombstone that speaks of more than was removed would be a gap that nobody can explain.
CREATE FUNCTION audit_expiry_is_whole() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
  SET search_path = public, pg_temp AS $$
BEGIN
  IF EXISTS (SELECT FROM audit_checkpoints WHERE number <= NEW.through) THEN
    RAISE EXCEPTION 'checkpoints up to % were to be removed, and some are there', NEW.through
      USING ERRCODE = 'check_violation';
  END IF;
  RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER audit_expiry_is_whole AFTER INSERT ON audit_expirations
  DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION audit_expiry_is_whole();

REVOKE ALL ON FUNCTION begin_audit_expiry(text, text[]), expire_oldest_checkpoint(), audit_expiry_is_whole() FROM PUBLIC;
`,
} as const;
