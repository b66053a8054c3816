import type { IncomingMessage, RequestListener, Server, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import { addressGroup, canonicalAddress } from './client-address.ts';

/** What one client, and all clients together, may hold. */
export interface ConnectionLimits {
  /** Connections of the process. */
  readonly connections: number;
  /** Connections of one IPv4 address or IPv6 /64 network; undefined behind a proxy, whose address all clients share. */
  readonly connectionsPerAddress: number | undefined;
  /** Requests of one connection that are handled at once; the others that it pipelined wait unread or unstarted. */
  readonly requestsPerConnection: number;
  /** Requests of one connection, and of all together, that wait unstarted. A connection that adds one more is closed. */
  readonly waitingPerConnection: number;
  readonly waitingRequests: number;
  /** Bytes of answers that one connection may leave unread before its next request is started. */
  readonly unreadBytes: number;
  /** How long a client may leave an answer unread without taking a byte of it, in ms. */
  readonly stalled: number;
  /** How long a client may take to read an answer, in ms. */
  readonly answer: number;
  /** How long a client whose request was refused by the parser has to read the answer, in ms. */
  readonly lingering: number;
}

/** Why a connection was closed before its requests were answered. */
export type CutReason = 'connections' | 'address' | 'pipelining' | 'unread';

type Exchange = readonly [IncomingMessage, ServerResponse];

interface Connection {
  /** The one that carries HTTP: with TLS, it replaces the TCP socket after the handshake. */
  readonly socket: Socket;
  /** Requests that were started and whose answers are not written yet. */
  readonly running: Map<ServerResponse, IncomingMessage>;
  /** Requests that were parsed and not started: pipelined ones, in their order. */
  readonly waiting: Exchange[];
  /** The answer to bytes that are no request; written after the answers of the requests before it. */
  refusal: string | undefined;
  /** The answer that was being read at the last sweep, and since when. */
  reading: { readonly response: ServerResponse; readonly since: number } | undefined;
}

/** How long a connection without a request in flight stays open while closing, in ms: a request may just be arriving. */
const grace = 1_000;
const closeSweep = 50;

/**
 * The connections of a server. Node bounds the time of a request and an idle connection; this bounds the rest: how
 * many connections there are, how many pipelined requests run at once, and how long an answer may stay unread. It also
 * closes the server in bounded time: Node's `server.close()` waits without limit for a connection that never sent a
 * request and for a request that is never completed. https://nodejs.org/api/http.html#serverclosecallback
 */
export class Connections {
  readonly #server: Server;
  readonly #listener: RequestListener;
  readonly #limits: ConnectionLimits;
  /** By the address and port of the client, which a TCP socket and the TLS socket over it have in common. */
  readonly #open = new Map<string, Connection>();
  readonly #bySocket = new WeakMap<Socket, Connection>();
  readonly #byAddress = new Map<string, number>();
  readonly #cut = new Map<CutReason, number>();
  readonly #sweep: NodeJS.Timeout;
  #waiting = 0;

  constructor(server: Server, listener: RequestListener, limits: ConnectionLimits) {
    this.#server = server;
    this.#listener = listener;
    this.#limits = limits;
    server.maxConnections = limits.connections;
    server.on('drop', () => this.#count('connections'));
    server.on('connection', (socket: Socket) => this.#accept(socket));
    server.on('secureConnection', (socket: Socket) => this.#track(socket));
    const admit: RequestListener = (request, response) => this.#admit(request, response);
    server.on('request', admit);
    // The listener invites the body once it has judged the head.
    server.on('checkContinue', admit);
    // An expectation other than 100-continue may be ignored (RFC 9110, 10.1.1).
    server.on('checkExpectation', admit);
    // A timer of Node that each byte in either direction restarts. While an answer is unread, reading is paused.
    server.timeout = limits.stalled;
    server.on('timeout', (socket: Socket) => this.#onTimeout(socket));
    this.#sweep = setInterval(() => this.#cutSlowReaders(), Math.min(5_000, limits.answer / 4)).unref();
  }

  /** How many connections were closed early since the last call, by reason. */
  takeCut(): Partial<Record<CutReason, number>> {
    const cut = Object.fromEntries(this.#cut);
    this.#cut.clear();
    return cut;
  }

  /** Answers bytes that are no request, after the answers of the requests before them, and closes the connection. */
  refuse(socket: Socket, answer: string): void {
    const connection = this.#bySocket.get(socket);
    if (!connection) {
      this.#finish(socket, answer);
      return;
    }
    if (connection.refusal !== undefined) return;
    connection.refusal = answer;
    socket.pause();
    this.#finishRefused(connection);
  }

  /**
   * Accepts no new connections, closes those that are idle, and waits for the requests in flight.
   *
   * @param limit when the remaining requests are cut, in ms
   * @returns how many connections with requests were cut
   */
  async close(limit: number): Promise<number> {
    const closed = new Promise<void>((resolve) => this.#server.close(() => resolve()));
    clearInterval(this.#sweep);
    const started = performance.now();
    let cut = 0;
    const sweep = setInterval(() => {
      this.#server.closeIdleConnections();
      const waited = performance.now() - started;
      if (waited >= grace) this.#destroy((connection) => !isBusy(connection));
      if (waited >= limit) cut += this.#destroy(isBusy);
    }, closeSweep);
    await closed;
    clearInterval(sweep);
    return cut;
  }

  #accept(socket: Socket): void {
    const { connectionsPerAddress: most } = this.#limits;
    if (most !== undefined) {
      const group = addressGroup(canonicalAddress(socket.remoteAddress ?? '') ?? '');
      const count = (this.#byAddress.get(group) ?? 0) + 1;
      if (count > most) {
        this.#count('address');
        socket.destroy();
        return;
      }
      this.#byAddress.set(group, count);
      socket.on('close', () => {
        const left = this.#byAddress.get(group)! - 1;
        if (left === 0) this.#byAddress.delete(group);
        else this.#byAddress.set(group, left);
      });
    }
    this.#track(socket);
  }

  #track(socket: Socket): void {
    const client = `${socket.remoteAddress} ${socket.remotePort}`;
    const connection: Connection = { socket, running: new Map(), waiting: [], refusal: undefined, reading: undefined };
    this.#open.set(client, connection);
    this.#bySocket.set(socket, connection);
    socket.on('close', () => {
      if (this.#open.get(client) === connection) this.#open.delete(client);
      this.#waiting -= connection.waiting.length;
      connection.waiting.length = 0;
      process.nextTick(closeResponses, connection);
    });
    socket.on('resume', () => {
      if (mustPause(connection)) socket.pause();
    });
  }

  #admit(request: IncomingMessage, response: ServerResponse): void {
    const connection = this.#bySocket.get(request.socket);
    if (!connection || connection.refusal !== undefined || request.socket.destroyed) return;
    if (connection.waiting.length === 0 && this.#hasRoom(connection)) {
      this.#start(connection, request, response);
      return;
    }
    const { waitingPerConnection, waitingRequests } = this.#limits;
    if (connection.waiting.length >= waitingPerConnection || this.#waiting >= waitingRequests) {
      this.#count('pipelining');
      request.socket.destroy();
      return;
    }
    this.#waiting += 1;
    connection.waiting.push([request, response]);
    request.socket.pause();
  }

  #start(connection: Connection, request: IncomingMessage, response: ServerResponse): void {
    connection.running.set(response, request);
    response.on('close', () => {
      connection.running.delete(response);
      if (connection.waiting.length > 0) this.#startWaiting(connection);
      if (connection.refusal !== undefined) this.#finishRefused(connection);
    });
    this.#listener(request, response);
  }

  #startWaiting(connection: Connection): void {
    while (connection.waiting.length > 0 && this.#hasRoom(connection)) {
      const [request, response] = connection.waiting.shift()!;
      this.#waiting -= 1;
      this.#start(connection, request, response);
    }
    if (!mustPause(connection)) connection.socket.resume();
  }

  #hasRoom({ running }: Connection): boolean {
    const { requestsPerConnection, unreadBytes } = this.#limits;
    if (running.size === 0) return true;
    if (running.size >= requestsPerConnection) return false;
    let unread = 0;
    for (const response of running.keys()) unread += response.writableLength;
    return unread < unreadBytes;
  }

  #onTimeout(socket: Socket): void {
    const connection = this.#bySocket.get(socket);
    // Without a request in flight the keep-alive time has passed. With one and nothing to write, the service is at work.
    if (connection && isBusy(connection) && socket.writableLength === 0) return;
    if (socket.writableLength > 0) this.#count('unread');
    socket.destroy();
  }

  #cutSlowReaders(): void {
    const now = performance.now();
    for (const connection of this.#open.values()) {
      const [response] = connection.running.keys();
      if (!response?.writableEnded) connection.reading = undefined;
      else if (connection.reading?.response !== response) connection.reading = { response, since: now };
      else if (now - connection.reading.since >= this.#limits.answer) {
        this.#count('unread');
        connection.socket.destroy();
      }
    }
  }

  #finishRefused({ socket, running, waiting, refusal }: Connection): void {
    if (waiting.length > 0) return;
    // A request whose body does not arrive cannot be answered in another way.
    const answered = [...running].every(([response, request]) => !request.complete && !response.headersSent);
    if (answered) this.#finish(socket, refusal!);
  }

  #finish(socket: Socket, answer: string): void {
    if (!socket.writable) {
      socket.destroy();
      return;
    }
    socket.end(answer);
    // A client that keeps its side open would hold the connection; destroyed at once, it might miss the answer.
    setTimeout(() => socket.destroy(), this.#limits.lingering).unref();
  }

  #destroy(which: (connection: Connection) => boolean): number {
    const chosen = [...this.#open].filter(([, connection]) => which(connection));
    for (const [client, { socket }] of chosen) {
      this.#open.delete(client);
      socket.destroy();
    }
    return chosen.length;
  }

  #count(reason: CutReason): void {
    this.#cut.set(reason, (this.#cut.get(reason) ?? 0) + 1);
  }
}

/** Node closes the response that was being written when a connection ends; those behind it would stay open. */
function closeResponses({ running }: Connection): void {
  for (const response of running.keys()) {
    response.destroy();
    response.emit('close');
  }
}

const isBusy = ({ running, waiting }: Connection): boolean => running.size > 0 || waiting.length > 0;

const mustPause = ({ waiting, refusal }: Connection): boolean => waiting.length > 0 || refusal !== undefined;
