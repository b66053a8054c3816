/** Notes, their keys, the audit trail, API keys and idempotency records. */
export const notesAndAudit = {
  version: 1,
  name: 'notes and audit',
  sql: `
CREATE TABLE data_keys (
  key_id          uuid PRIMARY KEY,
  purpose         text NOT NULL CHECK (purpose IN ('note', 'patient-index', 'idempotency')),
  version         integer,
  wrapped         bytea NOT NULL,
  wrapping_key_id text NOT NULL,
  created_at      timestamptz NOT NULL DEFAULT now(),
  UNIQUE (purpose, version)
);

CREATE TABLE api_keys (
  key_id     text PRIMARY KEY CHECK (key_id ~ '^[0-9a-z]{12}$'),
  tenant     text NOT NULL,
  principal  text NOT NULL,
  roles      text[] NOT NULL,
  hash       bytea NOT NULL CHECK (length(hash) = 32),
  created_at timestamptz NOT NULL DEFAULT now(),
  expires_at timestamptz,
  revoked_at timestamptz
);

CREATE TABLE notes (
  audit_id            uuid PRIMARY KEY,
  tenant              text NOT NULL,
  received_at         timestamptz NOT NULL,
  principal           text NOT NULL,
  patient_ref         bytea NOT NULL CHECK (length(patient_ref) = 32),
  patient_ref_version integer NOT NULL,
  key_id              uuid NOT NULL,
  sealed              bytea NOT NULL
);
CREATE INDEX notes_by_patient ON notes (tenant, patient_ref, received_at DESC, audit_id DESC);
-- Ciphertext does not compress: do not spend time trying.
ALTER TABLE notes ALTER COLUMN sealed SET STORAGE EXTERNAL;

CREATE TABLE idempotency_records (
  tenant      text NOT NULL,
  principal   text NOT NULL,
  key_ref     bytea NOT NULL CHECK (length(key_ref) = 32),
  fingerprint bytea NOT NULL CHECK (length(fingerprint) = 32),
  audit_id    uuid NOT NULL,
  received_at timestamptz NOT NULL,
  PRIMARY KEY (tenant, principal, key_ref)
);
CREATE INDEX idempotency_records_by_age ON idempotency_records (received_at);

-- "event" is what was hashed, byte for byte. The other columns repeat some of its members for look-up; the verifier
-- compares them with it.
CREATE TABLE audit_events (
  chain       uuid NOT NULL,
  seq         bigint NOT NULL CHECK (seq > 0),
  hash        bytea NOT NULL CHECK (length(hash) = 32),
  recorded_at timestamptz NOT NULL,
  tenant      text,
  principal   text,
  action      text NOT NULL,
  outcome     text NOT NULL CHECK (outcome IN ('success', 'denied', 'failure')),
  audit_id    uuid,
  patient_ref bytea,
  event       text NOT NULL,
  PRIMARY KEY (chain, seq)
);
CREATE INDEX audit_events_by_time ON audit_events (tenant, recorded_at DESC, chain, seq);
CREATE INDEX audit_events_by_note ON audit_events (audit_id) WHERE audit_id IS NOT NULL;
CREATE INDEX audit_events_by_patient ON audit_events (tenant, patient_ref, recorded_at DESC)
  WHERE patient_ref IS NOT NULL;

CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION '% of % is refused: the table takes additions only', TG_OP, TG_TABLE_NAME
    USING ERRCODE = 'insufficient_privilege';
END $$;
CREATE TRIGGER audit_events_are_final BEFORE UPDATE OR DELETE OR TRUNCATE ON audit_events
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER notes_are_final BEFORE UPDATE OR DELETE OR TRUNCATE ON notes
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
`,
} as const;
