import { BrokenCircuitError, TaskCancelledError } from 'cockatiel';
import { AnalysisError, type AnalysisFailure } from '../analysis-error.ts';

/** Exceptions of Converse whose status alone would say something else. */
const byName: Readonly<Record<string, AnalysisFailure>> = {
  ThrottlingException: 'throttled',
  ModelTimeoutException: 'timeout',
  // In the words of Bedrock, "an error while processing the model": it may be the note's.
  ModelErrorException: 'engine-error',
  ModelNotReadyException: 'engine-unavailable',
  TimeoutError: 'timeout',
};

/**
 * What an error of the SDK, the network or a policy amounts to: read from names and codes, never from messages, which
 * may quote the request. https://docs.aws.amazon.com/bedrock/latest/APIReference/API_runtime_Converse.html#API_runtime_Converse_Errors
 */
export function asFailure(error: unknown, stopped: boolean): AnalysisError {
  if (error instanceof AnalysisError) return error;
  if (stopped) return new AnalysisError('stopped', { cause: error });
  if (error instanceof BrokenCircuitError) return new AnalysisError('circuit-open', { cause: error });
  if (error instanceof TaskCancelledError) return new AnalysisError('timeout', { cause: error });
  const { name, $metadata } = error as { name?: string; $metadata?: { httpStatusCode?: number } };
  const status = $metadata?.httpStatusCode;
  const known = byName[name ?? ''];
  if (known) return new AnalysisError(known, { cause: error });
  if (status === 429) return new AnalysisError('throttled', { cause: error });
  // Without a status the request did not get through, or what came back was no answer of Bedrock.
  if (status === undefined || status >= 500) return new AnalysisError('engine-unavailable', { cause: error });
  return new AnalysisError(status < 300 ? 'malformed-answer' : 'engine-refused', { cause: error });
}

const transient: ReadonlySet<AnalysisFailure> = new Set(['throttled', 'timeout', 'engine-unavailable']);

/** Asking again at once, after a pause, may help. */
export const isTransient = (error: unknown): boolean => error instanceof AnalysisError && transient.has(error.code);

/** The other side is not well: throttling says that it is, and busy. */
export const isOutage = (error: unknown): boolean =>
  isTransient(error) && (error as AnalysisError).code !== 'throttled';
