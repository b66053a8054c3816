import { ContextRules } from './context/context.ts';
import type { Document } from './document.ts';
import type { Analysis, AnalysisEngine, AnalysisOptions, Assertion, SectionLabel } from './engine.ts';
import { CodeStatusRules } from './extract/code-status-rules.ts';
import { DeviceRules } from './extract/device-rules.ts';
import { FollowUpRules } from './extract/follow-up-rules.ts';
import { ProcedureRules } from './extract/procedure-rules.ts';
import { SocialRules } from './extract/social-rules.ts';
import { sectionCodes } from './lexicon/section-codes.ts';
import { sectionModel } from './lexicon/section-model.ts';
import { DemographicRules } from './measurements/demographic-rules.ts';
import { TestRules } from './measurements/test-rules.ts';
import { MedicationExtractor } from './medications/medication-extractor.ts';
import type { Coding, NoteAnalysis, Span } from './model.ts';
import { KnownWords } from './phi/known-words.ts';
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
import { dosesOf, valuesOf } from './summary/summary-facts.ts';
import { isOtherLanguage } from './text/language.ts';
import { Openings } from './text/openings.ts';
import { tokenAt, tokenize } from './text/tokens.ts';
import { assertionToV1, toV1 } from './v1/to-v1.ts';
import { Vocabulary, type VocabularySource } from './vocabulary/vocabulary.ts';

export interface EmbeddedEngineOptions {
  /** What a site adds to the rules for identifiers. */
  readonly profile?: SiteProfile;
  /** Lists of terms and codes that a site mounted. */
  readonly vocabularies?: readonly VocabularySource[];
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

  private readonly openings = new Openings();
  private readonly context = new ContextRules(this.openings);
  private readonly items = new ItemRules();
  private readonly vocabulary: Vocabulary;
  private readonly problems: ProblemRules;
  private readonly procedures = new ProcedureRules(this.openings);
  private readonly devices = new DeviceRules(this.openings);
  private readonly social = new SocialRules(this.openings);
  private readonly codeStatus = new CodeStatusRules(this.openings);
  private readonly followUp = new FollowUpRules(this.openings);
  private readonly quantities = new QuantityRules();
  private readonly medications: MedicationExtractor;
  private readonly tests = new TestRules(this.quantities, this.openings);
  private readonly demographics = new DemographicRules(this.openings);
  private readonly phi: PhiRules;
  private readonly classifier = new SectionClassifier(sectionModel, this.openings);
  private readonly segmenter = new Segmenter(this.classifier);
  private readonly summarizer = new Summarizer();
  private readonly known = new KnownWords();

  /** @throws VocabularyError when a list cannot be read */
  constructor({ profile, vocabularies }: EmbeddedEngineOptions = {}) {
    this.vocabulary = new Vocabulary(vocabularies);
    this.problems = new ProblemRules(this.vocabulary, this.openings);
    this.medications = new MedicationExtractor(this.quantities, this.known, this.vocabulary, this.openings);
    this.rulePackSha256 = rulePackSha256(profile, this.vocabulary.sha256);
    this.phi = new PhiRules(this.known, this.openings, profile);
  }

  async analyze(note: string, options: AnalysisOptions = {}): Promise<Analysis> {
    return this.analyzeSync(note, options);
  }

  /** In the shape of version 1; with `schema: 2` in the options, the analysis of version 2 is in its member `v2`. */
  analyzeSync(note: string, options: AnalysisOptions = {}): Analysis {
    const analysis = this.analyzeNote(note, options);
    const v1 = toV1(note, analysis);
    return options.schema === 2 ? { ...v1, v2: analysis } : v1;
  }

  /** The analysis of version 2. */
  analyzeNote(note: string, { dateShiftDays, ...given }: AnalysisOptions = {}): NoteAnalysis {
    const options = { ...given, dateShiftDays: wholeWeeks(dateShiftDays) };
    const document = readDocument(tokenize(note), this.segmenter, this.items);
    const { tokens } = document;
    const context = this.context.of(document);
    const { medications, allergies } = this.medications.extract(document);
    const drugs = inOrder([...medications, ...allergies.filter(({ substance }) => substance !== null)]);
    const problems = this.problems.find(document, context, drugs, allergies);
    const tests = this.tests.find(document);
    const procedures = this.procedures.find(document, context, inOrder([...drugs, ...problems, ...tests]));
    const codeStatus = this.codeStatus.find(document);
    const followUp = this.followUp.find(document, context);
    const { ages, sexes } = this.demographics.find(tokens);
    const {
      spans: phi,
      movedDates,
      dates,
      known,
    } = this.phi.find(tokens, document.items, ages, { ...options, mode: options.mode ?? 'balanced' });
    return {
      schema: 2,
      engine: this.name,
      version: this.version,
      rulePackSha256: this.rulePackSha256,
      language: isOtherLanguage(tokens, (of, at) => this.known.hasAt(of, at)) ? 'other' : 'english',
      structure: { items: itemsOf(document) },
      sections: document.sections.map((section) => ({
        ...section,
        source: section.heading === null ? 'guessed' : 'written',
        codes: codesOfSection(section.label),
      })),
      problems,
      medications,
      allergies,
      tests,
      procedures,
      devices: this.devices.find(document, context),
      social: this.social.find(document, context),
      codeStatus,
      followUp,
      ages,
      sexes,
      phi,
      deidentified: { ...redact(note, phi, options, movedDates), ...(dates && { dates }), ...(known && { known }) },
      summary: this.summarizer.summarize(document, {
        problems,
        medications,
        doses: dosesOf(medications),
        allergies,
        values: valuesOf(tests),
        procedures,
        codeStatus,
        followUp,
      }),
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

/** Away from zero, so that no shift becomes none: only whole weeks keep the weekdays that a note writes. */
const wholeWeeks = (days: number | undefined): number | undefined =>
  days === undefined ? undefined : Math.sign(days) * Math.ceil(Math.abs(days) / 7) * 7;

const codesOfSection = (label: SectionLabel): Coding[] => {
  const code = sectionCodes[label];
  return code === undefined ? [] : [{ system: 'loinc', code, from: 'built-in' }];
};

const inOrder = <T extends Pick<Span, 'start'>>(spans: readonly T[]): T[] =>
  [...spans].sort((a, b) => a.start - b.start);

const itemsOf = ({ tokens, items }: Document): NoteAnalysis['structure']['items'] =>
  items.map(({ from, to, kind }) => ({ start: tokens.starts[from]!, end: tokens.ends[to - 1]!, kind }));
