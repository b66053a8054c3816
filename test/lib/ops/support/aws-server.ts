import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { queryError, queryInput, queryResult } from './query-protocol.ts';

export type Input = Readonly<Record<string, unknown>>;

/** An error as AWS tells it: in the form of the protocol that the call came by. */
export class AwsFault extends Error {
  readonly code: string;
  readonly status: number;
  readonly members: Input;

  constructor(code: string, message: string, status = 400, members: Input = {}) {
    super(message);
    this.code = code;
    this.status = status;
    this.members = members;
  }
}

/** What happens to a call instead of an answer. */
export type Trouble = AwsFault | 'cut' | 'hang';

export interface Call {
  /** `ecs.DescribeServices` */
  readonly name: string;
  readonly input: Input;
  readonly headers: IncomingMessage['headers'];
}

export interface AwsServerOptions {
  /** Answers a call. May throw an AwsFault. */
  readonly answer: (call: Call) => unknown;

  /** Before a call is answered: trouble, or nothing. */
  readonly before?: (call: Call) => Trouble | undefined;

  /** Once a call has had its effect, and before its answer goes out. */
  readonly after?: (call: Call) => Trouble | undefined | Promise<Trouble | undefined>;
}

export interface AwsServer {
  readonly endpoint: string;

  /** Every attempt that arrived, in order. */
  readonly calls: Call[];
  close(): Promise<void>;
}

/** The first part of X-Amz-Target by which a service of a JSON protocol is known. */
const targets: Readonly<Record<string, string>> = {
  AmazonEC2ContainerServiceV20141113: 'ecs',
  AmazonEC2ContainerRegistry_V20150921: 'ecr',
  AmazonSSM: 'ssm',
  AnyScaleFrontendService: 'autoScaling',
  GraniteServiceVersion20100801: 'cloudWatch',
  Logs_20140328: 'logs',
  TrentService: 'kms',
  CertificateManager: 'acm',
  ServiceQuotasV20190624: 'serviceQuotas',
};

/** By the `Version` that a call of the query protocol carries. */
const versions: Readonly<Record<string, string>> = {
  '2010-05-15': 'cloudFormation',
  '2015-12-01': 'elb',
  '2011-06-15': 'sts',
  '2014-10-31': 'rds',
};

/** A server on loopback that speaks AWS JSON 1.0/1.1 and the query protocol: the SDK's own parsing and retries are at work. */
export async function startAwsServer(options: AwsServerOptions): Promise<AwsServer> {
  const calls: Call[] = [];
  const server = createServer((request, response) => {
    serve(request, response).catch((error: Error) => {
      // A fault of the test itself, not of AWS: 418 is repeated by nobody.
      response.writeHead(418).end(`${error.stack}`);
    });
  });

  async function serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const body = await text(request);
    const target = request.headers['x-amz-target'];
    const json = typeof target === 'string';
    const form = json ? undefined : new URLSearchParams(body);
    const [service, action] = json
      ? [targets[target.split('.')[0]!], target.split('.')[1]]
      : [versions[form?.get('Version') ?? ''], form?.get('Action')];
    const input = json ? (JSON.parse(body || '{}') as Input) : queryInput(form!);
    const call: Call = { name: `${service}.${action}`, input, headers: request.headers };
    calls.push(call);
    const send = (status: number, payload: string) =>
      response
        .writeHead(status, {
          'Content-Type': json ? 'application/x-amz-json-1.1' : 'text/xml',
          'x-amzn-requestid': '00000000-0000-4000-8000-000000000000',
        })
        .end(payload);
    const fail = (trouble: Trouble) => {
      if (trouble === 'hang') return;
      if (trouble === 'cut') request.socket.destroy();
      else if (json)
        send(trouble.status, JSON.stringify({ __type: trouble.code, message: trouble.message, ...trouble.members }));
      else send(trouble.status, queryError(trouble.code, trouble.message));
    };
    const before = options.before?.(call);
    if (before !== undefined) return fail(before);
    try {
      const output = options.answer(call);
      const after = await options.after?.(call);
      if (after !== undefined) return fail(after);
      send(200, json ? JSON.stringify(output ?? {}) : queryResult(action!, output ?? {}));
    } catch (error) {
      if (!(error instanceof AwsFault)) throw error;
      fail(error);
    }
  }

  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  return {
    endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    calls,
    close: async () => {
      server.closeAllConnections();
      await new Promise((closed) => server.close(closed));
    },
  };
}
