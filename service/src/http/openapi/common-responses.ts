import * as z from 'zod';
import type { ResponseDescription, RouteDescription } from './route-description.ts';

const retryAfter = {
  'Retry-After': { description: 'Seconds to wait before the next attempt.', schema: z.int().min(0) },
};

const requestId = {
  'X-Request-Id': { description: 'Id of the request in logs and in the audit trail.', schema: z.uuid() },
};
const rateLimit = {
  RateLimit: { description: 'Requests left in this window and seconds until it ends. Absent without a limit.' },
  'RateLimit-Policy': { description: 'The limit of the principal. Absent without a limit.' },
};

const problem = (description: string, headers?: ResponseDescription['headers']): ResponseDescription => ({
  description,
  problem: true,
  ...(headers === undefined ? {} : { headers }),
});

/** The problems that a route may answer with, by status. */
const problems: Readonly<Record<number, ResponseDescription>> = {
  400: problem(
    'The request is not valid HTTP/1.1, a header is malformed or repeated, or the body is not JSON in UTF-8.',
  ),
  401: problem('No credential, or an invalid one.', {
    'WWW-Authenticate': {
      description: 'The scheme to use: `Bearer`, with `error="invalid_token"` for one that is refused.',
    },
  }),
  403: problem('The roles of the principal do not allow this, or the note belongs to another care team.'),
  404: problem('Not found, or the principal does not have access.'),
  408: problem('The request did not arrive in time.'),
  409: problem('A request with this Idempotency-Key is in progress, or the result already exists.'),
  413: problem('The body is too large.'),
  415: problem('The body is not `application/json` in UTF-8.', {
    Accept: { description: 'The media type to send.' },
    'Accept-Encoding': { description: 'The content coding to send: none.' },
  }),
  422: problem(
    'A member or query parameter is missing, invalid or not known, or the Idempotency-Key was used with a different body.',
  ),
  429: problem('Too many requests.', retryAfter),
  431: problem('The headers are larger than 16 KiB.'),
  500: problem('The service failed. The failure is logged.'),
  503: problem('The service cannot reach its storage. Retry.', retryAfter),
};

const always = [400, 408, 431];
const withCredential = [401, 403, 422, 429, 500, 503];
const withBody = [413, 415, 422];

/** What the steps in front of a route may answer, and the problems that the route itself has. */
export function problemResponses(route: RouteDescription): Record<number, ResponseDescription> {
  const statuses = [
    ...always,
    ...(route.request?.body ? withBody : []),
    ...(route.public === true ? [] : withCredential),
    ...(route.problems ?? []),
  ];
  return Object.fromEntries(statuses.map((status) => [status, problems[status] ?? problem('An error.')]));
}

/** The headers of a response, in addition to those that its route names. */
export const commonHeaders = (route: RouteDescription, status: number): ResponseDescription['headers'] =>
  // Without a credential there is no principal, and so no limit to report.
  route.public === true || status === 401 ? requestId : { ...requestId, ...rateLimit };
