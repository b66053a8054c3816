import { ContextRules } from './context/context.ts';
import { HistoryByNature } from './context/temporality.ts';
import type { Analysis, AnalysisEngine, AnalysisOptions, Assertion, SectionLabel } from './engine.ts';
import { FindingRules } from './findings/finding-rules.ts';
import { sectionModel } from './lexicon/section-model.ts';
import { DemographicRules } from './measurements/demographic-rules.ts';
import { MeasurementRules } from './measurements/measurement-rules.ts';
import { MedicationRules } from './medications/medication-rules.ts';
import { PhiRules } from './phi/phi-rules.ts';
import { redact } from './phi/redact.ts';
import type { SiteProfile } from './phi/site-profile.ts';
import { rulePack, rulePackSha256 } from './rule-pack.ts';
import { SectionClassifier } from './sections/classifier.ts';
import { Segmenter } from './sections/segmenter.ts';
import { Summarizer } from './summary/summarizer.ts';
import { splitSentences } from './text/sentences.ts';
import { tokenAt, tokenize } from './text/tokens.ts';

export interface EmbeddedEngineOptions {
  /** What the site knows of itself: staff, wards, forms of numbers, locale. */
  readonly profile?: SiteProfile;
}

/**
 * Rules and lexicons, no network, no state between notes: one note, one answer, the same bytes every time. Building it
 * costs some tens of milliseconds and megabytes, so a process builds one.
 */
export class EmbeddedEngine implements AnalysisEngine {
  readonly name = 'embedded';
  readonly version = rulePack.version;
  /** Of the rules and lexicons, and of the site profile where there is one. */
  readonly rulePackSha256: string;

  private readonly context = new ContextRules();
  private readonly findings = new FindingRules(this.context, new HistoryByNature());
  private readonly medications = new MedicationRules(this.context);
  private readonly measurements = new MeasurementRules();
  private readonly demographics = new DemographicRules();
  private readonly phi: PhiRules;
  private readonly classifier = new SectionClassifier(sectionModel);
  private readonly segmenter = new Segmenter(this.classifier);
  private readonly summarizer = new Summarizer();

  constructor({ profile }: EmbeddedEngineOptions = {}) {
    this.rulePackSha256 = rulePackSha256(profile);
    this.phi = new PhiRules(profile);
  }

  async analyze(note: string, options: AnalysisOptions = {}): Promise<Analysis> {
    return this.analyzeSync(note, options);
  }

  analyzeSync(note: string, options: AnalysisOptions = {}): Analysis {
    const tokens = tokenize(note);
    const sentences = splitSentences(tokens);
    const context = this.context.mark(tokens, sentences);
    const sections = this.segmenter.segment(tokens);
    const medications = this.medications.find(tokens, sentences, context, sections);
    const findings = this.findings.find(tokens, sentences, context, sections, medications);
    const { vitals, labs } = this.measurements.find(tokens);
    const { ages, sexes } = this.demographics.find(tokens);
    const {
      spans: phi,
      movedDates,
      dates,
      known,
    } = this.phi.find(tokens, sentences, ages, { ...options, mode: options.mode ?? 'balanced' });
    const measurements = [...vitals, ...labs].sort((a, b) => a.start - b.start);
    return {
      engine: this.name,
      version: this.version,
      rulePackSha256: this.rulePackSha256,
      sections,
      findings,
      medications,
      vitals,
      labs,
      ages,
      sexes,
      phi,
      deidentified: { ...redact(note, phi, options, movedDates), ...(dates && { dates }), ...(known && { known }) },
      summary: {
        sentences: this.summarizer.summarize(tokens, sentences, { sections, findings, medications, measurements }),
      },
    };
  }

  /** What the text says of the concept at `[start, end)`, whether or not a lexicon knows it. */
  assertionOf(text: string, start: number, end: number): Assertion {
    const tokens = tokenize(text);
    const sentences = splitSentences(tokens);
    const from = Math.min(tokenAt(tokens, start), tokens.count - 1);
    const sentence = sentences.find((other) => other.from <= from && from < other.to);
    if (sentence === undefined) throw new RangeError(`[${start}, ${end}) holds no word of the text`);
    const to = Math.max(from + 1, Math.min(tokens.count, tokenAt(tokens, end - 1) + 1));
    return this.findings.assertion(tokens, sentence, this.context.mark(tokens, sentences), from, to, null);
  }

  /** What kind of section a text without a heading is. */
  labelOf(text: string): SectionLabel {
    return this.classifier.classify(text);
  }
}
