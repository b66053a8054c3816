import type { Names } from '@healthcare-ai/lib/config/names';
import type { StageConfig } from '@healthcare-ai/lib/config/schema';
import type { AwsClients } from './aws/clients.ts';
import type { Clock } from './clock.ts';
import type { Output } from './output.ts';

/** What every command has. */
export interface LocalContext {
  readonly output: Output;

  /** --yes: change without asking. */
  readonly yes: boolean;

  /** --timeout, in milliseconds: how long the command may take, and each wait in it. */
  readonly timeoutMs: number;

  /** Aborts at Ctrl-C and when the command took longer than --timeout. */
  readonly signal: AbortSignal;
  readonly clock: Clock;

  readonly stdin: NodeJS.ReadableStream & { readonly isTTY?: boolean };

  /** Variables of the environment, for what has no option: `bin/` alone reads process.env. */
  readonly env: Readonly<Record<string, string | undefined>>;

  /** Asks before a change, unless --yes. @throws OpsFailure when the answer is not yes; UsageError without a terminal */
  confirm(question: string): Promise<void>;

  /** In what state the command leaves things if it ended now: printed when it is interrupted or a call fails. */
  state(text: string): void;
}

/** What a command has that talks to AWS about a stage. */
export interface OpsContext extends LocalContext {
  readonly stage: string;
  readonly config: StageConfig;
  readonly names: Names;
  readonly region: string;
  readonly clients: AwsClients;

  /** Clients of the region of a stack: a backup copy is in another. */
  clientsOf(region: string): AwsClients;
}
