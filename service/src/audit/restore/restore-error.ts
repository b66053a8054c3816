/** Why a trail is not brought back: a code for the trail. */
export type RestoreRefusal = 'behind' | 'broken' | 'busy' | 'fork' | 'gap' | 'conflict';

/** The trail of a database is not brought back; the message says why, and what to do. */
export class RestoreError extends Error {
  readonly reason: RestoreRefusal;

  constructor(reason: RestoreRefusal, message: string) {
    super(message);
    this.name = 'RestoreError';
    this.reason = reason;
  }
}
