/**
 * Which new forms of stored data are written: a release that brings one reads it, and writes it once `stored_forms` names
 * it. A row is final, because what was written in the new form stays. The columns of `audit_publications` tell how far a
 * sink has published segments.
 */
export const storedForms = {
  version: 11,
  name: 'stored forms',
  sql: `
CREATE TABLE stored_forms (
  name  text PRIMARY KEY,
  since timestamptz NOT NULL DEFAULT now()
);
CREATE TRIGGER stored_forms_are_final BEFORE UPDATE OR DELETE OR TRUNCATE ON stored_forms
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

-- From segments_from on, every checkpoint is published with its segment; those before it have segments up to backfilled.
ALTER TABLE audit_publications
  ADD COLUMN segments_from bigint, ADD COLUMN backfilled bigint, ADD COLUMN backfilled_at timestamptz;
`,
};
