import { OverloadedError } from '../audit/committer.ts';
import type { IngestFailure } from '../telemetry/metrics.ts';
import { UnavailableError } from '../unavailable-error.ts';

/** The same Idempotency-Key is being written just now. */
export class IdempotencyInFlightError extends Error {
  constructor() {
    super('a request with this Idempotency-Key is in flight');
    this.name = 'IdempotencyInFlightError';
  }
}

/** The Idempotency-Key was used before, with another body. */
export class IdempotencyConflictError extends Error {
  constructor() {
    super('this Idempotency-Key was used for another request');
    this.name = 'IdempotencyConflictError';
  }
}

/** Why a note was not taken, for the metrics. */
export function failureReason(error: unknown): IngestFailure {
  if (error instanceof UnavailableError) return 'unavailable';
  if (error instanceof OverloadedError) return 'overloaded';
  const refused = error instanceof IdempotencyInFlightError || error instanceof IdempotencyConflictError;
  return refused ? 'rejected' : 'error';
}
