/** What of a process is needed to be told of Ctrl-C. */
type Signals = Pick<NodeJS.Process, 'once' | 'off'>;

/** Runs with a signal that aborts at Ctrl-C or SIGTERM; a second one ends the process as it always does. */
export async function runUntilSignal<T>(process: Signals, run: (interrupted: AbortSignal) => Promise<T>): Promise<T> {
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
