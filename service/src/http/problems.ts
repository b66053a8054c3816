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
    new Problem(
      401,
      'authentication-required',
      'Authentication required',
      'Send a valid API key or JWT: Authorization: Bearer <token>.',
      { headers: challenge(refused) },
    ),
  sessionRequired: () =>
    new Problem(
      401,
      'authentication-required',
      'Authentication required',
      'No session, or one that has ended. Sign in.',
      {
        headers: challenge(false),
      },
    ),
  crossSite: () =>
    new Problem(
      403,
      'cross-site',
      'Request from elsewhere',
      'Only the page of this service may send this request: Sec-Fetch-Site: same-origin, or its own Origin.',
      { recorded: true },
    ),
  signInRequired: () =>
    new Problem(
      403,
      'sign-in-required',
      'Sign in with the identity provider',
      'An identity provider is configured, so an API key opens no session. Sign in at /app/signin.',
    ),
  badJson: () => new Problem(400, 'bad-request', 'Bad request', 'The body is not JSON in UTF-8.'),
  badHeader: (name: string) => new Problem(400, 'bad-request', 'Bad request', `The header ${name} is malformed.`),
  tooManyPieces: () =>
    new Problem(400, 'bad-request', 'Bad request', 'The body comes in too many small pieces. Send larger chunks.', {
      headers: { Connection: 'close' },
    }),
  bodyTooLarge: (limit: number) =>
    new Problem(413, 'body-too-large', 'Body too large', `The body may have at most ${limit} bytes.`, {
      headers: { Connection: 'close' },
    }),
  forbidden: (detail = 'Your roles do not allow this.') => new Problem(403, 'forbidden', 'Forbidden', detail),
  invalidContent: (errors: readonly FieldError[]) =>
    new Problem(422, 'invalid-content', 'Invalid content', 'The request has invalid content; see errors.', {
      errors,
    }),
  methodNotAllowed: (allowed: readonly string[]) =>
    new Problem(405, 'method-not-allowed', 'Method not allowed', `Allowed here: ${allowed.join(', ')}.`, {
      headers: { Allow: allowed.join(', ') },
    }),
  /** Where its body ends is in doubt, so the connection carries no further request. */
  badHead: (detail: string) =>
    new Problem(400, 'bad-request', 'Bad request', detail, { headers: { Connection: 'close' } }),
  repeatedCookie: () =>
    new Problem(400, 'bad-request', 'Bad request', 'Send the session cookie once; the request has it twice.'),
  notFound: (options?: Pick<ProblemOptions, 'recorded'>) =>
    new Problem(404, 'not-found', 'Not found', 'Not found, or you do not have access.', options),
  rateLimited: (retryAfter: number, options?: Pick<ProblemOptions, 'recorded'>) =>
    new Problem(429, 'rate-limited', 'Too many requests', `Try again in ${retryAfter} seconds.`, {
      ...options,
      headers: { 'Retry-After': String(retryAfter) },
    }),
  unsupportedMediaType: () =>
    new Problem(
      415,
      'unsupported-media-type',
      'Unsupported media type',
      'Send application/json in UTF-8, without a content encoding.',
      // RFC 9110, 15.5.16.
      { headers: { Accept: 'application/json', 'Accept-Encoding': 'identity' } },
    ),
  unavailable: () =>
    new Problem(
      503,
      'unavailable',
      'Unavailable',
      'The service cannot reach its storage. Retry; send notes with an Idempotency-Key.',
      { headers: { 'Retry-After': '2' } },
    ),
  internal: () => new Problem(500, 'internal-error', 'Internal error', 'The service failed. The failure is logged.'),
} as const;

/** The problem that an error of the lower layers amounts to; undefined is a fault of this service. */
export function problemOf(error: unknown): Problem | undefined {
  if (error instanceof Problem) return error;
  if (error instanceof UnavailableError) return problems.unavailable();
  if (error instanceof OverloadedError) {
    return new Problem(503, 'overloaded', 'Overloaded', 'Too many requests are waiting. Try again in a moment.', {
      headers: { 'Retry-After': '1' },
    });
  }
  if (error instanceof IdempotencyInFlightError) {
    return new Problem(409, 'conflict', 'Conflict', 'A request with this Idempotency-Key is still in progress.', {
      headers: { 'Retry-After': '1' },
    });
  }
  if (error instanceof IdempotencyConflictError) {
    return new Problem(
      422,
      'idempotency-key-reused',
      'Idempotency-Key reused',
      'This Idempotency-Key was already used with a different body.',
    );
  }
  if (error instanceof NotFoundError) return problems.notFound({ recorded: true });
  if (error instanceof CareTeamError) {
    return new Problem(
      403,
      'break-glass-required',
      'Restricted to another care team',
      'The note belongs to a care team that your key or token does not name. In an emergency, request access with a ' +
        'reason: POST /break-glass {"audit_id": ..., "reason_code": ..., "reason_text": ...}. The request is recorded and raises an alarm.',
      { recorded: true },
    );
  }
  if (error instanceof GrantNotNeededError) {
    return new Problem(409, 'break-glass-not-needed', 'Not needed', 'You can already read every note of this patient.');
  }
  if (error instanceof OwnGrantError) {
    const detail = 'You cannot review your own emergency access. Ask another auditor.';
    return new Problem(403, 'forbidden', 'Forbidden', detail, { recorded: true });
  }
  if (error instanceof AlreadyReviewedError) {
    const detail = 'This emergency access is already reviewed. The first review counts.';
    return new Problem(409, 'conflict', 'Conflict', detail, { recorded: true });
  }
  if (error instanceof InvalidCursorError) {
    return problems.invalidContent([{ pointer: '/cursor', detail: 'must be a cursor returned with a previous page' }]);
  }
  return undefined;
}
