import { PassThrough } from 'node:stream';
import { text } from 'node:stream/consumers';
import { setTimeout as delay } from 'node:timers/promises';
import { createClients } from '@healthcare-ai/ops/aws/clients';
import type { Clock } from '@healthcare-ai/ops/clock';
import { opsCommands } from '@healthcare-ai/ops/commands/index';
import { type OpsCommand, OpsProgram } from '@healthcare-ai/ops/program';
import type { StageInput } from '../../../../lib/config/schema.ts';
import { stages } from '../../../../lib/config/stages.ts';

/** Credentials that must never be printed. */
export const canaries = {
  AWS_ACCESS_KEY_ID: 'AKIDCANARY0000000000',
  AWS_SECRET_ACCESS_KEY: 'canary-of-the-secret-access-key',
  AWS_SESSION_TOKEN: 'canary-of-the-session-token',
} as const;

/** Sleeps take next to no time, and the clock says that they did. */
function hurriedClock(): Clock {
  let slept = 0;
  return {
    now: () => Date.now() + slept,
    async sleep(ms, signal) {
      slept += ms;
      await delay(Math.min(ms, 5), undefined, { signal }).catch(() => {});
      signal.throwIfAborted();
    },
  };
}

export interface Ran {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

/** Runs `npm run ops -- ARGS` in this process against an endpoint. */
export async function runOps(
  endpoint: string,
  args: readonly string[],
  more: {
    readonly interrupted?: AbortSignal;
    readonly clock?: Clock;
    /** @default 20000 */
    readonly requestTimeoutMs?: number;
    readonly stages?: Readonly<Record<string, StageInput>>;
    /** @default - all of the operations */
    readonly commands?: readonly OpsCommand[];
  } = {},
): Promise<Ran> {
  const [stdin, stdout, stderr] = [new PassThrough(), new PassThrough(), new PassThrough()];
  const [out, err] = [text(stdout), text(stderr)];
  const program = new OpsProgram(
    { name: 'ops', description: 'd', commands: more.commands ?? opsCommands },
    {
      env: canaries,
      stdin,
      stdout,
      stderr,
      stages: more.stages ?? stages,
      interrupted: more.interrupted ?? new AbortController().signal,
      clock: more.clock ?? hurriedClock(),
      clients: (given) =>
        createClients({
          ...given,
          endpoint,
          requestTimeoutMs: more.requestTimeoutMs ?? 20_000,
          credentials: {
            accessKeyId: canaries.AWS_ACCESS_KEY_ID,
            secretAccessKey: canaries.AWS_SECRET_ACCESS_KEY,
            sessionToken: canaries.AWS_SESSION_TOKEN,
          },
        }),
    },
  );
  const code = await program.run(args);
  stdout.end();
  stderr.end();
  const result = { code, out: await out, err: await err };
  for (const canary of Object.values(canaries).slice(1)) expect(result.out + result.err).not.toContain(canary);
  return result;
}
