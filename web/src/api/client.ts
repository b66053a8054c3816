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

/** An answer that came, with what its headers say. */
export interface Answer<T> {
  readonly status: number;
  readonly body: T;
  readonly retryAfter: number | undefined;
}

export interface SendOptions {
  readonly signal?: AbortSignal;
}

const limit = 30_000;

/**
 * Sends one request. Nothing is retried: a request that reads a note is an audit event, and a second one would record a
 * view that nobody had.
 */
async function send<T>(method: 'GET' | 'POST', path: string, body: unknown, options: SendOptions): Promise<Answer<T>> {
  const timeout = AbortSignal.timeout(limit);
  const response = await fetch(`/app/api${path}`, {
    method,
    headers: method === 'POST' ? { 'Content-Type': 'application/json' } : {},
    body: body === undefined ? undefined : JSON.stringify(body),
    signal: options.signal ? AbortSignal.any([options.signal, timeout]) : timeout,
    cache: 'no-store',
  }).catch((error: unknown) => {
    if (options.signal?.aborted) throw error;
    throw new Problem(0, {
      title: 'No answer from the service',
      detail: 'Check the network connection, then try again.',
    });
  });
  const content: unknown = await response.json().catch(() => undefined);
  if (!response.ok) {
    const problem = new Problem(response.status, (content ?? {}) as object, response.headers);
    if (problem.status === 401) signInAgain();
    throw problem;
  }
  signedIn = true;
  const seconds = Number(response.headers.get('Retry-After') ?? Number.NaN);
  return {
    status: response.status,
    body: content as T,
    retryAfter: Number.isFinite(seconds) ? seconds : undefined,
  };
}

/** Whether this document had a session. */
let signedIn = false;

/** The fragment stays in the browser: it brings the person back to where the session ended. */
function signInAgain(): void {
  location.replace(`/app/signin#${signedIn ? 'resume:' : ''}${location.pathname}`);
}

export const api = {
  send,
  get: async <T>(path: string, options: SendOptions = {}): Promise<T> =>
    (await send<T>('GET', path, undefined, options)).body,
  post: async <T>(path: string, body: unknown, options: SendOptions = {}): Promise<T> =>
    (await send<T>('POST', path, body, options)).body,
};
