/**
 * Indexes with which an audit search costs the same however much was stored, and a note that stays in its page.
 *
 * `note.create` and `success` are dense, so the index by time serves them; the partial indexes cost ingest nothing. A
 * sealed note of 2 kB is just above the size at which PostgreSQL moves it out of its row, into a table and an index of
 * their own; rows that are there are not rewritten.
 */
export const searchIndexes = {
  version: 7,
  name: 'search indexes',
  indexes: {
    audit_events_by_principal: 'ON audit_events (tenant, principal, recorded_at DESC)',
    audit_events_by_action: "ON audit_events (tenant, action, recorded_at DESC) WHERE action <> 'note.create'",
    audit_events_refused: "ON audit_events (tenant, outcome, recorded_at DESC) WHERE outcome <> 'success'",
    notes_of_teams: 'ON notes (tenant, patient_ref, care_team) WHERE care_team IS NOT NULL',
  },
  sql: 'ALTER TABLE notes SET (toast_tuple_target = 8160)',
};
