import type { Analysis } from '@healthcare-ai/clinical-text/engine';
import type { NoteAnalysis } from '@healthcare-ai/clinical-text/model';
import type { Doubt, Verdict } from './verify.ts';

/** Why an analysis must be looked at; codes, which logs and metrics may contain. */
export type ReviewReason = Doubt['kind'] | 'quote-not-in-note' | 'other-language';

/** A sentence of a model's summary, and the place of the note that bears it out. */
export interface SummarySource {
  /** Offsets into the summary. */
  readonly start: number;
  readonly end: number;
  readonly note: { readonly start: number; readonly end: number };
}

/** What one call of a language model took. */
export interface ModelUsage {
  /** Id of the model, or of the inference profile. */
  readonly model: string;
  readonly inputTokens: number;
  readonly outputTokens: number;
  /** In the currency of the configured prices; null where there are none: a price is never made up. */
  readonly cost: number | null;
  readonly latencyMs: number;
  /** Calls made, the repeated ones included. */
  readonly attempts: number;
}

/** What a language model adds to an analysis: its own words, and what the verifier found in them. */
export interface ModelAnswer {
  readonly summary: string;
  /** Offsets of its doubts are into `summary`. */
  readonly verdict: Verdict;
  /** Items and sentences whose quote does not occur in the note, and that were therefore dropped. */
  readonly droppedQuotes: number;
  /** @default - of an analysis that was made before prompt 2.0.0 */
  readonly sources?: readonly SummarySource[];
  /** Items that the rules read otherwise, by their place in the note. @default - as above */
  readonly contradictions?: readonly Doubt[];
  readonly usage: ModelUsage;
}

/** An analysis, with the words of a model where one was asked. */
export interface AnalysisReport extends Analysis {
  /** @default - no model was asked */
  readonly model?: ModelAnswer;
}

/** Lists of version 2, without what version 1 beside it holds already. */
export type StoredV2 = Omit<
  NoteAnalysis,
  'engine' | 'version' | 'rulePackSha256' | 'sections' | 'ages' | 'sexes' | 'phi' | 'deidentified'
>;

/** A report as it is stored: version 1, which the release before reads, and version 2 beside it. */
export interface StoredReport extends Omit<AnalysisReport, 'v2'> {
  /** @default 1: of a release that knew no other */
  readonly schema?: 2;
  readonly v2?: StoredV2;
}

export function storedReport({ v2, ...v1 }: AnalysisReport): StoredReport {
  if (v2 === undefined) return v1;
  const { engine, version, rulePackSha256, sections, ages, sexes, phi, deidentified, ...own } = v2;
  return { ...v1, schema: 2, v2: own };
}

/** A stored report with the keys of version 1 alone. */
export const reportV1 = ({ schema, v2, ...v1 }: StoredReport): AnalysisReport => v1;

/** The reasons for which a person must check the analysis, beyond that it is a draft; each once, in order. */
export function reviewReasons({ model, v2 }: Pick<StoredReport, 'model' | 'v2'>): ReviewReason[] {
  const reasons: ReviewReason[] = v2?.language === 'other' ? ['other-language'] : [];
  for (const { kind } of [...(model?.verdict.doubts ?? []), ...(model?.contradictions ?? [])]) reasons.push(kind);
  if (model && model.droppedQuotes > 0) reasons.push('quote-not-in-note');
  return [...new Set(reasons)].sort();
}

/** The summary as one text: the words of the model, or the sentences of the note that the rules chose. */
export const summaryText = ({ model, summary }: Pick<AnalysisReport, 'model' | 'summary'>): string =>
  model?.summary ?? summary.sentences.map(({ text }) => text.trim()).join('\n');
