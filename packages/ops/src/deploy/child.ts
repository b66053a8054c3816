import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { OpsFailure } from '../errors.ts';
import { readableTime } from '../wait.ts';

export interface ChildOptions {
  readonly signal: AbortSignal;
  readonly timeoutMs: number;

  /** @default - those of this process, which Node.js hands over */
  readonly env?: Readonly<Record<string, string | undefined>>;

  /** Called with each line of output. */
  readonly onLine?: (line: string) => void;
}

export interface ChildResult {
  readonly code: number;
  readonly stdout: string;

  /** Both streams, as they came; the last 400 lines. */
  readonly lines: readonly string[];
}

const GRACE_MS = 10_000;
const KEPT_LINES = 400;

/**
 * Runs a program to its end. At an abort or a timeout it is asked to stop, and killed ten seconds later.
 *
 * @throws OpsFailure when it cannot be started or takes too long; the signal's reason when it aborts
 */
export async function runChild(program: string, args: readonly string[], options: ChildOptions): Promise<ChildResult> {
  const { signal, timeoutMs, env, onLine } = options;
  signal.throwIfAborted();
  const child = spawn(program, args, { env, stdio: ['ignore', 'pipe', 'pipe'] });
  const lines: string[] = [];
  let stdout = '';
  const take = (line: string) => {
    lines.push(line);
    if (lines.length > KEPT_LINES) lines.shift();
    onLine?.(line);
  };
  child.stdout.on('data', (chunk: Buffer) => {
    stdout += chunk;
  });
  createInterface({ input: child.stdout }).on('line', take);
  createInterface({ input: child.stderr }).on('line', take);
  const stop = () => {
    child.kill('SIGTERM');
    setTimeout(() => child.kill('SIGKILL'), GRACE_MS).unref();
  };
  let late = false;
  const timer = setTimeout(() => {
    late = true;
    stop();
  }, timeoutMs);
  signal.addEventListener('abort', stop, { once: true });
  try {
    const code = await new Promise<number>((resolve, reject) => {
      child.on('error', (error: NodeJS.ErrnoException) => {
        reject(new OpsFailure(`${program} could not be started (${error.code}). Is it installed and on PATH?`));
      });
      child.on('close', (exit) => resolve(exit ?? -1));
    });
    signal.throwIfAborted();
    if (late)
      throw new OpsFailure(`${program} ${args[0]} took longer than ${readableTime(timeoutMs)} and was stopped.`);
    return { code, stdout, lines };
  } finally {
    clearTimeout(timer);
    signal.removeEventListener('abort', stop);
  }
}
