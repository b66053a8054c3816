import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';

interface Connection {
  /** The one that HTTP is spoken on: with TLS, it takes the place of the TCP socket once hands are shaken. */
  readonly socket: Socket;
  requests: number;
}

/** How long a connection without a request in flight is borne while closing, in ms: a request may just be arriving. */
const grace = 1_000;
const sweepEvery = 50;

/**
 * The connections of a server, so that it can be closed in bounded time. Node's `server.close()` waits for ever for a
 * connection that never sent a request (browsers and proxies open some ahead) and for a request that is never sent to
 * its end: its own time limits end with the listener.
 * https://nodejs.org/api/http.html#serverclosecallback
 */
export class Connections {
  readonly #server: Server;
  /** By the address of the client, which a TCP socket and the TLS socket over it have in common. */
  readonly #open = new Map<string, Connection>();
  readonly #bySocket = new WeakMap<Socket, Connection>();

  constructor(server: Server) {
    this.#server = server;
    server.on('connection', (socket: Socket) => this.#add(socket));
    server.on('secureConnection', (socket: Socket) => this.#add(socket));
    server.on('request', ({ socket }: IncomingMessage, response: ServerResponse) => {
      const connection = this.#bySocket.get(socket);
      if (!connection) return;
      connection.requests += 1;
      response.on('close', () => {
        connection.requests -= 1;
      });
    });
  }

  /**
   * Takes no new connections, closes those that are idle, and waits for the requests in flight.
   *
   * @param limit when whatever is left is cut, in ms
   * @returns how many requests were cut
   */
  async close(limit: number): Promise<number> {
    const closed = new Promise<void>((resolve) => this.#server.close(() => resolve()));
    const started = performance.now();
    let cut = 0;
    const sweep = setInterval(() => {
      this.#server.closeIdleConnections();
      const waited = performance.now() - started;
      if (waited >= grace) this.#destroy(({ requests }) => requests === 0);
      if (waited >= limit) cut += this.#destroy(({ requests }) => requests > 0);
    }, sweepEvery);
    await closed;
    clearInterval(sweep);
    return cut;
  }

  #add(socket: Socket): void {
    const client = `${socket.remoteAddress} ${socket.remotePort}`;
    const connection = { socket, requests: 0 };
    this.#open.set(client, connection);
    this.#bySocket.set(socket, connection);
    socket.on('close', () => {
      if (this.#open.get(client) === connection) this.#open.delete(client);
    });
  }

  #destroy(which: (connection: Connection) => boolean): number {
    const chosen = [...this.#open].filter(([, connection]) => which(connection));
    for (const [client, { socket }] of chosen) {
      this.#open.delete(client);
      socket.destroy();
    }
    return chosen.length;
  }
}
