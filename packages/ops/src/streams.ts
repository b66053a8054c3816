/** What of a process is needed to end it without losing or garbling what it says. */
type Process = Pick<NodeJS.Process, 'stdout' | 'stderr' | 'exit'>;

/** What a shell reports of a program that was ended by SIGPIPE. */
const BROKEN_PIPE = 128 + 13;

/** Ends the process without a word when whoever read its answer went away, as `head` does. */
export function endWithReader(process: Process): void {
  for (const stream of [process.stdout, process.stderr]) {
    stream.on('error', ({ code }: NodeJS.ErrnoException) => {
      process.exit(code === 'EPIPE' ? BROKEN_PIPE : 1);
    });
  }
}

/** Ends the process once everything it said is with the reader: a pipe takes 64 KiB at a time. */
export async function endWhenSaid({ stdout, stderr, exit }: Process): Promise<never> {
  for (const stream of [stdout, stderr]) await new Promise<void>((said) => stream.write('', () => said()));
  return exit();
}
