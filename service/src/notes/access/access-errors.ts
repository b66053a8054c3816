/** The tenant has nothing under this identifier. The audit trail already has the attempt. */
export class NotFoundError extends Error {
  constructor() {
    super('nothing has this identifier');
    this.name = 'NotFoundError';
  }
}

/** The note belongs to a care team that the principal is not in. The audit trail already has the denial. */
export class CareTeamError extends Error {
  constructor() {
    super('the note is of another care team');
    this.name = 'CareTeamError';
  }
}

/** Break-glass is not needed: the principal may read every note of the patient. */
export class GrantNotNeededError extends Error {
  constructor() {
    super('the principal may read every note of the patient');
    this.name = 'GrantNotNeededError';
  }
}
