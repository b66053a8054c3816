import { connect, type Socket } from 'node:net';

/** What came back over a socket, once the server or the time ended it. */
export interface RawResult {
  readonly text: string;
  /** True when the server closed the connection, false when `patience` ran out. */
  readonly closed: boolean;
  /** How long it lasted, in ms. */
  readonly duration: number;
}

export interface RawOptions {
  /**
   * How long to wait for the server to close, in ms.
   *
   * @default 15000
   */
  readonly patience?: number;
  /** Written bit by bit after the first bytes, so many ms apart, for as long as the connection lasts. */
  readonly dribble?: { readonly bytes: string; readonly every: number };
  /** Close our side once the bytes are sent. */
  readonly finish?: boolean;
  /** Keep our side open after the server has closed its own, as a half-open client does. */
  readonly halfOpen?: boolean;
}

/** Sends bytes as they are, which `fetch` would not, and gathers what comes back. */
export function sendRaw(url: string, bytes: string | Uint8Array, options: RawOptions = {}): Promise<RawResult> {
  const { hostname, port } = new URL(url);
  const started = performance.now();
  return new Promise((resolve) => {
    const chunks: Buffer[] = [];
    const socket = connect({ host: hostname, port: Number(port), allowHalfOpen: options.halfOpen });
    const timers: NodeJS.Timeout[] = [];
    const end = (closed: boolean) => {
      for (const timer of timers) clearInterval(timer);
      socket.destroy();
      const text = Buffer.concat(chunks).toString('latin1');
      resolve({ text, closed, duration: performance.now() - started });
    };
    socket.on('connect', () => {
      if (options.finish) socket.end(bytes);
      else socket.write(bytes);
    });
    socket.on('data', (chunk) => chunks.push(chunk));
    // A reset after the answer is a close, too.
    socket.on('error', () => end(true));
    socket.on('close', () => end(true));
    if (!options.halfOpen) socket.on('end', () => end(true));
    timers.push(setTimeout(() => end(false), options.patience ?? 15_000));
    if (options.dribble) {
      const { bytes: more, every } = options.dribble;
      let at = 0;
      timers.push(setInterval(() => write(socket, more[at++ % more.length]!), every));
    }
  });
}

function write(socket: Socket, text: string): void {
  if (!socket.destroyed && !socket.writableEnded) socket.write(text);
}

export interface RawAnswer {
  readonly status: number;
  /** Names in lower case; each with every value that was sent. */
  readonly headers: Readonly<Record<string, readonly string[]>>;
  readonly body: string;
}

/** Reads the answers in what came back, each with a Content-Length or up to the end. */
export function answersIn(text: string): RawAnswer[] {
  const answers: RawAnswer[] = [];
  let rest = text;
  while (rest.startsWith('HTTP/1.1 ')) {
    const headEnd = rest.indexOf('\r\n\r\n');
    if (headEnd < 0) break;
    const [statusLine = '', ...lines] = rest.slice(0, headEnd).split('\r\n');
    const headers: Record<string, string[]> = {};
    for (const line of lines) {
      const colon = line.indexOf(':');
      const name = line.slice(0, colon).toLowerCase();
      headers[name] = [...(headers[name] ?? []), line.slice(colon + 1).trim()];
    }
    const status = Number(statusLine.split(' ')[1]);
    const length = status < 200 ? 0 : Number(headers['content-length']?.[0] ?? rest.length);
    answers.push({ status, headers, body: rest.slice(headEnd + 4, headEnd + 4 + length) });
    rest = rest.slice(headEnd + 4 + length);
  }
  return answers;
}

/** A request in HTTP/1.1, with the body's length. */
export function requestText(line: string, headers: Readonly<Record<string, string>> = {}, body?: string): string {
  const all: Record<string, string> = { Host: 'localhost', ...headers };
  if (body !== undefined) all['Content-Length'] ??= String(Buffer.byteLength(body));
  const lines = Object.entries(all).map(([name, value]) => `${name}: ${value}\r\n`);
  return `${line} HTTP/1.1\r\n${lines.join('')}\r\n${body ?? ''}`;
}
