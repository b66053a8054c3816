import { OpsProgram, type ProcessEnvironment, type ProgramOptions } from './program.ts';

type OutputProcess = Pick<NodeJS.Process, 'stdout' | 'stderr' | 'exit'>;

/** The exit code that a shell reports for a program that SIGPIPE ended. */
const BROKEN_PIPE = 128 + 13;

/** Exits silently when the reader of the output closes it, as `head` does. */
export function exitOnBrokenPipe(process: OutputProcess): void {
  for (const stream of [process.stdout, process.stderr]) {
    stream.on('error', ({ code }: NodeJS.ErrnoException) => {
      process.exit(code === 'EPIPE' ? BROKEN_PIPE : 1);
    });
  }
}

/** Exits once all output has been written: a pipe takes 64 KiB at a time. */
export async function exitAfterFlush({ stdout, stderr, exit }: OutputProcess): Promise<never> {
  for (const stream of [stdout, stderr]) await new Promise<void>((written) => stream.write('', () => written()));
  return exit();
}

/** Runs with a signal that aborts at SIGINT or SIGTERM; a second one ends the process as usual. */
async function runUntilSignal<T>(
  process: Pick<NodeJS.Process, 'once' | 'off'>,
  run: (interrupted: AbortSignal) => Promise<T>,
): Promise<T> {
  const controller = new AbortController();
  const abort = () => controller.abort(new DOMException('interrupted', 'AbortError'));
  process.once('SIGINT', abort);
  process.once('SIGTERM', abort);
  try {
    return await run(controller.signal);
  } finally {
    process.off('SIGINT', abort);
    process.off('SIGTERM', abort);
  }
}

/** Runs a program of `bin/` with the arguments of the process, and exits. */
export async function runProgram(options: ProgramOptions, stages: ProcessEnvironment['stages']): Promise<never> {
  const { env, stdin, stdout, stderr } = process;
  exitOnBrokenPipe(process);
  process.exitCode = await runUntilSignal(process, (interrupted) =>
    new OpsProgram(options, { env, stdin, stdout, stderr, interrupted, stages }).run(process.argv.slice(2)),
  );
  return exitAfterFlush(process);
}
