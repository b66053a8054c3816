/** Care teams of notes and keys, and the grants by which a clinician went past them. */
export const careTeams = {
  version: 4,
  name: 'care teams',
  sql: `
-- NOT VALID: the rows that are there have no team, and need not be read to know it.
ALTER TABLE notes ADD COLUMN care_team text;
ALTER TABLE notes ADD CONSTRAINT notes_care_team CHECK (care_team ~ '^[a-z0-9][a-z0-9._-]{0,31}$') NOT VALID;
ALTER TABLE api_keys ADD COLUMN care_teams text[] NOT NULL DEFAULT '{}';

CREATE TABLE break_glass_grants (
  grant_id            uuid PRIMARY KEY,
  tenant              text NOT NULL,
  principal           text NOT NULL,
  audit_id            uuid,
  reason_code         text NOT NULL CHECK (reason_code ~ '^[A-Z]{2,16}$'),
  -- Under each version of the index key that there was, the newest first; patient_ref_version is that of the first.
  patient_refs        bytea[] NOT NULL CHECK (cardinality(patient_refs) > 0),
  patient_ref_version integer NOT NULL,
  opened_at           timestamptz NOT NULL,
  expires_at          timestamptz NOT NULL,
  CHECK (expires_at > opened_at AND expires_at <= opened_at + interval '24 hours')
);
CREATE INDEX break_glass_grants_by_principal ON break_glass_grants (tenant, principal, expires_at);

-- Apart from the grants, so that the right to look up a grant is not the right to its words.
CREATE TABLE break_glass_reasons (
  grant_id uuid PRIMARY KEY REFERENCES break_glass_grants,
  key_id   uuid NOT NULL,
  sealed   bytea NOT NULL
);

CREATE TRIGGER break_glass_grants_are_final BEFORE UPDATE OR DELETE OR TRUNCATE ON break_glass_grants
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER break_glass_reasons_are_final BEFORE UPDATE OR DELETE OR TRUNCATE ON break_glass_reasons
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
`,
} as const;
