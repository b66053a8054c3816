/** A refusal or failure, by RFC 9457, with what a person needs to report it. */
export class Problem extends Error {
  /** 0 where no answer came. */
  readonly status: number;
  /** Last part of the problem's type, such as `not-found`. */
  readonly code: string;
  readonly title: string;
  readonly requestId: string | undefined;
  /** Seconds to wait before trying again. */
  readonly retryAfter: number | undefined;
  readonly errors: readonly { readonly detail: string; readonly pointer?: string; readonly parameter?: string }[];

  constructor(
    status: number,
    body: { type?: string; title?: string; detail?: string; errors?: Problem['errors'] },
    headers?: Headers,
  ) {
    super(body.detail ?? '');
    this.name = 'Problem';
    this.status = status;
    this.code = body.type?.split(':').at(-1) ?? '';
    this.title = body.title ?? `The service answered with status ${status}`;
    this.requestId = headers?.get('X-Request-Id') ?? undefined;
    const seconds = Number(headers?.get('Retry-After') ?? Number.NaN);
    this.retryAfter = Number.isFinite(seconds) ? seconds : undefined;
    this.errors = body.errors ?? [];
  }
}
