import { spawnSync } from 'node:child_process';

export interface Ended {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
  readonly seconds: number;
}

/** Runs a program to its end, at most two and a half minutes. */
export function run(command: string, args: readonly string[], env: NodeJS.ProcessEnv = process.env, cwd = '.'): Ended {
  const start = performance.now();
  const { status, stdout, stderr } = spawnSync(command, args, { env, cwd, encoding: 'utf8', timeout: 150_000 });
  return { code: status, out: stdout ?? '', err: stderr ?? '', seconds: (performance.now() - start) / 1000 };
}

/** Whether a program is there and answers. */
export const answers = (command: string, ...args: readonly string[]): boolean => run(command, args).code === 0;

/**
 * `describe` where `present`, else a `describe.skip`, and a line that says so.
 *
 * @param what what is missing, and what therefore is not shown
 */
export function describeWhere(present: boolean, what: string): jest.Describe {
  if (present) return describe;
  console.warn(`SKIPPED: ${what}`);
  return describe.skip;
}
