import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { cbor } from '@smithy/core/cbor';

/** An error as AWS answers it. */
export class AwsFault extends Error {
  readonly code: string;
  readonly status: number;

  constructor(code: string, message: string, status = 400) {
    super(message);
    this.code = code;
    this.status = status;
  }
}

/** Ends the connection in place of an answer. */
export const CUT = Symbol('cut');

// biome-ignore lint/suspicious/noExplicitAny: what each operation takes
export type Input = any;

/** What an operation answers: its output, a fault, a cut connection, or for XML its elements as they are. */
export type Handler = (input: Input) => unknown;

export interface AwsEndpoint {
  readonly url: string;
  /** Every call: what it asked for and with what. */
  readonly calls: readonly { readonly operation: string; readonly input: Input }[];
  on(operation: string, handler: Handler): void;
  stop(): Promise<void>;
}

type Protocol = 'json' | 'query' | 'ec2' | 'cbor' | 'rest';

interface Call {
  readonly protocol: Protocol;
  readonly operation: string;
  readonly input: Input;
}

/**
 * Speaks the protocols of AWS on loopback, so that the SDK's own parsing and its retries are under test. Operations
 * are named as AWS names them (`FilterLogEvents`); those of REST by their line (`GET /detector`).
 */
export async function startAwsEndpoint(handlers: Readonly<Record<string, Handler>> = {}): Promise<AwsEndpoint> {
  const known = new Map(Object.entries(handlers));
  const calls: Call[] = [];
  const server = createServer(async (request, response) => {
    const call = await callOf(request);
    calls.push(call);
    const handler = known.get(call.operation);
    try {
      const answer = handler
        ? await handler(call.input)
        : new AwsFault(
            'AccessDeniedException',
            `User: arn:aws:iam::111122223333:user/op is not authorized to perform: ${call.operation}`,
          );
      if (answer === CUT) request.socket.destroy();
      else if (answer instanceof AwsFault) refuse(response, call, answer);
      else succeed(response, call, answer);
    } catch (error) {
      response.writeHead(500).end(String(error));
    }
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    calls,
    on: (operation, handler) => void known.set(operation, handler),
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

async function callOf(request: IncomingMessage): Promise<Call> {
  const parts: Buffer[] = [];
  for await (const part of request) parts.push(part as Buffer);
  const body = Buffer.concat(parts);
  const target = request.headers['x-amz-target'];
  if (typeof target === 'string') {
    return { protocol: 'json', operation: target.split('.').at(-1)!, input: JSON.parse(body.toString() || '{}') };
  }
  const url = new URL(request.url ?? '/', 'http://aws');
  const rpc = /\/operation\/(\w+)$/.exec(url.pathname)?.[1];
  if (rpc) return { protocol: 'cbor', operation: rpc, input: body.length > 0 ? cbor.deserialize(body) : {} };
  if (request.headers['content-type']?.startsWith('application/x-www-form-urlencoded')) {
    const input = Object.fromEntries(new URLSearchParams(body.toString()));
    // 2016-11-15 is the version of EC2's API, whose XML is its own.
    return { protocol: input.Version === '2016-11-15' ? 'ec2' : 'query', operation: input.Action!, input };
  }
  const input = { ...Object.fromEntries(url.searchParams), body: body.length > 0 ? body.toString() : undefined };
  return { protocol: 'rest', operation: `${request.method} ${url.pathname.replace(/(?<=.)\/$/, '')}`, input };
}

function succeed(response: ServerResponse, { protocol, operation }: Call, output: unknown): void {
  if (protocol === 'cbor') {
    response.writeHead(200, { 'Content-Type': 'application/cbor', 'smithy-protocol': 'rpc-v2-cbor' });
    response.end(cbor.serialize(output));
    return;
  }
  if (protocol === 'json' || protocol === 'rest') {
    response.writeHead(200, {
      'Content-Type': protocol === 'json' ? 'application/x-amz-json-1.1' : 'application/json',
    });
    response.end(JSON.stringify(output));
    return;
  }
  const elements = typeof output === 'string' ? output : xml(output, protocol === 'ec2' ? 'item' : 'member');
  const result = protocol === 'ec2' ? elements : `<${operation}Result>${elements}</${operation}Result>`;
  response.writeHead(200, { 'Content-Type': 'text/xml' });
  response.end(`<${operation}Response>${result}</${operation}Response>`);
}

function refuse(response: ServerResponse, { protocol }: Call, { code, message, status }: AwsFault): void {
  const error = `<Error><Type>Sender</Type><Code>${code}</Code><Message>${message}</Message></Error>`;
  if (protocol === 'query' || protocol === 'ec2') {
    response.writeHead(status, { 'Content-Type': 'text/xml' });
    response.end(
      protocol === 'query'
        ? `<ErrorResponse>${error}</ErrorResponse>`
        : `<Response><Errors>${error}</Errors></Response>`,
    );
  } else if (protocol === 'cbor') {
    response.writeHead(status, { 'Content-Type': 'application/cbor', 'smithy-protocol': 'rpc-v2-cbor' });
    response.end(cbor.serialize({ __type: code, message }));
  } else {
    response.writeHead(status, { 'Content-Type': 'application/json', 'x-amzn-ErrorType': code });
    response.end(JSON.stringify({ __type: code, message }));
  }
}

function xml(value: unknown, item: string): string {
  if (Array.isArray(value)) return value.map((one) => `<${item}>${xml(one, item)}</${item}>`).join('');
  if (value instanceof Date) return value.toISOString();
  if (typeof value === 'object' && value !== null) {
    return Object.entries(value)
      .filter(([, one]) => one !== undefined)
      .map(([name, one]) => `<${name}>${xml(one, item)}</${name}>`)
      .join('');
  }
  return String(value).replaceAll('&', '&amp;').replaceAll('<', '&lt;');
}
