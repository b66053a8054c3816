import type { AnalysisEngine, AnalysisOptions } from '@healthcare-ai/clinical-text/engine';
import type { AnalysisReport } from './report.ts';

/** An engine whose analysis may carry the words of a model. */
export interface ReportingEngine extends AnalysisEngine {
  analyze(note: string, options?: AnalysisOptions): Promise<AnalysisReport>;
}

/** The engines of a process, started when they are first needed: they cost memory and a part of a second. */
export interface EngineSource {
  /** True where an analysis goes over the network: it may take long or fail for reasons that pass. */
  readonly remote: boolean;
  /** The engine of `ANALYSIS_ENGINE`. */
  engine(): Promise<ReportingEngine>;
  /** The rules in this process, whatever `ANALYSIS_ENGINE` is: what de-identifies, so that no PHI leaves for it. */
  rules(): Promise<AnalysisEngine>;
  close(): Promise<void>;
}
