/**
 * Finds the notes of care teams, and of none, in the order in which they were received: an audit id begins with the time,
 * so that the index grows at its right edges, and a partition of other times is not read.
 */
export const workList = {
  version: 8,
  name: 'work list',
  indexes: { notes_work_list: 'ON notes (tenant, care_team, audit_id DESC)' },
  sql: '',
};
