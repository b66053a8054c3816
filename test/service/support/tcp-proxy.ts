import { connect, createServer, type Socket } from 'node:net';

/** What happens to a connection on which a client sends the bytes that are waited for. */
export type Cut =
  /** The server never gets them. */
  | 'before'
  /** The server gets them and has answered; the client gets no answer. */
  | 'answer-lost'
  /** The server gets them; from then on nothing is heard of it, on any connection, and none is closed. */
  | 'silence';

/** Stands between the service and PostgreSQL, and cuts where a test wants it. */
export interface TcpProxy {
  readonly port: number;
  /** Cuts once, when `bytes` are next sent to the server. Resolves when it has. */
  cutAt(bytes: string, cut: Cut): Promise<void>;
  /** Closes every connection and takes no new ones, until `restore`. */
  refuse(): void;
  restore(): void;
  close(): Promise<void>;
}

export async function startTcpProxy(target: number): Promise<TcpProxy> {
  const sockets = new Set<Socket>();
  let state: 'open' | 'refusing' | 'silent' = 'open';
  let armed: { readonly bytes: Buffer; readonly cut: Cut; readonly done: () => void } | undefined;

  const server = createServer((client) => {
    if (state === 'refusing') {
      client.destroy();
      return;
    }
    const upstream = connect(target, '127.0.0.1');
    let answerLost: (() => void) | undefined;
    const end = () => {
      if (state === 'silent') return;
      client.destroy();
      upstream.destroy();
    };
    for (const socket of [client, upstream]) {
      sockets.add(socket);
      socket.on('error', end);
      socket.on('close', () => {
        sockets.delete(socket);
        end();
      });
    }
    client.on('data', (chunk) => {
      if (state === 'silent') return;
      if (!armed || !chunk.includes(armed.bytes)) {
        upstream.write(chunk);
        return;
      }
      const { cut, done } = armed;
      armed = undefined;
      if (cut === 'before') {
        end();
        done();
        return;
      }
      upstream.write(chunk);
      if (cut === 'silence') {
        state = 'silent';
        done();
      } else {
        answerLost = done;
      }
    });
    upstream.on('data', (chunk) => {
      if (state === 'silent') return;
      if (answerLost) {
        end();
        answerLost();
      } else {
        client.write(chunk);
      }
    });
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, '127.0.0.1', resolve);
  });
  const closeAll = () => {
    for (const socket of sockets) socket.destroy();
  };
  return {
    port: (server.address() as { port: number }).port,
    cutAt: (bytes, cut) =>
      new Promise((done) => {
        armed = { bytes: Buffer.from(bytes), cut, done };
      }),
    refuse() {
      state = 'refusing';
      closeAll();
    },
    restore() {
      const silent = state === 'silent';
      state = 'open';
      if (silent) closeAll();
    },
    close() {
      state = 'open';
      closeAll();
      return new Promise((resolve) => server.close(() => resolve()));
    },
  };
}
