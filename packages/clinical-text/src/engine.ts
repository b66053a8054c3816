import type { NoteAnalysis } from './model.ts';

/**
 * What an analysis engine takes and gives. Every item carries `[start, end)` in UTF-16 code units of the note and
 * `text` equal to `note.slice(start, end)`: nothing can be said that the note does not say.
 */
export interface Span {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

export const sectionLabels = [
  'chief-complaint',
  'history-of-present-illness',
  'past-medical-history',
  'past-surgical-history',
  'family-history',
  'social-history',
  'obstetric-history',
  'other-history',
  'medications',
  'allergies',
  'immunizations',
  'review-of-systems',
  'vitals',
  'physical-exam',
  'laboratory',
  'imaging',
  'results',
  'procedures',
  'assessment',
  'diagnosis',
  'plan',
  'assessment-and-plan',
  'disposition',
  'hospital-course',
  'administrative',
] as const;
export type SectionLabel = (typeof sectionLabels)[number];

/** The four parts of a SOAP note, the objective one divided as ACI-Bench divides it. */
export type NotePart = 'subjective' | 'objective-exam' | 'objective-results' | 'assessment-and-plan';

export interface Section extends Span {
  readonly label: SectionLabel;
  readonly part: NotePart;
  /** The heading's own words; null when the label was inferred from the text. */
  readonly heading: Span | null;
}

export interface Assertion {
  readonly negation: 'affirmed' | 'negated';
  readonly certainty: 'certain' | 'uncertain';
  readonly temporality: 'recent' | 'historical' | 'hypothetical';
  readonly experiencer: 'patient' | 'other';
}

export interface Finding extends Span, Assertion {
  readonly kind: 'problem' | 'symptom';
  readonly section: SectionLabel | null;
}

export interface Medication extends Span {
  readonly kind: 'drug' | 'class';
  readonly doses: readonly Span[];
  readonly routes: readonly Span[];
  readonly frequencies: readonly Span[];
  /** `negated` also when stopped, refused or an allergy. */
  readonly negation: Assertion['negation'];
}

export interface Measurement extends Span {
  readonly name: string;
  readonly values: readonly number[];
  readonly unit: string | null;
  /** Against the adult range in the rule pack; null where it knows none. */
  readonly flag: 'low' | 'normal' | 'high' | null;
}

export interface Age extends Span {
  readonly years: number | null;
}

export interface Sex extends Span {
  readonly value: 'female' | 'male';
}

/** The identifiers of 45 CFR 164.514(b)(2)(i)(A)-(R) that text can hold; face photographs and biometrics cannot stand in it. */
export const phiCategories = [
  'NAME',
  'LOCATION',
  'DATE',
  'AGE_OVER_89',
  'PHONE',
  'FAX',
  'EMAIL',
  'SSN',
  'MRN',
  'HEALTH_PLAN',
  'ACCOUNT',
  'LICENSE',
  'VEHICLE',
  'DEVICE',
  'URL',
  'IP',
  'BIOMETRIC',
  'INSTITUTION',
  'OTHER_ID',
] as const;
export type PhiCategory = (typeof phiCategories)[number];

export interface PhiSpan extends Span {
  readonly category: PhiCategory;
  /** The rule that fired, for review. */
  readonly rule: string;
}

/** `balanced` masks what a rule names as PHI; `recall-first` also masks what is not known to be safe. */
export type DeidentificationMode = 'balanced' | 'recall-first';

export interface Replacement extends PhiSpan {
  readonly replacement: string;
  /** Where the replacement stands in the de-identified text. */
  readonly outputStart: number;
  readonly outputEnd: number;
}

/** In which order the figures of a note's dates were read. `none`: no date needs one. */
export type DateOrder = 'day-first' | 'month-first' | 'unclear' | 'none';

export interface Deidentified {
  readonly text: string;
  readonly mode: DeidentificationMode;
  readonly spans: readonly Replacement[];
  /** Given where dates are moved. `unmoved` counts those that are masked because it is not sure which day they are. */
  readonly dates?: { readonly order: DateOrder; readonly unmoved: number };
  /** Given where known identifiers were passed in. `notFound` holds JSON pointers into them, never a value. */
  readonly known?: { readonly matches: number; readonly notFound: readonly string[] };
}

export const locales = ['en-US', 'en-GB', 'en-IE', 'en-CA', 'en-AU', 'en-NZ', 'de-DE', 'de-AT', 'de-CH'] as const;
export type Locale = (typeof locales)[number];

/** Names as a register holds them. */
export interface KnownName {
  readonly given?: readonly string[];
  readonly family?: string;
  /** What else the person is called. */
  readonly also?: readonly string[];
  /** Earlier family names. */
  readonly former?: readonly string[];
}

export interface KnownPerson {
  readonly names?: readonly KnownName[];
  /** `YYYY-MM-DD` */
  readonly birthDate?: string;
  readonly identifiers?: readonly { readonly category: PhiCategory; readonly value: string }[];
  readonly phones?: readonly string[];
  readonly emails?: readonly string[];
  readonly addresses?: readonly {
    readonly lines?: readonly string[];
    readonly city?: string;
    readonly postalCode?: string;
  }[];
}

/** Identifiers that the caller knows: replaced wherever the note has them. */
export interface KnownPeople {
  readonly patient?: KnownPerson;
  /** Relatives and others. */
  readonly others?: readonly KnownPerson[];
  readonly staff?: readonly KnownName[];
}

export interface SummarySentence extends Span {
  readonly section: SectionLabel | null;
  readonly reasons: readonly ('complaint' | 'problem' | 'medication' | 'dose' | 'abnormal' | 'plan')[];
}

export interface Analysis {
  readonly engine: string;
  readonly version: string;
  readonly rulePackSha256: string;
  readonly sections: readonly Section[];
  readonly findings: readonly Finding[];
  readonly medications: readonly Medication[];
  readonly vitals: readonly Measurement[];
  readonly labs: readonly Measurement[];
  readonly ages: readonly Age[];
  readonly sexes: readonly Sex[];
  readonly phi: readonly PhiSpan[];
  readonly deidentified: Deidentified;
  readonly summary: { readonly sentences: readonly SummarySentence[] };
  /** The analysis of version 2, where the options asked for it. */
  readonly v2?: NoteAnalysis;
}

export interface AnalysisOptions {
  /** With 2, the analysis also carries version 2. @default 1 */
  readonly schema?: 1 | 2;
  /** @default 'balanced' */
  readonly mode?: DeidentificationMode;
  /** Plausible stand-ins that are the same for the same words, or `[CATEGORY]`. @default 'mask' */
  readonly replacement?: 'surrogate' | 'mask';
  /**
   * Days to move every date of this patient by, rounded up to whole weeks: intervals and written weekdays are kept. See
   * `dateShiftDays`.
   *
   * @default dates are replaced
   */
  readonly dateShiftDays?: number;
  /** Decides the order of a date's figures where the note does not. */
  readonly locale?: Locale;
  /** ISO day of the note: ages over 89 and years of two digits are counted from it. */
  readonly referenceDate?: string;
  readonly known?: KnownPeople;
  /** Words that no rule may take for an identifier. */
  readonly keep?: readonly string[];
  /** Words that are always replaced. */
  readonly remove?: readonly string[];
  /** Makes surrogates differ between patients and be the same across one patient's notes. @default '' */
  readonly surrogateSeed?: string;
  /** Stops a call to a remote engine. */
  readonly signal?: AbortSignal;
}

export interface AnalysisEngine {
  readonly name: string;
  readonly version: string;
  /** SHA-256, lower-case hex, over the canonical form of all rules and lexicons, or of the prompts. */
  readonly rulePackSha256: string;
  analyze(note: string, options?: AnalysisOptions): Promise<Analysis>;
}
