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
export function unexpectedFailure(log: Logger): Promise<'failure'> {
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
