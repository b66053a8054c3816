import { spawn } from 'node:child_process';
import { text } from 'node:stream/consumers';
import { canaries } from './run-ops.ts';

export interface Child {
  readonly ended: Promise<{
    readonly code: number | null;
    readonly signal: NodeJS.Signals | null;
    readonly out: string;
    readonly err: string;
  }>;
  kill(signal: NodeJS.Signals): void;
}

/** `npm run ops -- ARGS` as a process of its own, that talks to an endpoint; at most two minutes. */
export function startOps(endpoint: string, args: readonly string[]): Child {
  const env = {
    PATH: process.env.PATH,
    HOME: '/nonexistent',
    AWS_ENDPOINT_URL: endpoint,
    AWS_EC2_METADATA_DISABLED: 'true',
    ...canaries,
  };
  const child = spawn(process.execPath, ['bin/ops.ts', ...args], {
    env,
    stdio: ['ignore', 'pipe', 'pipe'],
    timeout: 120_000,
  });
  const closed = new Promise<[number | null, NodeJS.Signals | null]>((resolve) =>
    child.once('close', (code, signal) => resolve([code, signal])),
  );
  const ended = Promise.all([closed, text(child.stdout), text(child.stderr)]).then(([[code, signal], out, err]) => ({
    code,
    signal,
    out,
    err,
  }));
  return { ended, kill: (signal) => void child.kill(signal) };
}
