import { type Document, type Item, writtenLabel } from '../document.ts';
import { courtesies, planWords } from '../lexicon/plan-words.ts';
import type {
  Allergy,
  CodeStatus,
  FollowUp,
  Medication,
  Problem,
  Procedure,
  Span,
  Summary,
  SummaryPart,
  SummaryReason,
} from '../model.ts';
import { PhraseTrie } from '../text/phrase-trie.ts';
import { tokenSpan } from '../text/spans.ts';
import { type Tokens, WORD } from '../text/tokens.ts';
import { shortForm } from './short-form.ts';

/** A measured value, as far as a summary needs it. */
export interface SummaryValue extends Span {
  readonly key: string;
  readonly abnormal: boolean;
  /** One of several in its series, or awaited: to be kept though it is normal. */
  readonly series: boolean;
}

export interface SummaryDose extends Span {
  readonly key: string;
}

export interface Facts {
  readonly problems: readonly Problem[];
  readonly medications: readonly Pick<Medication, 'start' | 'text' | 'status' | 'name'>[];
  readonly doses: readonly SummaryDose[];
  readonly allergies: readonly Allergy[];
  readonly values: readonly SummaryValue[];
  readonly procedures: readonly Procedure[];
  readonly codeStatus: readonly CodeStatus[];
  readonly followUp: readonly FollowUp[];
}

const planSections: ReadonlySet<string | null> = new Set(['plan', 'disposition']);
const assessmentSections: ReadonlySet<string | null> = new Set(['assessment', 'diagnosis', 'assessment-and-plan']);
const complaintSections: ReadonlySet<string | null> = new Set(['chief-complaint']);
const storySections: ReadonlySet<string | null> = new Set(['history-of-present-illness', 'hospital-course', null]);
/** Sections whose denials are pertinent. In a review of systems or an examination they are routine. */
const denialSections: ReadonlySet<string | null> = new Set([
  'chief-complaint',
  'history-of-present-illness',
  'assessment',
  'diagnosis',
  'assessment-and-plan',
]);
/** Findings of an examination, present and absent: an assessment, if the note has one, repeats them. */
const resultSections: ReadonlySet<string | null> = new Set(['imaging', 'results']);
/** Statements kept of a note in which no rule found anything. */
const LEAD = 3;

/** Of facts in order of place, those that begin before an offset. */
class Walk<T extends { readonly start: number }> {
  private at = 0;
  private readonly facts: readonly T[];

  constructor(facts: readonly T[]) {
    this.facts = facts;
  }

  until(end: number): T[] {
    const from = this.at;
    while (this.at < this.facts.length && this.facts[this.at]!.start < end) this.at++;
    return this.facts.slice(from, this.at);
  }
}

/**
 * Chooses statements of the note, whole and unchanged. Must be kept: what the patient came with, allergies, code status,
 * problems of the assessment, every drug with its doses and changes, abnormal and newest values, pertinent denials,
 * plans, follow-up and what is awaited. A statement that says nothing new is left out.
 */
export class Summarizer {
  private readonly plans = new PhraseTrie<true>().addAll(planWords, true);
  private readonly courtesies = new PhraseTrie<true>().addAll(courtesies, true);

  summarize(document: Document, facts: Facts): Summary {
    const sentences = this.choose(document, facts);
    return { sentences, short: shortForm(sentences) };
  }

  private choose(document: Document, facts: Facts): SummaryPart[] {
    const { tokens, items, sections } = document;
    const chosen: SummaryPart[] = [];
    const said = new Set<string>();
    const news = (key: string): boolean => !said.has(key) && said.add(key) !== undefined;
    const walks = {
      problems: new Walk(facts.problems),
      medications: new Walk(facts.medications),
      doses: new Walk(facts.doses),
      allergies: new Walk(facts.allergies),
      values: new Walk(facts.values),
      procedures: new Walk(facts.procedures),
      codeStatus: new Walk(facts.codeStatus),
      followUp: new Walk(facts.followUp),
    };
    const labels = new Set(sections.map(({ label, heading }) => (heading === null ? null : label)));
    const assessed = [...assessmentSections].some((label) => labels.has(label as never));
    for (const item of items) {
      const place = tokenSpan(tokens, item.from, item.to);
      const label = writtenLabel(document, item);
      const reasons = new Set<SummaryReason>();
      const problems = walks.problems.until(place.end);
      for (const drug of walks.medications.until(place.end))
        if (news(`drug ${drug.text.toLowerCase()} ${drug.status}`)) reasons.add('medication');
      for (const { key } of walks.doses.until(place.end)) if (news(`dose ${key}`)) reasons.add('dose');
      for (const { key, abnormal, series } of walks.values.until(place.end))
        if ((abnormal || series) && news(`value ${key}`)) reasons.add(abnormal ? 'abnormal' : 'value');
      if (walks.allergies.until(place.end).some(({ text, none }) => news(`allergy ${none ?? text.toLowerCase()}`)))
        reasons.add('allergy');
      if (walks.codeStatus.until(place.end).some(({ value, text }) => news(`code ${value} ${text.toLowerCase()}`)))
        reasons.add('code-status');
      for (const { kind } of walks.followUp.until(place.end))
        reasons.add(kind === 'pending-result' ? 'pending' : 'follow-up');
      const procedures = walks.procedures.until(place.end);
      if (isHeadingAlone(document, item) || wordsIn(tokens, item) === 0) {
        if (reasons.size === 0) continue;
      } else {
        this.bySection(document, item, { label, assessed, problems, procedures, news }, reasons);
      }
      if (reasons.size > 0) chosen.push(part(item, place, reasons));
    }
    return chosen.length > 0 ? chosen : lead(document);
  }

  private bySection(
    { tokens }: Document,
    item: Item,
    {
      label,
      assessed,
      problems,
      procedures,
      news,
    }: {
      readonly label: string | null;
      readonly assessed: boolean;
      readonly problems: readonly Problem[];
      readonly procedures: readonly Procedure[];
      readonly news: (key: string) => boolean;
    },
    reasons: Set<SummaryReason>,
  ): void {
    const own = problems.filter(({ subject, generic }) => subject === 'patient' && !generic);
    const present = own.filter(({ presence, conditional }) => presence !== 'absent' && !conditional);
    const current = present.filter(({ time }) => time === 'current');
    if (this.isPlan(tokens, item, label)) reasons.add('plan');
    if (label === 'medications' && item.content < item.to) reasons.add('medication');
    if (label === 'allergies') reasons.add('allergy');
    if (complaintSections.has(label) && (current.length > 0 || news('complaint'))) reasons.add('complaint');
    if (storySections.has(label) && current.length > 0 && news('story')) reasons.add('complaint');
    if (assessmentSections.has(label) || (!assessed && (storySections.has(label) || resultSections.has(label)))) {
      const of = assessmentSections.has(label) ? present : current;
      for (const { text } of of) if (news(`problem ${text.toLowerCase()}`)) reasons.add('problem');
    }
    if (denialSections.has(label) || (!assessed && (label === null || resultSections.has(label)))) {
      for (const { text, presence } of own)
        if ((presence === 'absent' || presence === 'unlikely') && news(`denied ${text.toLowerCase()}`))
          reasons.add('negative');
    }
    if (storySections.has(label) || assessmentSections.has(label)) {
      for (const { text, status, presence, subject } of procedures) {
        if (
          subject === 'patient' &&
          (presence !== 'absent' || status === 'refused') &&
          news(`procedure ${text.toLowerCase()} ${status}`)
        )
          reasons.add('procedure');
      }
    }
  }

  private isPlan(tokens: Tokens, { from, to }: Item, label: string | null): boolean {
    if (!planSections.has(label) && !assessmentSections.has(label)) return false;
    for (let at = from; at < to; at++) if (this.courtesies.longest(tokens, at, to) !== undefined) return false;
    if (planSections.has(label)) return true;
    for (let at = from; at < to; at++) if (this.plans.longest(tokens, at, to) !== undefined) return true;
    return false;
  }
}

const part = (item: Item, { start, end, text }: Span, reasons: Iterable<SummaryReason>): SummaryPart => ({
  start,
  end,
  text,
  section: item.section < 0 ? null : item.section,
  item: item.index,
  reasons: [...reasons],
});

/** The first statements of a note in which no rule found anything: no note with content has an empty summary. */
const lead = (document: Document): SummaryPart[] =>
  document.items
    .filter((item) => wordsIn(document.tokens, item) > 0 && !isHeadingAlone(document, item))
    .slice(0, LEAD)
    .map((item) => part(item, tokenSpan(document.tokens, item.from, item.to), ['lead']));

const isHeadingAlone = ({ tokens, inHeading }: Document, { from, to }: Item): boolean => {
  let headed = false;
  for (let at = from; at < to; at++) {
    if (inHeading[at] === 1) headed = true;
    else if (tokens.kinds[at] === WORD) return false;
  }
  return headed;
};

const wordsIn = (tokens: Tokens, { from, to }: Item): number => {
  let words = 0;
  for (let at = from; at < to; at++) if (tokens.kinds[at] === WORD) words++;
  return words;
};
