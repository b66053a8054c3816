/**
 * Signed checkpoints over the audit chains, and how far each sink has got.
 *
 * `audit_heads` is a cache of how far each chain is sealed, so that no process reads the trail from its beginning: what
 * verifies the trail never trusts it. `fault` is the reason why sealing of a chain stopped.
 */
export const auditCheckpoints = {
  version: 3,
  name: 'audit checkpoints',
  sql: `
CREATE TABLE audit_checkpoints (
  number  bigint PRIMARY KEY CHECK (number > 0),
  hash    bytea NOT NULL CHECK (length(hash) = 32),
  made_at timestamptz NOT NULL,
  record  text NOT NULL
);
CREATE TRIGGER audit_checkpoints_are_final BEFORE UPDATE OR DELETE OR TRUNCATE ON audit_checkpoints
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

CREATE TABLE audit_heads (
  chain uuid PRIMARY KEY,
  seq   bigint NOT NULL CHECK (seq >= 0),
  hash  bytea NOT NULL CHECK (length(hash) = 32),
  ended boolean NOT NULL DEFAULT false,
  fault text
);
CREATE INDEX audit_heads_open ON audit_heads (chain) WHERE NOT ended;

-- Finds the chains that are not in audit_heads yet without reading their events.
CREATE INDEX audit_chain_starts ON audit_events (chain) WHERE seq = 1;

CREATE TABLE audit_publications (
  sink         text PRIMARY KEY,
  number       bigint NOT NULL DEFAULT 0,
  term         bigint NOT NULL,
  published_at timestamptz
);
CREATE SEQUENCE audit_publisher_terms;
`,
} as const;
