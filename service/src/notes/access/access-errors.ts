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

/** Nobody reviews their own emergency access. The audit trail already has the denial. */
export class OwnGrantError extends Error {
  constructor() {
    super('the grant is the own one of the reviewer');
    this.name = 'OwnGrantError';
  }
}

/** The emergency access was reviewed before. The audit trail already has the attempt. */
export class AlreadyReviewedError extends Error {
  constructor() {
    super('the grant was reviewed before');
    this.name = 'AlreadyReviewedError';
  }
}
