/** The note is of a care team that the principal is not in. Its denial is in the trail already. */
export class CareTeamError extends Error {
  constructor() {
    super('the note is of another care team');
    this.name = 'CareTeamError';
  }
}

/** There is nothing behind the glass: the principal may read all notes of the patient as it is. */
export class GrantNotNeededError extends Error {
  constructor() {
    super('the principal may read every note of the patient');
    this.name = 'GrantNotNeededError';
  }
}
