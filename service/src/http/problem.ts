/** One fault: where it is, in the body (RFC 6901) or the query, and what is wrong, without what was sent. */
export type FieldError = { readonly detail: string } & (
  | { readonly pointer: string; readonly parameter?: undefined }
  | { readonly parameter: string; readonly pointer?: undefined }
);

/** https://www.rfc-editor.org/rfc/rfc6901#section-3 */
export const jsonPointer = (path: readonly PropertyKey[]): string =>
  path.map((part) => `/${String(part).replaceAll('~', '~0').replaceAll('/', '~1')}`).join('');

export interface ProblemOptions {
  readonly errors?: readonly FieldError[];
  readonly headers?: Readonly<Record<string, string>>;
  /**
   * The audit trail already has this refusal, or counts it with others.
   *
   * @default false
   */
  readonly recorded?: boolean;
}

/** The problems, by the last part of `type`, which is also the reason in the audit trail. */
const kinds = {
  'bad-request': { status: 400, title: 'Bad request' },
  'authentication-required': { status: 401, title: 'Authentication required' },
  forbidden: { status: 403, title: 'Forbidden' },
  'break-glass-required': { status: 403, title: 'Restricted to another care team' },
  'cross-site': { status: 403, title: 'Request from elsewhere' },
  'sign-in-required': { status: 403, title: 'Sign in with the identity provider' },
  'not-found': { status: 404, title: 'Not found' },
  'method-not-allowed': { status: 405, title: 'Method not allowed' },
  'request-timeout': { status: 408, title: 'Request timeout' },
  conflict: { status: 409, title: 'Conflict' },
  'break-glass-not-needed': { status: 409, title: 'Not needed' },
  'body-too-large': { status: 413, title: 'Body too large' },
  'unsupported-media-type': { status: 415, title: 'Unsupported media type' },
  'invalid-content': { status: 422, title: 'Invalid content' },
  'idempotency-key-reused': { status: 422, title: 'Idempotency-Key reused' },
  'rate-limited': { status: 429, title: 'Too many requests' },
  'headers-too-large': { status: 431, title: 'Headers too large' },
  'internal-error': { status: 500, title: 'Internal error' },
  unavailable: { status: 503, title: 'Unavailable' },
  overloaded: { status: 503, title: 'Overloaded' },
} as const;

export type ProblemCode = keyof typeof kinds;

/**
 * An answer by RFC 9457. Its texts are literals of this service: nothing that a client sent, and no message of an
 * unknown error, gets into one.
 */
export class Problem extends Error {
  readonly status: number;
  readonly code: ProblemCode;
  readonly title: string;
  readonly errors: readonly FieldError[] | undefined;
  readonly headers: Readonly<Record<string, string>>;
  readonly recorded: boolean;

  constructor(code: ProblemCode, detail: string, options: ProblemOptions = {}) {
    super(detail);
    this.name = 'Problem';
    this.code = code;
    this.status = kinds[code].status;
    this.title = kinds[code].title;
    this.errors = options.errors;
    this.headers = options.headers ?? {};
    this.recorded = options.recorded ?? false;
  }

  /** The body of the answer. */
  toBody(requestId: string | undefined): Record<string, unknown> {
    return {
      type: problemType(this.code),
      title: this.title,
      status: this.status,
      detail: this.message,
      instance: requestId && `urn:uuid:${requestId}`,
      errors: this.errors,
    };
  }
}

const problemType = (code: ProblemCode): string => `urn:healthcare-ai:problem:${code}`;

/** Every `type` that a problem, or one of this status, may have. */
export const problemTypes = (status?: number): string[] =>
  (Object.keys(kinds) as ProblemCode[])
    .filter((code) => status === undefined || kinds[code].status === status)
    .map(problemType);
