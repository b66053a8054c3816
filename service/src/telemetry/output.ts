/** Standard output and standard error, watched. */
export interface Output {
  /** Resolves when either refuses a write, or more waits for its reader than may. Never rejects. */
  readonly lost: Promise<'output lost'>;

  /** Code of the write that standard output refused, such as `EPIPE`; undefined while it has taken every one. */
  loss(): string | undefined;

  /** Resolves when standard output has taken everything or is lost. Exiting earlier would lose output. */
  settled(): Promise<void>;
}

export interface OutputOptions {
  readonly stdout: NodeJS.WriteStream;
  readonly stderr: NodeJS.WriteStream;

  /**
   * Bytes that may wait for a reader: Node keeps them in memory without a limit.
   *
   * @default - 64 MiB, minutes of a busy log
   */
  readonly limit?: number;
}

const defaultLimit = 64 * 1024 * 1024;
const checkEvery = 1_000;

/**
 * Listens for the errors of the process's output for as long as it lives. Without a listener, a log line that is
 * refused is an uncaught exception, whose log line is refused, without an end.
 * https://nodejs.org/api/process.html#a-note-on-process-io
 */
export function watchOutput({ stdout, stderr, limit = defaultLimit }: OutputOptions): Output {
  let lossOfStdout: string | undefined;
  let onStdoutLost: () => void = () => {};
  let onLost: (what: 'output lost') => void = () => {};
  const stdoutLost = new Promise<void>((resolve) => {
    onStdoutLost = resolve;
  });
  const lost = new Promise<'output lost'>((resolve) => {
    onLost = resolve;
  });
  const refuse = (error: NodeJS.ErrnoException): void => {
    lossOfStdout ??= error.code ?? error.name;
    onStdoutLost();
  };
  stdout.on('error', refuse);
  for (const stream of [stdout, stderr]) stream.on('error', () => onLost('output lost'));
  setInterval(() => {
    if (Math.max(stdout.writableLength, stderr.writableLength) > limit) onLost('output lost');
  }, checkEvery).unref();
  return {
    lost,
    loss: () => lossOfStdout,
    settled() {
      const taken = new Promise<void>((resolve) => {
        // Its own error comes here before it is an event.
        stdout.write('', (error) => {
          if (error) refuse(error);
          resolve();
        });
      });
      return Promise.race([stdoutLost, taken]);
    },
  };
}
