import { createServer, type IncomingHttpHeaders, request } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A request as it came, which a fault may change before it continues. */
export interface ProxiedRequest {
  readonly method: string;
  path: string;
  headers: IncomingHttpHeaders;
  body: string;
}

/** An answer of the service, which a fault may change before the client sees it. */
export interface ProxiedAnswer {
  status: number;
  /** Name, value, name, value: duplicates can be told. */
  headers: string[];
  body: string;
}

export interface Fault {
  readonly request?: (request: ProxiedRequest) => void;
  readonly answer?: (answer: ProxiedAnswer, request: ProxiedRequest) => void;
}

export interface FaultyProxy {
  readonly url: string;
  stop(): Promise<void>;
}

/** Stands in front of a real service and breaks one thing. */
export async function faultyProxy(upstream: string, fault: Fault): Promise<FaultyProxy> {
  const server = createServer(async (incoming, outgoing) => {
    const parts: Buffer[] = [];
    for await (const part of incoming) parts.push(part as Buffer);
    const asked: ProxiedRequest = {
      method: incoming.method ?? 'GET',
      path: incoming.url ?? '/',
      headers: { ...incoming.headers },
      body: Buffer.concat(parts).toString(),
    };
    fault.request?.(asked);
    const answer = await forward(upstream, asked);
    fault.answer?.(answer, asked);
    const at = answer.headers.findIndex((name, index) => index % 2 === 0 && name.toLowerCase() === 'content-length');
    if (at >= 0) answer.headers[at + 1] = String(Buffer.byteLength(answer.body));
    outgoing.writeHead(answer.status, answer.headers);
    outgoing.end(answer.body);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

function forward(upstream: string, { method, path, headers, body }: ProxiedRequest): Promise<ProxiedAnswer> {
  const { 'content-length': _, ...rest } = headers;
  const length = body ? { 'content-length': String(Buffer.byteLength(body)) } : {};
  return new Promise((resolve, reject) => {
    const outgoing = request(upstream + path, { method, headers: { ...rest, ...length } }, async (response) => {
      const parts: Buffer[] = [];
      for await (const part of response) parts.push(part as Buffer);
      resolve({
        status: response.statusCode ?? 0,
        headers: [...response.rawHeaders],
        body: Buffer.concat(parts).toString(),
      });
    });
    outgoing.on('error', reject);
    outgoing.end(body);
  });
}

/** Removes a header from an answer. */
export function dropHeader(answer: ProxiedAnswer, name: string): void {
  const at = answer.headers.findIndex((header, index) => index % 2 === 0 && header.toLowerCase() === name);
  if (at >= 0) answer.headers.splice(at, 2);
}
