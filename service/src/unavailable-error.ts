/** Something that the service depends on cannot be reached now: the caller may try again later. */
export class UnavailableError extends Error {
  /** A code of the system, the database or this service; never a message. */
  readonly code: string;

  constructor(dependency: string, code: string) {
    super(`${dependency} is unavailable (${code})`);
    this.name = 'UnavailableError';
    this.code = code;
  }
}
