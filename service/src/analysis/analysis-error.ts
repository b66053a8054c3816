/** Why an engine gave no analysis: codes for the trail, the queue and the metrics. */
export type AnalysisFailure =
  | 'throttled'
  | 'timeout'
  | 'engine-unavailable'
  | 'circuit-open'
  | 'engine-refused'
  | 'guardrail'
  | 'answer-cut'
  | 'malformed-answer'
  | 'engine-crashed'
  | 'engine-error'
  | 'stopped';

/** Trying again is vain: the same note would meet the same end. */
const final: ReadonlySet<AnalysisFailure> = new Set(['guardrail']);

/** Says nothing about the note: the attempt does not count, or an outage of an hour would give up every note in it. */
const uncounted: ReadonlySet<AnalysisFailure> = new Set(['throttled', 'engine-unavailable', 'circuit-open', 'stopped']);

/** The next note would very likely fail in the same way: the queue's consumer should wait. */
const general: ReadonlySet<AnalysisFailure> = new Set([
  'throttled',
  'timeout',
  'engine-unavailable',
  'circuit-open',
  'engine-refused',
]);

/** An engine did not analyse a note. Carries a code and never the words of a note, a model or a server. */
export class AnalysisError extends Error {
  readonly code: AnalysisFailure;

  constructor(code: AnalysisFailure, options?: ErrorOptions) {
    super(`the note was not analysed (${code})`, options);
    this.name = 'AnalysisError';
    this.code = code;
  }

  get final(): boolean {
    return final.has(this.code);
  }

  get counts(): boolean {
    return !uncounted.has(this.code);
  }

  get general(): boolean {
    return general.has(this.code);
  }
}

export const asAnalysisError = (error: unknown): AnalysisError =>
  error instanceof AnalysisError ? error : new AnalysisError('engine-error', { cause: error });
