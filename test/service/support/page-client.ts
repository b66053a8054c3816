import { once } from 'node:events';
import { type IncomingMessage, request } from 'node:http';
import { sessionCookie } from '../../../service/src/http/session-cookie.ts';
import type { Answer } from './client.ts';

export interface PageRequest {
  readonly method?: 'GET' | 'POST' | 'OPTIONS';
  readonly body?: unknown;
  /** Added to those of the page, or with undefined left out. */
  readonly headers?: Readonly<Record<string, string | undefined>>;
}

/** Sends requests as the page does in a browser: with fetch metadata, and with the cookie that it was given. */
export class PageClient {
  readonly #url: string;
  cookie: string | undefined;

  constructor(url: string, cookie?: string) {
    this.#url = url;
    this.cookie = cookie;
  }

  async send(path: string, { method = 'GET', body, headers = {} }: PageRequest = {}): Promise<Answer> {
    const all = {
      'Sec-Fetch-Site': 'same-origin',
      ...(this.cookie === undefined ? {} : { Cookie: this.cookie }),
      ...(method === 'POST' ? { 'Content-Type': 'application/json' } : {}),
      ...headers,
    };
    const sent = Object.fromEntries(Object.entries(all).filter(([, value]) => value !== undefined));
    const url = new URL(this.#url);
    // Not `fetch`, which sets Host itself and shortens a path.
    const outgoing = request({ host: url.hostname, port: url.port, path, method, headers: sent });
    outgoing.end(method === 'POST' ? JSON.stringify(body ?? {}) : undefined);
    const [incoming] = (await once(outgoing, 'response')) as [IncomingMessage];
    const text = Buffer.concat(await incoming.toArray()).toString();
    const received = Object.entries(incoming.headersDistinct).flatMap(([name, values = []]) =>
      values.map((value): [string, string] => [name, value]),
    );
    const parsed = incoming.headers['content-type']?.includes('json') ? JSON.parse(text) : undefined;
    return { status: incoming.statusCode!, headers: new Headers(received), text, body: parsed };
  }

  /** Hands a credential in, and keeps the cookie. */
  async signIn(credential: string, headers: PageRequest['headers'] = {}): Promise<Answer> {
    const answer = await this.send('/session', {
      method: 'POST',
      headers: { Authorization: `Bearer ${credential}`, ...headers },
    });
    const [pair = ''] = (answer.headers.get('set-cookie') ?? '').split(';');
    if (answer.status === 201 && pair.startsWith(`${sessionCookie}=`)) this.cookie = pair;
    return answer;
  }

  me = (headers: PageRequest['headers'] = {}): Promise<Answer> => this.send('/app/api/me', { headers });

  signOut = (): Promise<Answer> => this.send('/session/end', { method: 'POST' });
}
