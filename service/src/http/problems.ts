import { OverloadedError } from '../audit/committer.ts';
import { InvalidCursorError } from '../database/cursor.ts';
import {
  AlreadyReviewedError,
  CareTeamError,
  GrantNotNeededError,
  NotFoundError,
  OwnGrantError,
} from '../notes/access/access-errors.ts';
import { IdempotencyConflictError, IdempotencyInFlightError } from '../notes/ingest-errors.ts';
import { UnavailableError } from '../unavailable-error.ts';
import { type FieldError, Problem, type ProblemOptions } from './problem.ts';

/** RFC 6750, 3.1: with a credential that was refused, and without an error where there was none. */
const challenge = (refused: boolean) => ({
  'WWW-Authenticate': `Bearer realm="healthcare-ai"${refused ? ', error="invalid_token"' : ''}`,
});

export const problems = {
  authenticationRequired: (refused: boolean) =>
    new Problem('authentication-required', 'Send a valid API key or JWT: Authorization: Bearer <token>.', {
      headers: challenge(refused),
    }),
  sessionRequired: () =>
    new Problem('authentication-required', 'No session, or one that has ended. Sign in.', {
      headers: challenge(false),
    }),
  crossSite: () =>
    new Problem(
      'cross-site',
      'Only the page of this service may send this request: Sec-Fetch-Site: same-origin, or its own Origin.',
      { recorded: true },
    ),
  signInRequired: () =>
    new Problem(
      'sign-in-required',
      'An identity provider is configured, so an API key opens no session. Sign in at /app/signin.',
    ),
  badJson: () => new Problem('bad-request', 'The body is not JSON in UTF-8.'),
  badHeader: (name: string) => new Problem('bad-request', `The header ${name} is malformed.`),
  tooManyPieces: () =>
    new Problem('bad-request', 'The body comes in too many small pieces. Send larger chunks.', {
      headers: { Connection: 'close' },
    }),
  bodyTooLarge: (limit: number) =>
    new Problem('body-too-large', `The body may have at most ${limit} bytes.`, {
      headers: { Connection: 'close' },
    }),
  forbidden: (detail = 'Your roles do not allow this.') => new Problem('forbidden', detail),
  invalidContent: (errors: readonly FieldError[]) =>
    new Problem('invalid-content', 'The request has invalid content; see errors.', {
      errors,
    }),
  methodNotAllowed: (allowed: readonly string[]) =>
    new Problem('method-not-allowed', `Allowed here: ${allowed.join(', ')}.`, {
      headers: { Allow: allowed.join(', ') },
    }),
  /** Where its body ends is in doubt, so the connection carries no further request. */
  badHead: (detail: string) => new Problem('bad-request', detail, { headers: { Connection: 'close' } }),
  repeatedCookie: () => new Problem('bad-request', 'Send the session cookie once; the request has it twice.'),
  notFound: (options?: Pick<ProblemOptions, 'recorded'>) =>
    new Problem('not-found', 'Not found, or you do not have access.', options),
  rateLimited: (retryAfter: number, options?: Pick<ProblemOptions, 'recorded'>) =>
    new Problem('rate-limited', `Try again in ${retryAfter} seconds.`, {
      ...options,
      headers: { 'Retry-After': String(retryAfter) },
    }),
  unsupportedMediaType: () =>
    new Problem(
      'unsupported-media-type',
      'Send application/json in UTF-8, without a content encoding.',
      // RFC 9110, 15.5.16.
      { headers: { Accept: 'application/json', 'Accept-Encoding': 'identity' } },
    ),
  unavailable: () =>
    new Problem('unavailable', 'The service cannot reach its storage. Retry; send notes with an Idempotency-Key.', {
      headers: { 'Retry-After': '2' },
    }),
  internal: () => new Problem('internal-error', 'The service failed. The failure is logged.'),
} as const;

/** The problem that an error of the lower layers amounts to; undefined is a fault of this service. */
export function problemOf(error: unknown): Problem | undefined {
  if (error instanceof Problem) return error;
  if (error instanceof UnavailableError) return problems.unavailable();
  if (error instanceof OverloadedError) {
    return new Problem('overloaded', 'Too many requests are waiting. Try again in a moment.', {
      headers: { 'Retry-After': '1' },
    });
  }
  if (error instanceof IdempotencyInFlightError) {
    return new Problem('conflict', 'A request with this Idempotency-Key is still in progress.', {
      headers: { 'Retry-After': '1' },
    });
  }
  if (error instanceof IdempotencyConflictError) {
    return new Problem('idempotency-key-reused', 'This Idempotency-Key was already used with a different body.');
  }
  if (error instanceof NotFoundError) return problems.notFound({ recorded: true });
  if (error instanceof CareTeamError) {
    return new Problem(
      'break-glass-required',
      'The note belongs to a care team that your key or token does not name. In an emergency, request access with a ' +
        'reason: POST /break-glass {"audit_id": ..., "reason_code": ..., "reason_text": ...}. The request is recorded and raises an alarm.',
      { recorded: true },
    );
  }
  if (error instanceof GrantNotNeededError) {
    return new Problem('break-glass-not-needed', 'You can already read every note of this patient.');
  }
  if (error instanceof OwnGrantError) {
    const detail = 'You cannot review your own emergency access. Ask another auditor.';
    return new Problem('forbidden', detail, { recorded: true });
  }
  if (error instanceof AlreadyReviewedError) {
    const detail = 'This emergency access is already reviewed. The first review counts.';
    return new Problem('conflict', detail, { recorded: true });
  }
  if (error instanceof InvalidCursorError) {
    return problems.invalidContent([{ pointer: '/cursor', detail: 'must be a cursor returned with a previous page' }]);
  }
  return undefined;
}
