import { PassThrough } from 'node:stream';
import { text } from 'node:stream/consumers';
import type { StageInput } from '../../../../lib/config/schema.ts';
import { stages } from '../../../../lib/config/stages.ts';
import { createClients } from '../../../../lib/ops/aws/clients.ts';
import type { Clock } from '../../../../lib/ops/clock.ts';
import { type OpsCommand, OpsProgram } from '../../../../lib/ops/program.ts';

export interface RunOptions {
  readonly endpoint: string;
  readonly command: OpsCommand;

  /** @default - none */
  readonly interrupted?: AbortSignal;

  /** @default - those of the project */
  readonly stages?: Readonly<Record<string, StageInput>>;

  /** @default - the time of the machine, whose sleeps take no time */
  readonly clock?: Clock;
}

export interface OpsResult {
  readonly code: 0 | 1 | 2;
  readonly out: string;
  readonly err: string;
}

const SECRET = 'not-a-real-secret-access-key';

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

/** Runs a command of the operations against an endpoint, with the SDK's own clients. */
export async function runAgainst(args: readonly string[], options: RunOptions): Promise<OpsResult> {
  const [stdin, stdout, stderr] = [new PassThrough(), new PassThrough(), new PassThrough()];
  const out = text(stdout);
  const err = text(stderr);
  const program = new OpsProgram(
    { name: 'ops', description: 'tests', commands: [options.command] },
    {
      env: { AWS_SECRET_ACCESS_KEY: SECRET },
      stdin,
      stdout,
      stderr,
      interrupted: options.interrupted ?? new AbortController().signal,
      stages: options.stages ?? stages,
      clock: options.clock ?? quickClock(),
      clients: (given) =>
        createClients({
          ...given,
          endpoint: options.endpoint,
          credentials: { accessKeyId: 'AKIDEXAMPLE', secretAccessKey: SECRET },
        }),
    },
  );
  const code = await program.run(args);
  stdout.end();
  stderr.end();
  const result = { code, out: await out, err: await err };
  if ((result.out + result.err).includes(SECRET)) throw new Error('the secret of the credentials was printed');
  return result;
}
