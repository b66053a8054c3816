import { spawn } from 'node:child_process';

export interface RunOptions {
  readonly env?: Readonly<Record<string, string | undefined>>;
  readonly cwd?: string;
  readonly input?: string;
  /** Exit codes that are no failure; @default [0] */
  readonly accept?: readonly number[];
  /** Seconds; @default 120 */
  readonly timeout?: number;
}

export interface Ran {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/**
 * Runs a program to its end, without holding the event loop: load is sent meanwhile.
 *
 * @throws Error with the end of what it printed, when it ends with another code than those accepted
 */
export function run(program: string, args: readonly string[], options: RunOptions = {}): Promise<Ran> {
  const { env, cwd, input, accept = [0], timeout = 120 } = options;
  const child = spawn(program, args, { env: { ...process.env, ...env }, cwd, timeout: timeout * 1000 });
  let stdout = '';
  let stderr = '';
  child.stdout.on('data', (chunk: Buffer) => {
    stdout += chunk;
  });
  child.stderr.on('data', (chunk: Buffer) => {
    stderr += chunk;
  });
  child.stdin.on('error', () => {});
  child.stdin.end(input ?? '');
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (exit, signal) => {
      const code = exit ?? -1;
      if (accept.includes(code)) return resolve({ code, stdout, stderr });
      const shown = [program, ...args].join(' ').slice(0, 300);
      reject(new Error(`${shown}\nended with ${exit ?? signal}: ${`${stdout}\n${stderr}`.trim().slice(-1500)}`));
    });
  });
}
