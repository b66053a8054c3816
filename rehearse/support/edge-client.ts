import { connect as connectHttp2 } from 'node:http2';
import { type RequestOptions, request } from 'node:https';
import { connect as connectTls, type SecureVersion } from 'node:tls';

/** A client of nginx, from an address of its own, that checks the certificate. */
export interface EdgeClient {
  send(method: string, path: string, options?: SendOptions): Promise<EdgeAnswer>;
  /** So many GETs at the same moment, as streams of one connection. */
  burst(path: string, count: number): Promise<BurstAnswer[]>;
  /** The version that was agreed on, or undefined where the server refused. */
  handshake(version: SecureVersion): Promise<string | undefined>;
}

export interface SendOptions {
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
}

export interface EdgeAnswer {
  readonly status: number;
  /** As sent: name, value, name, value. */
  readonly rawHeaders: readonly string[];
  readonly text: string;
}

export interface BurstAnswer {
  readonly status: number;
  readonly retryAfter: string | undefined;
}

export interface EdgeOptions {
  readonly port: number;
  readonly serverName: string;
  /** PEM. */
  readonly ca: string;
  /** An address of 127.0.0.0/8. */
  readonly from: string;
}

export function edgeClient({ port, serverName, ca, from }: EdgeOptions): EdgeClient {
  const target = { host: '127.0.0.1', port, servername: serverName, ca, localAddress: from };
  return {
    send(method, path, { headers = {}, body } = {}) {
      const length = body === undefined ? {} : { 'Content-Length': String(Buffer.byteLength(body)) };
      const options: RequestOptions = { ...target, method, path, agent: false, timeout: 20_000 };
      options.headers = { Host: serverName, ...length, ...headers };
      return new Promise((resolve, reject) => {
        const sent = request(options, (response) => {
          let text = '';
          response.setEncoding('utf8');
          response.on('data', (chunk: string) => {
            text += chunk;
          });
          response.on('end', () => resolve({ status: response.statusCode!, rawHeaders: response.rawHeaders, text }));
        });
        sent.on('timeout', () => sent.destroy(new Error('timed out')));
        sent.on('error', reject);
        sent.end(body);
      });
    },
    async burst(path, count) {
      const session = connectHttp2(`https://${serverName}:${port}`, { ...target, ALPNProtocols: ['h2'] });
      await new Promise((resolve, reject) => {
        session.once('remoteSettings', resolve);
        session.once('error', reject);
      });
      const answers = Array.from({ length: count }, () => {
        const stream = session.request({ ':path': path });
        stream.resume();
        return new Promise<BurstAnswer>((resolve, reject) => {
          stream.on('response', (headers) =>
            resolve({ status: headers[':status']!, retryAfter: headers['retry-after'] }),
          );
          stream.on('error', reject);
        });
      });
      const answered = await Promise.all(answers);
      session.close();
      return answered;
    },
    handshake: (version) =>
      new Promise((resolve) => {
        // Node's own default would refuse what is to be refused by the server.
        const ciphers = 'DEFAULT@SECLEVEL=0';
        const socket = connectTls({ ...target, minVersion: version, maxVersion: version, ciphers }, () => {
          resolve(socket.getProtocol() ?? undefined);
          socket.end();
        });
        socket.on('error', () => resolve(undefined));
      }),
  };
}

/** The values of each header, by its name in lower case. */
export function headersOf(rawHeaders: readonly string[]): Map<string, string[]> {
  const headers = new Map<string, string[]>();
  for (let i = 0; i < rawHeaders.length; i += 2) {
    const name = rawHeaders[i]!.toLowerCase();
    headers.set(name, [...(headers.get(name) ?? []), rawHeaders[i + 1]!]);
  }
  return headers;
}
