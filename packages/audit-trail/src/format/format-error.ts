/** A record of the trail is not in the one form that it may have. The message names the member, never its value. */
export class TrailFormatError extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'TrailFormatError';
  }
}
