import type { Config } from '../config/read.ts';
import { errorFields, type Logger } from '../telemetry/log.ts';

export const isSignal = (reason: string): boolean => reason.startsWith('SIG');

/** Resolves with SIGTERM, which platforms send, or SIGINT, which a terminal sends. A second SIGINT exits at once. */
export function firstSignal(): Promise<NodeJS.Signals> {
  return new Promise((resolve) => {
    let seen = false;
    const onSignal = (signal: NodeJS.Signals) => {
      if (seen && signal === 'SIGINT') process.exit(130);
      seen = true;
      resolve(signal);
    };
    process.on('SIGTERM', onSignal);
    process.on('SIGINT', onSignal);
  });
}

/** Resolves after an uncaught error. The state of the process is then unknown: it must end. */
function unexpectedFailure(log: Logger): Promise<'failure'> {
  return new Promise((resolve) => {
    let seen = false;
    const onFailure = (error: unknown) => {
      // The first is the cause. Later ones may come from logging it, without an end.
      if (seen) return;
      seen = true;
      log.error('process_failed', errorFields(error));
      resolve('failure');
    };
    process.on('uncaughtException', onFailure);
    process.on('unhandledRejection', onFailure);
  });
}

/** What ends a process that runs until then. */
export interface Ending {
  /** Resolves with a signal, `failure` or `output lost`. */
  readonly reason: Promise<string>;
  readonly failure: Promise<'failure'>;
}

/** @param outputLost resolves when the log has no reader any more: the process must not run unobserved */
export function endingOf(log: Logger, outputLost: Promise<'output lost'>): Ending {
  const failure = unexpectedFailure(log);
  return { failure, reason: Promise.race([firstSignal(), failure, outputLost]) };
}

export interface StopOptions {
  readonly config: Config;
  readonly log: Logger;
  readonly ending: Ending;
  /** Time between the signal and the stop, in ms. */
  readonly delay?: number;
  readonly stop: () => Promise<unknown>;
  /** Ends logs and metrics, also after a stop that was late. */
  readonly close: () => Promise<unknown>;
  /** What was still in progress at the deadline. */
  readonly unfinished: string;
}

/**
 * Waits for the end of the process, then stops it within its deadline.
 *
 * @returns the exit code
 */
export async function stopAtEnd({ config, log, ending, delay, stop, close, unfinished }: StopOptions): Promise<number> {
  const reason = await ending.reason;
  if (reason === 'failure') return 1;
  const deadline = config.SHUTDOWN_DEADLINE_SECONDS * 1000;
  log.info('stopping', { signal: reason, delay_ms: delay, deadline_ms: deadline });
  const late = new Promise<'late'>((resolve) => {
    setTimeout(resolve, deadline, 'late').unref();
  });
  const outcome = await Promise.race([stop().then(() => 'stopped'), late, ending.failure]);
  await close();
  if (outcome === 'stopped') log.info('stopped');
  else log.error('shutdown_deadline', { reason: unfinished });
  return outcome === 'stopped' && isSignal(reason) ? 0 : 1;
}
