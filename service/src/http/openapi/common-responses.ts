import * as z from 'zod';
import type { ResponseDescription, RouteDescription } from './route-description.ts';

const retryAfter = {
  'Retry-After': { description: 'Seconds to wait before the next attempt.', schema: z.int().min(0) },
};

const requestId = {
  'X-Request-Id': { description: 'Names the request in logs and in the audit trail.', schema: z.uuid() },
};
const rateLimit = {
  RateLimit: { description: 'Requests left in this window, and seconds until it ends; absent without a limit.' },
  'RateLimit-Policy': { description: 'The limit of the principal; absent without one.' },
};

const problem = (description: string, headers?: ResponseDescription['headers']): ResponseDescription => ({
  description,
  problem: true,
  ...(headers === undefined ? {} : { headers }),
});

const withCredential: Record<number, ResponseDescription> = {
  401: problem('No credential, or one that is not valid.', {
    'WWW-Authenticate': { description: 'The scheme to use: `Bearer`.' },
  }),
  403: problem('The caller has no role that allows this. The denial is in the audit trail.'),
  429: problem('Too many requests.', retryAfter),
  503: problem('The service cannot store or read now. Try again.', retryAfter),
};

const withBody: Record<number, ResponseDescription> = {
  400: problem('The body is no JSON, or a header does not have the form that it must have.'),
  413: problem('The body is too large.'),
  415: problem('The body is not `application/json` in UTF-8.'),
  422: problem('A member is missing, blank, too long, or cannot be stored.'),
};

const always: Record<number, ResponseDescription> = { 500: problem('The service failed. The failure is logged.') };

/** What the steps in front of a route may answer, whatever the route does. */
export function commonResponses(route: RouteDescription): Record<number, ResponseDescription> {
  return {
    ...(route.request?.body && withBody),
    ...(route.public === true ? undefined : { ...withCredential, ...always }),
  };
}

/** The headers of an answer, beside those that its route names. */
export const commonHeaders = (route: RouteDescription, status: number): ResponseDescription['headers'] =>
  // Without a credential there is no principal whose limit could be told.
  route.public === true || status === 401 ? requestId : { ...requestId, ...rateLimit };
