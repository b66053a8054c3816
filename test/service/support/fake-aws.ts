import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface FakeAnswer {
  readonly status: number;
  readonly body: string;
  readonly headers?: Readonly<Record<string, string>>;
}

export interface FakeRequest {
  readonly method: string;
  readonly path: string;
  /** The operation of a JSON protocol: `PutLogEvents`. */
  readonly operation: string;
  readonly headers: IncomingMessage['headers'];
  readonly body: string;
}

/** An AWS service on loopback that answers as it is told: in the shapes that the real one uses. */
export class FakeAws {
  readonly requests: FakeRequest[] = [];
  readonly #server: Server;

  private constructor(server: Server) {
    this.#server = server;
  }

  static async start(answer: (request: FakeRequest) => FakeAnswer | 'hang up'): Promise<FakeAws> {
    const server = createServer();
    const fake = new FakeAws(server);
    server.on('request', (request: IncomingMessage, response: ServerResponse) => {
      const chunks: Buffer[] = [];
      request.on('data', (chunk: Buffer) => chunks.push(chunk));
      request.on('end', () => {
        const seen: FakeRequest = {
          method: request.method!,
          path: request.url!,
          operation: String(request.headers['x-amz-target'] ?? '')
            .split('.')
            .at(-1)!,
          headers: request.headers,
          body: Buffer.concat(chunks).toString('utf8'),
        };
        fake.requests.push(seen);
        const answered = answer(seen);
        if (answered === 'hang up') request.socket.destroy();
        else
          response.writeHead(answered.status, { 'x-amzn-requestid': 'fake', ...answered.headers }).end(answered.body);
      });
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    return fake;
  }

  get endpoint(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  async stop(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
  }
}

/** https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/CommonErrors.html */
export const jsonAnswer = (status: number, body: object): FakeAnswer => ({
  status,
  body: JSON.stringify(body),
  headers: { 'content-type': 'application/x-amz-json-1.1' },
});
export const jsonError = (name: string, message: string, status = 400): FakeAnswer =>
  jsonAnswer(status, { __type: name, message });

/** https://docs.aws.amazon.com/AmazonS3/latest/API/ErrorResponses.html */
export const xmlError = (code: string, status: number): FakeAnswer => ({
  status,
  body: `<?xml version="1.0" encoding="UTF-8"?>\n<Error><Code>${code}</Code><Message>as S3 says it</Message><RequestId>fake</RequestId><HostId>fake</HostId></Error>`,
  headers: { 'content-type': 'application/xml' },
});

/** What the SDK signs with where nothing is real. */
export function withFakeCredentials(): () => void {
  const names = { AWS_ACCESS_KEY_ID: 'test', AWS_SECRET_ACCESS_KEY: 'test', AWS_REGION: 'us-east-1' };
  const before = Object.keys(names).map((name) => [name, process.env[name]] as const);
  Object.assign(process.env, names);
  return () => {
    for (const [name, value] of before) {
      if (value === undefined) delete process.env[name];
      else process.env[name] = value;
    }
  };
}

/** A checkpoint's events as the publisher hands them on. */
export async function* pages(...list: readonly (readonly string[])[]): AsyncGenerator<string> {
  for (const lines of list) if (lines.length > 0) yield lines.join('\n');
}
