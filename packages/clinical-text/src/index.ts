import { EmbeddedEngine } from './embedded-engine.ts';
import type { AnalysisOptions } from './engine.ts';
import type { NoteAnalysis } from './model.ts';

export { EmbeddedEngine, type EmbeddedEngineOptions } from './embedded-engine.ts';
export type { Analysis as AnalysisV1, AnalysisEngine, AnalysisOptions, PhiSpan, Section } from './engine.ts';
export type * from './model.ts';

let engine: EmbeddedEngine | undefined;

/**
 * What a clinical note says: problems, medications, allergies, tests, a de-identified text and a summary, each item with
 * its place in the note. No network, no state between notes. The first call builds the rules (some tens of
 * milliseconds); a site profile needs an `EmbeddedEngine` of its own.
 */
export const analyze = (note: string, options: AnalysisOptions = {}): NoteAnalysis => {
  engine ??= new EmbeddedEngine();
  return engine.analyzeNote(note, options);
};
