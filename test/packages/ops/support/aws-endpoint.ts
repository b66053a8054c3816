import { AwsFault, type Input, startAwsServer, type Trouble } from './aws-server.ts';

export { AwsFault } from './aws-server.ts';

/** What an operation answers: its output, or trouble. */
// biome-ignore lint/suspicious/noExplicitAny: each handler knows what its operation takes
export type Handler = (input: any) => unknown | Trouble;

export interface AwsEndpoint {
  readonly url: string;
  /** Every call: what it asked for and with what. */
  readonly calls: readonly {
    readonly operation: string;
    // biome-ignore lint/suspicious/noExplicitAny: a test looks at the members that it expects
    readonly input: any;
  }[];
  on(operation: string, handler: Handler): void;
  stop(): Promise<void>;
}

/**
 * An account in which a test says what each operation answers (`FilterLogEvents`; those of REST by their line: `GET
 * /detector`). What it does not name is not allowed.
 */
export async function startAwsEndpoint(handlers: Readonly<Record<string, Handler>> = {}): Promise<AwsEndpoint> {
  const known = new Map(Object.entries(handlers));
  const operationOf = (name: string) => (name.includes(' ') ? name : name.split('.').at(-1)!);
  const calls: { operation: string; input: Input }[] = [];
  const server = await startAwsServer({
    answer({ name, input }) {
      const operation = operationOf(name);
      calls.push({ operation, input });
      const handler = known.get(operation);
      if (handler) return handler(input);
      const user = 'User: arn:aws:iam::111122223333:user/op';
      return new AwsFault('AccessDeniedException', `${user} is not authorized to perform: ${operation}`);
    },
  });
  return {
    url: server.endpoint,
    calls,
    on: (operation, handler) => void known.set(operation, handler),
    stop: () => server.close(),
  };
}
