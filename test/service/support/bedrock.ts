import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A request as it came over the wire. */
export interface ConverseRequest {
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
  // Tests name the members that they expect.
  // biome-ignore lint/suspicious/noExplicitAny: see above
  readonly body: any;
}

/** What the server does with a request. */
export type ConverseAnswer =
  | { readonly tool: unknown; readonly stopReason?: string }
  | { readonly message: object; readonly stopReason: string }
  | { readonly status: number; readonly error: string }
  /** Nothing is sent, forever. */
  | 'silence'
  /** The connection ends without an answer. */
  | 'hang-up'
  | { readonly raw: string };

export interface BedrockServer {
  readonly url: string;
  readonly requests: ConverseRequest[];
  /** Answers in this order, and with the last one from there on. */
  answers: ConverseAnswer[];
  close(): Promise<void>;
}

/** Credentials of nobody, for the SDK to sign with. */
export const nobody = {
  AWS_REGION: 'us-east-1',
  AWS_ACCESS_KEY_ID: 'AKIDEXAMPLE',
  AWS_SECRET_ACCESS_KEY: 'only-for-this-test-run',
  AWS_EC2_METADATA_DISABLED: 'true',
};

/**
 * A server on loopback that speaks the wire format of Converse.
 * https://docs.aws.amazon.com/bedrock/latest/APIReference/API_runtime_Converse.html
 */
export async function startBedrock(answers: ConverseAnswer[] = []): Promise<BedrockServer> {
  const requests: ConverseRequest[] = [];
  const state = { answers };
  const server = createServer((request, response) => {
    let text = '';
    request.setEncoding('utf8');
    request.on('data', (chunk: string) => {
      text += chunk;
    });
    request.on('end', () => {
      requests.push({ path: request.url!, headers: request.headers, body: JSON.parse(text) });
      const answer = state.answers.length > 1 ? state.answers.shift()! : state.answers[0]!;
      if (answer === 'silence') return;
      if (answer === 'hang-up') {
        request.socket.destroy();
        return;
      }
      if ('raw' in answer) {
        response.writeHead(200, { 'Content-Type': 'application/json' }).end(answer.raw);
        return;
      }
      if ('error' in answer) {
        response
          .writeHead(answer.status, { 'Content-Type': 'application/json', 'x-amzn-ErrorType': answer.error })
          .end(JSON.stringify({ message: `quotes the request: ${text}` }));
        return;
      }
      response.writeHead(200, { 'Content-Type': 'application/json' }).end(JSON.stringify(converseResponse(answer)));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    requests,
    get answers() {
      return state.answers;
    },
    set answers(next) {
      state.answers = next;
    },
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
}

const converseResponse = (
  answer: { tool: unknown; stopReason?: string } | { message: object; stopReason: string },
) => ({
  output: {
    message:
      'message' in answer
        ? answer.message
        : {
            role: 'assistant',
            content: [{ toolUse: { toolUseId: 'tooluse_1', name: 'record_analysis', input: answer.tool } }],
          },
  },
  stopReason: answer.stopReason ?? 'tool_use',
  usage: { inputTokens: 1200, outputTokens: 300, totalTokens: 1500 },
  metrics: { latencyMs: 20 },
});
