/**
 * Sessions of the page at /app. A row is there as long as its session: what ended it is an audit event. There are
 * never more rows than people who worked within the last minutes, so the key is the only index.
 */
export const sessions = {
  version: 9,
  name: 'sessions',
  sql: `
CREATE TABLE sessions (
  id_hash    bytea PRIMARY KEY CHECK (length(id_hash) = 32),
  tenant     text NOT NULL,
  principal  text NOT NULL,
  roles      text[] NOT NULL,
  care_teams text[] NOT NULL,
  -- What was handed in for it: an API key, or a token of this issuer.
  key_id     text,
  issuer     text,
  created_at timestamptz NOT NULL,
  seen_at    timestamptz NOT NULL,
  expires_at timestamptz NOT NULL,
  CHECK ((key_id IS NULL) <> (issuer IS NULL))
);
`,
} as const;
