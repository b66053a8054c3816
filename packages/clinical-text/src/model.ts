import type { Age, Deidentified, PhiSpan, Section, Sex } from './engine.ts';

/**
 * Data model version 2: what an analysis says of a note. Every span carries `[start, end)` in UTF-16 code units of the
 * note, and `text` equals `note.slice(start, end)`. Version 1 is derived from this model by `toV1`.
 */
export interface Span {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

/** A span that a rule read as a value of a closed list. */
export interface Valued<Value> extends Span {
  readonly value: Value;
}

/** Bands of measured precision: high from .90, medium from .75, by the lower bound of the interval; low otherwise. */
export type Confidence = 'high' | 'medium' | 'low';

export interface Coding {
  readonly system: 'loinc' | 'ucum' | 'rxnorm' | 'icd-10-cm' | 'snomed' | 'dm+d' | 'local';
  readonly code: string;
  readonly display?: string;
  /** `file`: from a vocabulary that the user mounted. */
  readonly from: 'built-in' | 'file';
}

export interface Mention extends Span {
  /** Unique in its analysis: the list's letter and a number, such as `p3`. */
  readonly id: string;
  /** Index in `Analysis.sections`; null outside every section. */
  readonly section: number | null;
  /** Index in `Analysis.structure.items`. */
  readonly item: number;
  /** The rules that found it, first the one that decides its confidence. */
  readonly rules: readonly string[];
  readonly confidence: Confidence;
  readonly codes: readonly Coding[];
}

export type Presence = 'present' | 'likely' | 'possible' | 'unlikely' | 'absent';
export type Time = 'current' | 'past' | 'resolved' | 'future';
export type Subject = 'patient' | 'family' | 'fetus' | 'donor' | 'other';
export type CueKind =
  | 'negation'
  | 'doubt'
  | 'history'
  | 'resolution'
  | 'condition'
  | 'generic'
  | 'subject'
  | 'heading'
  | 'answer'
  | 'checkbox';

/** What the note says of a mention: whether, when and of whom it is true. */
export interface Assertion {
  readonly presence: Presence;
  /** True only if something else happens: "return if fever". */
  readonly conditional: boolean;
  /** Said of no particular person: teaching, leaflets, vaccines. */
  readonly generic: boolean;
  readonly time: Time;
  readonly subject: Subject;
  /** The relative named: "mother". */
  readonly relation?: Span;
  readonly cues: readonly (Span & { readonly cue: CueKind })[];
}

/** ISO 8601 as far as the note goes; null where the text names no calendar date. */
export interface When {
  readonly value: string | null;
  readonly precision: 'minute' | 'day' | 'month' | 'year' | null;
  readonly text: Span;
  /** "3 days ago", "in six weeks". */
  readonly relative: boolean;
}

export type Side = 'left' | 'right' | 'bilateral';
export type Severity = 'mild' | 'moderate' | 'severe';

export interface Problem extends Mention, Assertion {
  readonly kind: 'problem' | 'symptom' | 'sign';
  readonly severity?: Valued<Severity>;
  readonly site?: Span;
  readonly side?: Valued<Side>;
  /** "acute", "worsening". */
  readonly course?: Span;
  readonly onset?: When;
  /** Id of the allergy whose reaction this is. */
  readonly reactionTo?: string;
}

/** `low` equals `high` for a single number; one of them is null for an open range. */
export interface Quantity {
  readonly text: Span;
  readonly low: number | null;
  readonly high: number | null;
  readonly comparator: '<' | '<=' | '>' | '>=' | '~' | null;
  /** As written. */
  readonly unit: string | null;
  readonly ucum: string | null;
}

export type Route =
  | 'oral'
  | 'intravenous'
  | 'intramuscular'
  | 'subcutaneous'
  | 'sublingual'
  | 'inhaled'
  | 'nasal'
  | 'topical'
  | 'transdermal'
  | 'rectal'
  | 'vaginal'
  | 'ophthalmic'
  | 'otic'
  | 'intrathecal'
  | 'epidural'
  | 'enteral'
  | 'other';

export interface Frequency extends Span {
  readonly timesPerDay?: readonly [low: number, high: number];
  readonly everyHours?: readonly [low: number, high: number];
  /** Morning, noon, evening, night: 1-0-1. */
  readonly scheme?: readonly number[];
}

export interface Regimen {
  readonly strength?: Quantity;
  readonly dose?: Quantity;
  readonly route?: Valued<Route>;
  readonly rate?: Quantity;
  readonly duration?: Quantity;
  readonly frequency?: Frequency;
  readonly prn?: Span;
  readonly maximum?: Quantity;
}

/**
 * `held`: a current drug that is interrupted, by the prescriber or because the patient ran out or missed doses.
 * `not-given`: a drug that the patient does not take.
 */
export const medicationStatuses = [
  'active',
  'new',
  'changed',
  'stopped',
  'held',
  'completed',
  'planned',
  'refused',
  'historical',
  'not-given',
  'unknown',
] as const;
export type MedicationStatus = (typeof medicationStatuses)[number];

export interface Medication extends Mention {
  /** Normal form of the name: lower case, single spaces. */
  readonly name: string;
  /** `unlisted`: read from its frame (strength, unit, frequency), in no list. */
  readonly kind: 'drug' | 'class' | 'unlisted';
  readonly status: MedicationStatus;
  readonly statusCues: readonly Span[];
  readonly subject: Subject;
  readonly presence: Presence;
  /** A taper has several. */
  readonly steps: readonly Regimen[];
  /** Before a change. */
  readonly previous?: Regimen;
  /** Ids of medications. */
  readonly replaces?: string;
  readonly replacedBy?: string;
}

export interface Allergy extends Mention {
  /** Normal form; null for "no known allergies" and for "not asked". */
  readonly substance: string | null;
  readonly kind: 'allergy' | 'intolerance' | 'unknown';
  readonly category: 'medication' | 'food' | 'environment' | 'other';
  readonly none: 'no-known-allergies' | 'no-known-drug-allergies' | 'not-asked' | null;
  readonly reactions: readonly Span[];
  readonly status: 'active' | 'refuted' | 'resolved';
  readonly subject: Subject;
}

export interface TestValue extends Quantity {
  readonly parts?: readonly { readonly name: 'systolic' | 'diastolic'; readonly value: number }[];
  /** "positive", "trace". */
  readonly words?: Span;
  readonly position?: 'lying' | 'sitting' | 'standing';
  /** "4 L NC", "room air". */
  readonly on?: Span;
  readonly newest: boolean;
  readonly baseline: boolean;
  readonly flagOfNote: {
    readonly text: Span;
    readonly value: 'low' | 'high' | 'critical' | 'abnormal' | 'normal';
  } | null;
  readonly rangeOfNote?: Quantity;
  readonly flagOfRange: {
    readonly value: 'low' | 'normal' | 'high';
    readonly range: readonly [low: number, high: number];
    readonly source: string;
  } | null;
}

export interface Test extends Mention {
  readonly name: string;
  readonly kind: 'vital' | 'lab' | 'score' | 'other';
  readonly pending: boolean;
  readonly specimen?: Span;
  /** In the order of the note. */
  readonly values: readonly TestValue[];
  readonly target?: Quantity;
}

export interface Procedure extends Mention, Assertion {
  readonly status: 'done' | 'planned' | 'refused' | 'cancelled' | 'in-progress';
  readonly site?: Span;
  readonly side?: Valued<Side>;
  readonly when?: When;
}

export interface Device extends Mention {
  readonly status: 'in-situ' | 'removed' | 'planned';
  readonly site?: Span;
  readonly side?: Valued<Side>;
  readonly since?: When;
}

export interface SocialFactor extends Mention {
  readonly kind: 'tobacco' | 'alcohol' | 'drugs' | 'living' | 'work' | 'mobility';
  readonly status: 'current' | 'former' | 'never' | 'unknown';
  readonly amount?: Quantity;
}

export interface CodeStatus extends Mention {
  readonly value: 'full' | 'dnar' | 'no-intubation' | 'ward-based' | 'comfort' | 'other';
}

export interface FollowUp extends Mention {
  readonly kind:
    | 'appointment'
    | 'test'
    | 'imaging'
    | 'referral'
    | 'pending-result'
    | 'monitoring'
    | 'advice'
    | 'return-if';
  readonly what: Span;
  readonly due?: When;
  readonly who?: Span;
}

/** Where a section label comes from: written as a heading, or guessed from the words. */
export interface NoteSection extends Section {
  readonly source: 'written' | 'guessed';
  /** The LOINC code of its type, where there is one. */
  readonly codes: readonly Coding[];
}

/** A sentence, list entry, pair of term and answer, box, or table row. */
export interface NoteItem {
  readonly start: number;
  readonly end: number;
  readonly kind: 'sentence' | 'list-item' | 'pair' | 'box' | 'row';
}

export const summaryReasons = [
  'complaint',
  'allergy',
  'code-status',
  'problem',
  'medication',
  'dose',
  'abnormal',
  'value',
  'negative',
  'procedure',
  'plan',
  'follow-up',
  'pending',
  'lead',
] as const;
export type SummaryReason = (typeof summaryReasons)[number];

/** A sentence of the note, unchanged, with why it was kept. */
export interface SummaryPart extends Span {
  readonly section: number | null;
  readonly item: number;
  readonly reasons: readonly SummaryReason[];
}

export interface Summary {
  /** Everything that must not be lost, in the order of the note. */
  readonly sentences: readonly SummaryPart[];
  /** The most important of them, in at most 1,200 characters together. */
  readonly short: readonly SummaryPart[];
}

/** What the engine says of a note: data model version 2. */
export interface NoteAnalysis {
  readonly schema: 2;
  readonly engine: string;
  readonly version: string;
  readonly rulePackSha256: string;
  /** `other`: most words are neither English nor of medicine, so that the rules read little of the note. */
  readonly language: 'english' | 'other';
  readonly structure: { readonly items: readonly NoteItem[] };
  readonly sections: readonly NoteSection[];
  readonly problems: readonly Problem[];
  readonly medications: readonly Medication[];
  readonly allergies: readonly Allergy[];
  readonly tests: readonly Test[];
  readonly procedures: readonly Procedure[];
  readonly devices: readonly Device[];
  readonly social: readonly SocialFactor[];
  readonly codeStatus: readonly CodeStatus[];
  readonly followUp: readonly FollowUp[];
  readonly ages: readonly Age[];
  readonly sexes: readonly Sex[];
  readonly phi: readonly PhiSpan[];
  readonly deidentified: Deidentified;
  readonly summary: Summary;
}
