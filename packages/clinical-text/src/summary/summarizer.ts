import type { Finding, Measurement, Medication, Section, SummarySentence } from '../engine.ts';
import { planWords } from '../lexicon/plan-words.ts';
import { SectionCursor } from '../sections/segmenter.ts';
import { PhraseTrie } from '../text/phrase-trie.ts';
import type { Sentence } from '../text/sentences.ts';
import { tokenSpan } from '../text/spans.ts';
import { type Tokens, WORD } from '../text/tokens.ts';

export interface Facts {
  readonly sections: readonly Section[];
  readonly findings: readonly Finding[];
  readonly medications: readonly Medication[];
  readonly measurements: readonly Measurement[];
}

type Reason = SummarySentence['reasons'][number];

const planSections: ReadonlySet<string | null> = new Set(['plan', 'disposition']);
const assessmentSections: ReadonlySet<string | null> = new Set(['assessment', 'diagnosis', 'assessment-and-plan']);

/** Of items in order of place, those that begin before an offset. */
class Walk<T extends { readonly start: number }> {
  private at = 0;
  private readonly items: readonly T[];

  constructor(items: readonly T[]) {
    this.items = items;
  }

  until(end: number): T[] {
    const from = this.at;
    while (this.at < this.items.length && this.items[this.at]!.start < end) this.at++;
    return this.items.slice(from, this.at);
  }
}

/**
 * Chooses sentences of the note, whole and unchanged: every medication, dose, abnormal measurement and plan item stands
 * in at least one of them. A sentence that says nothing new is left out.
 */
export class Summarizer {
  private readonly plans = new PhraseTrie<true>().addAll(planWords, true);

  summarize(tokens: Tokens, sentences: readonly Sentence[], facts: Facts): SummarySentence[] {
    const chosen: SummarySentence[] = [];
    const said = new Set<string>();
    const medications = new Walk(facts.medications);
    const measurements = new Walk(facts.measurements);
    const findings = new Walk(facts.findings);
    const cursor = new SectionCursor(facts.sections);
    const headings = new Set(facts.sections.flatMap(({ heading }) => (heading === null ? [] : [heading.end])));
    const news = (key: string): boolean => {
      if (said.has(key)) return false;
      said.add(key);
      return true;
    };
    for (const { from, to } of sentences) {
      const place = tokenSpan(tokens, from, to);
      const section = cursor.label(place.start);
      const reasons = new Set<Reason>();
      for (const drug of medications.until(place.end)) {
        if (news(`drug ${drug.text.toLowerCase()} ${drug.negation}`)) reasons.add('medication');
        for (const dose of drug.doses)
          if (news(`dose ${drug.text.toLowerCase()} ${dose.text.toLowerCase()}`)) reasons.add('dose');
      }
      for (const measurement of measurements.until(place.end)) {
        if (
          measurement.flag !== 'normal' &&
          measurement.flag !== null &&
          news(`value ${measurement.name} ${measurement.values.join('/')}`)
        )
          reasons.add('abnormal');
      }
      const problems = findings
        .until(place.end)
        .filter(({ negation, experiencer }) => negation === 'affirmed' && experiencer === 'patient');
      if (isHeading(tokens, to, headings) || wordsIn(tokens, from, to) === 0) {
        if (reasons.size === 0) continue;
      } else {
        if (this.isPlan(tokens, from, to, section)) reasons.add('plan');
        if (section === 'chief-complaint' && news('complaint')) reasons.add('complaint');
        if (assessmentSections.has(section)) {
          for (const { text } of problems) if (news(`problem ${text.toLowerCase()}`)) reasons.add('problem');
        }
      }
      if (reasons.size > 0) chosen.push({ ...place, section, reasons: [...reasons] });
    }
    return chosen;
  }

  private isPlan(tokens: Tokens, from: number, to: number, section: string | null): boolean {
    if (planSections.has(section)) return true;
    if (!assessmentSections.has(section)) return false;
    for (let at = from; at < to; at++) if (this.plans.longest(tokens, at, to) !== undefined) return true;
    return false;
  }
}

const isHeading = (tokens: Tokens, to: number, headings: ReadonlySet<number>): boolean =>
  headings.has(tokens.ends[to - 1]!) || (tokens.lower[to - 1] === ':' && to > 1 && headings.has(tokens.ends[to - 2]!));

const wordsIn = (tokens: Tokens, from: number, to: number): number => {
  let words = 0;
  for (let at = from; at < to; at++) if (tokens.kinds[at] === WORD) words++;
  return words;
};
