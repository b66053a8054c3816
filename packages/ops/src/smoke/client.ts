import { Agent, type IncomingMessage, request } from 'node:http';
import type { Duplex } from 'node:stream';
import { setTimeout as delay } from 'node:timers/promises';
import type { DetailedPeerCertificate, TLSSocket } from 'node:tls';
import { CheckFailed } from './check.ts';
import { connect, describe } from './connect.ts';
import { hostHeader, type Target } from './target.ts';

/** Largest answer that is read, in bytes: no answer of the API to a check is a tenth of it. */
const LARGEST = 1_048_576;

/** Longest Retry-After that is waited for, in seconds, and how often. */
const PATIENCE = { seconds: 15, times: 3 } as const;

export interface Sent {
  readonly method?: 'GET' | 'POST';
  readonly apiKey?: string;
  readonly headers?: Readonly<Record<string, string>>;
  /** Sent as JSON, or as it is when it is a string. */
  readonly body?: unknown;

  /**
   * Whether to do as 429 says, and try again after a while: an edge in front may allow bursts that are shorter than this
   * test, and others send from the same address.
   *
   * @default true
   */
  readonly patient?: boolean;
}

export interface Answer {
  readonly status: number;
  /** All values of a header, by its name in lower case. */
  readonly headers: Readonly<Record<string, readonly string[]>>;
  readonly body: Buffer;
  /** The body, when it is JSON. */
  // biome-ignore lint/suspicious/noExplicitAny: each check looks at the members that it expects, and at nothing else
  readonly json: any;
}

export interface SmokeClientOptions {
  readonly target: Target;
  readonly signal: AbortSignal;
  /** Longest wait for one answer, in ms. */
  readonly requestTimeoutMs: number;
}

/** Sends requests over connections that were proved first. */
export class SmokeClient {
  readonly #options: SmokeClientOptions;
  readonly #agent: Agent;

  constructor(options: SmokeClientOptions) {
    this.#options = options;
    this.#agent = new ProvingAgent(options);
  }

  get signal(): AbortSignal {
    return this.#options.signal;
  }

  get requestTimeoutMs(): number {
    return this.#options.requestTimeoutMs;
  }

  /** @throws CheckFailed when there is no whole answer in time */
  async send(path: string, sent: Sent = {}): Promise<Answer> {
    for (let times = 0; ; times += 1) {
      const answer = await this.#sendOnce(path, sent);
      const wait = Number(headerOf(answer, 'retry-after'));
      const worthIt = answer.status === 429 && wait > 0 && wait <= PATIENCE.seconds && times < PATIENCE.times;
      if (!worthIt || sent.patient === false) return answer;
      const stopped = await delay(wait * 1000, false, { signal: this.signal }).catch(() => true);
      if (stopped) throw new CheckFailed('stopped while it waited: 429 asks for that');
    }
  }

  async #sendOnce(path: string, { method = 'GET', apiKey, headers, body }: Sent): Promise<Answer> {
    const { target, signal, requestTimeoutMs } = this.#options;
    const text = body === undefined || typeof body === 'string' ? body : JSON.stringify(body);
    const limit = AbortSignal.timeout(requestTimeoutMs);
    const outgoing = request({
      agent: this.#agent,
      host: target.address,
      port: target.port,
      method,
      path,
      signal: AbortSignal.any([signal, limit]),
      headers: {
        Host: hostHeader(target),
        'User-Agent': 'healthcare-ai-smoke',
        ...(apiKey === undefined ? {} : { Authorization: `Bearer ${apiKey}` }),
        ...(text === undefined
          ? {}
          : { 'Content-Type': 'application/json', 'Content-Length': String(Buffer.byteLength(text)) }),
        ...headers,
      },
    });
    try {
      const response = await new Promise<IncomingMessage>((resolve, reject) => {
        outgoing.once('response', resolve).once('error', reject);
        outgoing.end(text);
      });
      return await answerOf(response);
    } catch (error) {
      outgoing.destroy();
      if (error instanceof CheckFailed) throw error;
      if (signal.aborted) throw new CheckFailed('stopped before the answer', { cause: error });
      if (limit.aborted) throw new CheckFailed(`no answer within ${requestTimeoutMs / 1000} s`, { cause: error });
      throw new CheckFailed(describe(error), { cause: error });
    }
  }

  /** Opens a connection for a look at it. */
  async peer(): Promise<{ readonly protocol: string; readonly certificate: DetailedPeerCertificate }> {
    const { target, signal, requestTimeoutMs } = this.#options;
    const socket = (await connect(target, { signal, timeoutMs: requestTimeoutMs })) as TLSSocket;
    const seen = { protocol: socket.getProtocol() ?? 'none', certificate: socket.getPeerCertificate(true) };
    socket.destroy();
    return seen;
  }

  close(): void {
    this.#agent.destroy();
  }
}

class ProvingAgent extends Agent {
  readonly #options: SmokeClientOptions;

  constructor(options: SmokeClientOptions) {
    super({ keepAlive: true, maxSockets: 10 });
    this.#options = options;
  }

  override createConnection(_: unknown, done?: (error: Error | null, stream: Duplex) => void): undefined {
    const { target, signal, requestTimeoutMs: timeoutMs } = this.#options;
    connect(target, { signal, timeoutMs }).then(
      (socket) => done?.(null, socket),
      (error) => done?.(error as Error, undefined as unknown as Duplex),
    );
  }
}

async function answerOf(response: IncomingMessage): Promise<Answer> {
  const parts: Buffer[] = [];
  let size = 0;
  for await (const part of response as AsyncIterable<Buffer>) {
    size += part.length;
    if (size > LARGEST) throw new CheckFailed(`the answer is longer than ${LARGEST} bytes`);
    parts.push(part);
  }
  const body = Buffer.concat(parts);
  return {
    status: response.statusCode ?? 0,
    headers: response.headersDistinct as Record<string, string[]>,
    body,
    json: parsed(body),
  };
}

function parsed(body: Buffer): unknown {
  try {
    return JSON.parse(body.toString('utf8')) ?? {};
  } catch {
    return {};
  }
}

/** The value of a header that occurs once. */
export const headerOf = (answer: Answer, name: string): string | undefined => {
  const values = answer.headers[name];
  return values?.length === 1 ? values[0] : undefined;
};
