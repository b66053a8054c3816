import { Problem } from './problem.ts';

export { Problem };

/** An answer that came, with what its headers say. */
export interface Answer<T> {
  readonly status: number;
  readonly body: T;
  readonly headers: Headers;
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
  if (!response.ok) throw await refusalOf(response);
  const content: unknown = await response.json().catch((error: unknown) => {
    if (options.signal?.aborted) throw error;
    const detail = 'It was cut off, or does not come from the service. Check the network connection, then try again.';
    throw new Problem(0, { title: 'The answer cannot be read', detail }, response.headers);
  });
  signedIn = true;
  const seconds = Number(response.headers.get('Retry-After') ?? Number.NaN);
  return {
    status: response.status,
    body: content as T,
    headers: response.headers,
    retryAfter: Number.isFinite(seconds) ? seconds : undefined,
  };
}

/** Whether this document had a session. */
let signedIn = false;

/** Whether the person is leaving: a request that the ended session refuses must not sign them in again. */
let leaving = false;

/** Call before a session is ended on purpose. */
export const leave = (): void => {
  leaving = true;
};

/** What a refusal says. Where the session has ended, the page goes to the sign-in. */
export async function refusalOf(response: Response): Promise<Problem> {
  const content = (await response.json().catch(() => ({}))) as object;
  if (response.status === 401 && !leaving) signInAgain();
  return new Problem(response.status, content, response.headers);
}

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
