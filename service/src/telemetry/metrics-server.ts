import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { contract } from '@healthcare-ai/contract';

export interface MetricsServerProps {
  /** Address to listen on. */
  readonly host: string;

  /** Port to listen on; 0 takes a free one. */
  readonly port: number;

  /** What to show: the registry of this process, or the sum over its workers (`clusterMetrics`). */
  readonly source: MetricsSource;

  /**
   * Called when the metrics could not be collected; the client gets 503.
   *
   * @default - errors are ignored
   */
  readonly onError?: (error: unknown) => void;
}

/** Yields metrics in the Prometheus text format. A prom-client `Registry` is one. */
export interface MetricsSource {
  readonly contentType: string;
  metrics(): Promise<string>;
}

export interface MetricsServer {
  /** The port that was bound. */
  readonly port: number;

  /** Closes the listener and its connections. */
  stop(): Promise<void>;
}

/** Timeout for a scraper's request, in ms: it is only a few lines long. */
const REQUEST_TIMEOUT = 5_000;

/**
 * Serves `GET /metrics` on a port of its own, which no load balancer forwards: it needs no credential there.
 *
 * @throws what `listen` throws (`EADDRINUSE`, `EACCES`)
 */
export async function startMetricsServer(props: MetricsServerProps): Promise<MetricsServer> {
  const server = createServer({ requestTimeout: REQUEST_TIMEOUT, headersTimeout: REQUEST_TIMEOUT }, (req, res) => {
    answer(props, req, res).catch((error: unknown) => {
      props.onError?.(error);
      if (res.headersSent) res.destroy();
      else send(res, 503, 'The metrics could not be collected.\n');
    });
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(props.port, props.host, resolve);
  });
  return {
    port: (server.address() as AddressInfo).port,
    async stop() {
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      server.closeAllConnections();
      await closed;
    },
  };
}

async function answer(props: MetricsServerProps, req: IncomingMessage, res: ServerResponse): Promise<void> {
  const path = req.url?.split('?', 1)[0];
  if (path !== contract.paths.metrics) return send(res, 404, `Only ${contract.paths.metrics} is here.\n`);
  if (req.method !== 'GET' && req.method !== 'HEAD') {
    res.setHeader('Allow', 'GET, HEAD');
    return send(res, 405, 'Use GET.\n');
  }
  const body = await props.source.metrics();
  send(res, 200, body, props.source.contentType);
}

function send(res: ServerResponse, status: number, body: string, contentType = 'text/plain; charset=utf-8'): void {
  res.writeHead(status, {
    'Content-Type': contentType,
    'Content-Length': Buffer.byteLength(body),
    'Cache-Control': 'no-store',
    'X-Content-Type-Options': 'nosniff',
  });
  res.end(body);
}
