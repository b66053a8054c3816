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

/** Names of the problems: the last part of `type`, and the reason in the audit trail. */
export type ProblemCode =
  | 'authentication-required'
  | 'bad-request'
  | 'body-too-large'
  | 'break-glass-not-needed'
  | 'break-glass-required'
  | 'conflict'
  | 'cross-site'
  | 'forbidden'
  | 'headers-too-large'
  | 'idempotency-key-reused'
  | 'internal-error'
  | 'invalid-content'
  | 'method-not-allowed'
  | 'not-found'
  | 'overloaded'
  | 'rate-limited'
  | 'request-timeout'
  | 'sign-in-required'
  | 'unavailable'
  | 'unsupported-media-type';

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

  constructor(status: number, code: ProblemCode, title: string, detail: string, options: ProblemOptions = {}) {
    super(detail);
    this.name = 'Problem';
    this.status = status;
    this.code = code;
    this.title = title;
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

/** URI of a kind of problem. */
export const problemType = (code: ProblemCode): string => `urn:healthcare-ai:problem:${code}`;
