import type { Analysis, AnalysisOptions } from '@healthcare-ai/clinical-text/engine';

/** What is sent to an analysis thread. A signal cannot cross: a thread that takes too long is ended. */
export interface ThreadTask {
  readonly note: string;
  readonly options: Omit<AnalysisOptions, 'signal'>;
}

/** What a thread says: once that it is ready, then one answer a task, in order. */
export type ThreadMessage =
  | { readonly kind: 'ready'; readonly name: string; readonly version: string; readonly rulePackSha256: string }
  | { readonly kind: 'done'; readonly analysis: Analysis }
  | { readonly kind: 'failed' };
