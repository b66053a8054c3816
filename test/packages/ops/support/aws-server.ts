import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { ec2Error, ec2Result, queryError, queryInput, queryResult } from './query-protocol.ts';

export type Input = Readonly<Record<string, unknown>>;

/** An error as AWS reports it: in the form of the protocol that the call came by. */
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
  /** `ecs.DescribeServices`; of a service of REST its line: `GET /detector` */
  readonly name: string;
  readonly input: Input;
  readonly headers: IncomingMessage['headers'];
}

export interface AwsServerOptions {
  /** Answers a call, or resolves with trouble. May throw an AwsFault. */
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

/** The part of X-Amz-Target before the operation, by which a service of a JSON protocol is known. */
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
  CloudTrail_20131101: 'cloudTrail',
  AWSWAF_20190729: 'waf',
  StarlingDoveService: 'config',
  AWSEvents: 'events',
};

/** By the `Version` that a call of the query protocol carries. */
const versions: Readonly<Record<string, string>> = {
  '2010-05-15': 'cloudFormation',
  '2015-12-01': 'elb',
  '2011-06-15': 'sts',
  '2014-10-31': 'rds',
  '2010-03-31': 'sns',
  '2016-11-15': 'ec2',
  '2010-05-08': 'iam',
};

const contentTypes = {
  json: 'application/x-amz-json-1.1',
  rest: 'application/json',
  query: 'text/xml',
  ec2: 'text/xml',
} as const;

interface AskedCall {
  readonly protocol: keyof typeof contentTypes;
  readonly name: string;
  readonly action: string;
  readonly input: Input;
}

function readCall({ headers, method, url = '/' }: IncomingMessage, body: string): AskedCall {
  const target = headers['x-amz-target'];
  if (typeof target === 'string') {
    const [service, action] = target.split('.').slice(-2) as [string, string];
    return {
      protocol: 'json',
      name: `${targets[service]}.${action}`,
      action,
      input: JSON.parse(body || '{}') as Input,
    };
  }
  if (headers['content-type']?.startsWith('application/x-www-form-urlencoded')) {
    const form = new URLSearchParams(body);
    const service = versions[form.get('Version') ?? ''];
    const action = form.get('Action') ?? '';
    const protocol = service === 'ec2' ? 'ec2' : 'query';
    return { protocol, name: `${service}.${action}`, action, input: queryInput(form) };
  }
  const { pathname, searchParams } = new URL(url, 'http://aws');
  const name = `${method} ${pathname.replace(/(?<=.)\/$/, '')}`;
  return { protocol: 'rest', name, action: name, input: Object.fromEntries(searchParams) };
}

/** A server on loopback that speaks the protocols of AWS: the SDK's own parsing and retries are at work. */
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
    const asked = readCall(request, body);
    const { protocol, action } = asked;
    const call: Call = { name: asked.name, input: asked.input, headers: request.headers };
    calls.push(call);
    const send = (status: number, payload: string, more: Readonly<Record<string, string>> = {}) =>
      response
        .writeHead(status, {
          'Content-Type': contentTypes[protocol],
          'x-amzn-requestid': '00000000-0000-4000-8000-000000000000',
          ...more,
        })
        .end(payload);
    const fail = (trouble: Trouble) => {
      if (trouble === 'hang') return;
      if (trouble === 'cut') request.socket.destroy();
      else if (protocol === 'query') send(trouble.status, queryError(trouble.code, trouble.message));
      else if (protocol === 'ec2') send(trouble.status, ec2Error(trouble.code, trouble.message));
      else {
        const members = { __type: trouble.code, message: trouble.message, ...trouble.members };
        send(trouble.status, JSON.stringify(members), protocol === 'rest' ? { 'x-amzn-ErrorType': trouble.code } : {});
      }
    };
    const before = options.before?.(call);
    if (before !== undefined) return fail(before);
    try {
      const output = await options.answer(call);
      if (output instanceof AwsFault || output === 'cut' || output === 'hang') return fail(output);
      const after = await options.after?.(call);
      if (after !== undefined) return fail(after);
      if (protocol === 'query') send(200, queryResult(action, output ?? {}));
      else if (protocol === 'ec2') send(200, ec2Result(action, output ?? {}));
      else send(200, JSON.stringify(output ?? {}));
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
