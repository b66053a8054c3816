import { type ProblemCode, problemType } from '../problem.ts';

/** The status that each kind of problem is answered with. */
const statuses: Readonly<Record<ProblemCode, number>> = {
  'bad-request': 400,
  'authentication-required': 401,
  forbidden: 403,
  'break-glass-required': 403,
  'cross-site': 403,
  'sign-in-required': 403,
  'not-found': 404,
  'method-not-allowed': 405,
  'request-timeout': 408,
  conflict: 409,
  'break-glass-not-needed': 409,
  'body-too-large': 413,
  'unsupported-media-type': 415,
  'invalid-content': 422,
  'idempotency-key-reused': 422,
  'rate-limited': 429,
  'headers-too-large': 431,
  'internal-error': 500,
  unavailable: 503,
  overloaded: 503,
};

/** Every `type` that a problem may have. */
export const problemTypes: readonly string[] = (Object.keys(statuses) as ProblemCode[]).map(problemType);

/** Every `type` that a problem of this status may have. */
export const problemTypesOf = (status: number): readonly string[] =>
  (Object.entries(statuses) as [ProblemCode, number][]).flatMap(([code, its]) =>
    its === status ? [problemType(code)] : [],
  );
