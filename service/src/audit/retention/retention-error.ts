/** Why a part of the trail is not expired: a code for the trail. */
export type RetentionRefusal =
  | 'too-young'
  | 'unknown-checkpoint'
  | 'unpublished'
  | 'broken'
  | 'no-key'
  | 'busy'
  | 'behind';

/** A part of the trail is not expired; the message says why, and what to do. */
export class RetentionError extends Error {
  readonly reason: RetentionRefusal;

  constructor(reason: RetentionRefusal, message: string) {
    super(message);
    this.name = 'RetentionError';
    this.reason = reason;
  }
}
