import type { Clock } from '@healthcare-ai/ops/clock';
import type { OpsCommand } from '@healthcare-ai/ops/program';
import type { StageInput } from '../../../../lib/config/schema.ts';
import { type Ran, runOps } from './run-ops.ts';

export interface RunOptions {
  readonly endpoint: string;
  readonly command: OpsCommand;

  /** @default - none */
  readonly interrupted?: AbortSignal;

  /** @default - those of the project */
  readonly stages?: Readonly<Record<string, StageInput>>;

  /** @default - stands still but for sleeps, which take no time */
  readonly clock?: Clock;
}

/** Time passes only in sleeps, which take none. */
export function quickClock(start: number = Date.now()): Clock {
  let now = start;
  return {
    now: () => now,
    async sleep(ms, signal) {
      signal.throwIfAborted();
      now += ms;
      await new Promise((resolve) => setImmediate(resolve));
    },
  };
}

/** Runs one command of the operations against an endpoint. An emulator on a busy machine may take its time. */
export const runAgainst = (args: readonly string[], { endpoint, command, clock, ...more }: RunOptions): Promise<Ran> =>
  runOps(endpoint, args, { commands: [command], clock: clock ?? quickClock(), requestTimeoutMs: 120_000, ...more });
