import { ContextRules } from './context/context.ts';
import type { Analysis, AnalysisEngine, AnalysisOptions, Assertion, SectionLabel } from './engine.ts';
import { sectionModel } from './lexicon/section-model.ts';
import { DemographicRules } from './measurements/demographic-rules.ts';
import { MeasurementRules } from './measurements/measurement-rules.ts';
import { MedicationExtractor } from './medications/medication-extractor.ts';
import { allergyToV1, medicationToV1 } from './medications/to-v1.ts';
import { PhiRules } from './phi/phi-rules.ts';
import { redact } from './phi/redact.ts';
import type { SiteProfile } from './phi/site-profile.ts';
import { ProblemRules } from './problems/problem-rules.ts';
import { QuantityRules } from './quantity/quantities.ts';
import { rulePack, rulePackSha256 } from './rule-pack.ts';
import { SectionClassifier } from './sections/classifier.ts';
import { Segmenter } from './sections/segmenter.ts';
import { ItemRules } from './structure/items.ts';
import { readDocument } from './structure/read-document.ts';
import { Summarizer } from './summary/summarizer.ts';
import { tokenAt, tokenize } from './text/tokens.ts';
import { assertionToV1, problemToV1 } from './v1/to-v1.ts';

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
  private readonly items = new ItemRules();
  private readonly problems = new ProblemRules();
  private readonly quantities = new QuantityRules();
  private readonly medications = new MedicationExtractor(this.quantities);
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
    const document = readDocument(tokens, this.segmenter, this.items);
    const { items: sentences, sections } = document;
    const context = this.context.of(document);
    const drugs = this.medications.extract(document);
    const medications = [
      ...drugs.medications.map((medication) => medicationToV1(note, medication)),
      ...drugs.allergies.map(allergyToV1).filter((allergy) => allergy !== null),
    ].sort((a, b) => a.start - b.start);
    const findings = this.problems
      .find(document, context, medications)
      .map((problem) => problemToV1(problem, sections));
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
    const document = readDocument(tokens, this.segmenter, this.items);
    const from = Math.min(tokenAt(tokens, start), tokens.count - 1);
    const item = document.items.find((other) => other.from <= from && from < other.to);
    if (item === undefined) throw new RangeError(`[${start}, ${end}) holds no word of the text`);
    const to = Math.max(from + 1, Math.min(tokens.count, tokenAt(tokens, end - 1) + 1));
    return assertionToV1(this.problems.assertion(document, this.context.of(document), item, from, to));
  }

  /** What kind of section a text without a heading is. */
  labelOf(text: string): SectionLabel {
    return this.classifier.classify(text);
  }
}
