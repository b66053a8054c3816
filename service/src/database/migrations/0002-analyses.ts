/**
 * Analyses, and the queue of those that are still to be made: one row a note, from the request to the result.
 *
 * `due_at` is when a worker may take the row: at once, after the pause before a further attempt, or, while it is
 * `running`, when the lease of the worker ends that holds it. So one index finds all three.
 */
export const analyses = {
  version: 2,
  name: 'analyses',
  sql: `
CREATE TABLE analyses (
  audit_id       uuid PRIMARY KEY REFERENCES notes,
  tenant         text NOT NULL,
  principal      text NOT NULL,
  status         text NOT NULL CHECK (status IN ('queued', 'running', 'done', 'dead')),
  requested_at   timestamptz NOT NULL,
  due_at         timestamptz NOT NULL,
  attempts       integer NOT NULL DEFAULT 0,
  lease          uuid,
  failure        text,
  finished_at    timestamptz,
  engine         text,
  engine_version text,
  rules_sha256   text CHECK (rules_sha256 ~ '^[0-9a-f]{64}$'),
  needs_review   boolean,
  key_id         uuid,
  sealed         bytea,
  CHECK ((status = 'running') = (lease IS NOT NULL)),
  CHECK (status <> 'done' OR (sealed IS NOT NULL AND key_id IS NOT NULL AND needs_review IS NOT NULL))
);
CREATE INDEX analyses_due ON analyses (due_at) WHERE status IN ('queued', 'running');
ALTER TABLE analyses ALTER COLUMN sealed SET STORAGE EXTERNAL;
`,
} as const;
