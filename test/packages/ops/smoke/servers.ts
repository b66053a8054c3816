import { createServer as createHttpServer, type RequestListener } from 'node:http';
import { createServer as createHttpsServer, type ServerOptions } from 'node:https';
import { type AddressInfo, createServer as createTcpServer, type Server, type Socket } from 'node:net';

export interface TestServer {
  readonly port: number;
  /** Connections that were opened. */
  connections(): number;
  stop(): Promise<void>;
}

async function listening(server: Server): Promise<TestServer> {
  const sockets = new Set<Socket>();
  let opened = 0;
  server.on('connection', (socket) => {
    opened += 1;
    sockets.add(socket);
    socket.on('error', () => {});
    socket.once('close', () => sockets.delete(socket));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    port: (server.address() as AddressInfo).port,
    connections: () => opened,
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        for (const socket of sockets) socket.destroy();
      }),
  };
}

/** Answers as a healthy API does. */
export const healthy: RequestListener = (_request, response) => {
  response.setHeader('Content-Type', 'application/json');
  response.end('{"status":"healthy","version":"1.0.0"}');
};

export const httpServer = (listener: RequestListener): Promise<TestServer> => listening(createHttpServer(listener));

export const httpsServer = (options: ServerOptions, listener: RequestListener = healthy): Promise<TestServer> =>
  listening(createHttpsServer(options, listener));

export const tcpServer = (onConnection: (socket: Socket) => void): Promise<TestServer> =>
  listening(createTcpServer(onConnection));
