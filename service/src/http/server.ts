import { createServer as createHttpServer, type RequestListener, type Server } from 'node:http';
import { createServer as createHttpsServer } from 'node:https';
import type { Socket } from 'node:net';
import { contract } from '@healthcare-ai/contract';
import { type ConnectionLimits, Connections } from './connections.ts';
import { Problem } from './problem.ts';
import { securityHeaders } from './security-headers.ts';

export interface TlsMaterial {
  /** PEM. */
  readonly cert: string;
  /** PEM. */
  readonly key: string;
}

const { headers, keepAlive, request } = contract.timeouts;

/** The bounds of a process; those of one connection hold behind a proxy, too. */
export const connectionLimits = (trustedHops: number): ConnectionLimits => ({
  connections: 4_096,
  connectionsPerAddress: trustedHops === 0 ? 1_024 : undefined,
  requestsPerConnection: 16,
  waitingPerConnection: 256,
  waitingRequests: 2_048,
  unreadBytes: 256 * 1024,
  stalled: request * 1000,
  answer: 300_000,
  lingering: 1_000,
});

export interface ServerOptions {
  readonly listener: RequestListener;
  readonly tls: TlsMaterial | undefined;
  readonly limits: ConnectionLimits;

  /**
   * How long a client may take to send its headers, and its whole request, in ms.
   *
   * @default - those of the contract
   */
  readonly timeouts?: { readonly headers: number; readonly request: number };
}

export interface ServerWithConnections {
  readonly server: Server;
  readonly connections: Connections;
}

/** The HTTP server. What a client may hold, and for how long, is bounded. */
export function createServer({ listener, tls, limits, timeouts }: ServerOptions): ServerWithConnections {
  const headersTimeout = timeouts?.headers ?? headers * 1000;
  const options = {
    headersTimeout,
    requestTimeout: timeouts?.request ?? request * 1000,
    keepAliveTimeout: keepAlive * 1000,
    connectionsCheckingInterval: Math.min(2_000, headersTimeout / 4),
    maxHeaderSize: 16 * 1024,
    // The application refuses a request without Host, with the headers and the body that every refusal has.
    requireHostHeader: false,
  };
  const server = tls
    ? createHttpsServer({ ...options, ...tls, minVersion: 'TLSv1.2', handshakeTimeout: headersTimeout })
    : createHttpServer(options);
  // Node would leave headers beyond the 2,000th out without a word; `maxHeaderSize` bounds them all.
  server.maxHeadersCount = 0;
  const connections = new Connections(server, listener, limits);
  const refuse = refuseMalformed(securityHeaders(), connections);
  server.on('clientError', refuse);
  // Node would close the connection without an answer.
  server.on('connect', (_request, socket: Socket) => refuse(new Error('CONNECT'), socket));
  return { server, connections };
}

/** The parser's refusals get an answer too, without any of what was sent. */
const refuseMalformed =
  (headers: readonly string[], connections: Connections) => (error: NodeJS.ErrnoException, socket: Socket) => {
    if (error.code === 'ECONNRESET' || !socket.writable) {
      socket.destroy();
      return;
    }
    const problem =
      error.code === 'HPE_HEADER_OVERFLOW'
        ? new Problem('headers-too-large', 'The headers may have at most 16 KiB.')
        : error.code === 'ERR_HTTP_REQUEST_TIMEOUT'
          ? new Problem('request-timeout', 'The request did not arrive in time.')
          : new Problem('bad-request', 'The request is not valid HTTP/1.1.');
    const body = JSON.stringify(problem.toBody(undefined));
    const all = [
      ...headers,
      'Date',
      new Date().toUTCString(),
      'Connection',
      'close',
      'Content-Type',
      'application/problem+json',
    ];
    const lines = Array.from({ length: all.length / 2 }, (_, index) => `${all[2 * index]}: ${all[2 * index + 1]}\r\n`);
    connections.refuse(
      socket,
      `HTTP/1.1 ${problem.status} ${problem.title}\r\n${lines.join('')}` +
        `Content-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`,
    );
  };
