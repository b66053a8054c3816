import { createServer as createHttpServer, type RequestListener, type Server } from 'node:http';
import { createServer as createHttpsServer } from 'node:https';
import type { Socket } from 'node:net';
import { contract } from '@healthcare-ai/contract';
import { Problem } from './problem.ts';
import { securityHeaders } from './security-headers.ts';

export interface TlsMaterial {
  /** PEM. */
  readonly cert: string;
  /** PEM. */
  readonly key: string;
}

const { headers, keepAlive, request } = contract.timeouts;

/** The listener, with every wait bounded: a slow or half-open client holds nothing for ever. */
export function createServer(listener: RequestListener, tls: TlsMaterial | undefined): Server {
  const options = {
    headersTimeout: headers * 1000,
    requestTimeout: request * 1000,
    keepAliveTimeout: keepAlive * 1000,
    connectionsCheckingInterval: 2_000,
    maxHeaderSize: 16 * 1024,
    // The application refuses a request without Host, with the headers and the body that every refusal has.
    requireHostHeader: false,
  };
  const server = tls
    ? createHttpsServer({ ...options, ...tls, minVersion: 'TLSv1.2' }, listener)
    : createHttpServer(options, listener);
  server.on('clientError', refuseMalformed(securityHeaders()));
  // An expectation that is not 100-continue may be ignored (RFC 9110, 10.1.1); Node's own answer has no policy and no body.
  server.on('checkExpectation', listener);
  return server;
}

/** How long a client that was refused has to read the answer, in ms. */
const lingering = 1_000;

/** What the parser refuses gets an answer too, with nothing of what was sent in it. */
const refuseMalformed = (headers: readonly string[]) => (error: NodeJS.ErrnoException, socket: Socket) => {
  if (error.code === 'ECONNRESET' || !socket.writable) {
    socket.destroy();
    return;
  }
  const problem =
    error.code === 'HPE_HEADER_OVERFLOW'
      ? new Problem(431, 'headers-too-large', 'Headers too large', 'The headers may have at most 16 KiB.')
      : error.code === 'ERR_HTTP_REQUEST_TIMEOUT'
        ? new Problem(408, 'request-timeout', 'Request timeout', 'The request did not arrive in time.')
        : new Problem(400, 'bad-request', 'Bad request', 'This is not a request in HTTP/1.1.');
  const body = JSON.stringify(problem.toBody(undefined));
  const all = [...headers, 'Connection', 'close', 'Content-Type', 'application/problem+json'];
  const lines = Array.from({ length: all.length / 2 }, (_, index) => `${all[2 * index]}: ${all[2 * index + 1]}\r\n`);
  socket.end(
    `HTTP/1.1 ${problem.status} ${problem.title}\r\n${lines.join('')}` +
      `Content-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`,
  );
  // A client that keeps its side open would hold the connection for ever; destroyed at once, it might miss the answer.
  setTimeout(() => socket.destroy(), lingering).unref();
};
