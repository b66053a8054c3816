import { isOfRelative } from '../context/relatives.ts';
import type { Document } from '../document.ts';
import {
  labRules,
  type MeasurementRule,
  resultWords,
  scoreRules,
  specimens,
  vitalRules,
} from '../lexicon/measurements.ts';
import type { Test } from '../model.ts';
import { usesDecimalComma } from '../quantity/numbers.ts';
import type { QuantityRules } from '../quantity/quantities.ts';
import { Openings } from '../text/openings.ts';
import { PhraseTrie } from '../text/phrase-trie.ts';
import { NUMBER, PUNCTUATION, type Tokens, touches, WORD } from '../text/tokens.ts';
import { FirstValueRules } from './first-value.ts';
import { JoinedTestRules } from './joined-tests.ts';
import { confirm, isWeak } from './name-strength.ts';
import { TargetRules } from './target-rules.ts';
import type { Draft, Named } from './test-draft.ts';
import { isShortName, TestValueRules } from './test-value.ts';
import { toTest } from './to-test.ts';
import { ValueCourseRules } from './value-course.ts';
import { verdictOf } from './verdict.ts';

const otherPressures = /\b(?:pulmonary|intracranial|intraocular|portal|venous)\b/;

/** Vital signs, laboratory values and scores: a name, what links it, a course of values. */
export class TestRules {
  private readonly names = new PhraseTrie<{ readonly rule: MeasurementRule; readonly prose: boolean }>();
  private readonly letters = new Map<string, MeasurementRule>();
  private readonly targets = new TargetRules();
  private readonly specimens = new PhraseTrie<true>().addAll(specimens, true);
  private readonly results = new PhraseTrie<true>().addAll(resultWords, true);
  private readonly bloodPressure: MeasurementRule | undefined;
  private readonly values: TestValueRules;
  private readonly course: ValueCourseRules;
  private readonly firstValue: FirstValueRules;
  private readonly joined: JoinedTestRules;
  private readonly openings: Openings;
  private readonly bit: number;

  constructor(quantities: QuantityRules, openings: Openings = new Openings()) {
    this.openings = openings;
    this.values = new TestValueRules(quantities);
    this.course = new ValueCourseRules(quantities, this.values);
    this.firstValue = new FirstValueRules(quantities, this.values, this.course);
    const byName = new Map<string, MeasurementRule>();
    for (const rule of [...vitalRules, ...labRules, ...scoreRules]) {
      byName.set(rule.name, rule);
      this.names.addAll(rule.names, { rule, prose: false });
      if (rule.prose !== undefined) this.names.addAll(rule.prose, { rule, prose: true });
      for (const letter of rule.letters ?? []) this.letters.set(letter, rule);
    }
    this.bloodPressure = byName.get('blood pressure');
    this.joined = new JoinedTestRules(byName);
    this.bit = openings.bit(
      [this.names, this.joined.names],
      (word) => this.letters.has(word) || this.values.details.isPosition(word),
    );
  }

  find(document: Document): Test[] {
    const { tokens, items } = document;
    const comma = usesDecimalComma(tokens);
    const drafts: Draft[] = [];
    const opens = this.openings.of(tokens);
    for (const item of items) {
      const first = drafts.length;
      for (let at = item.from; at < item.to; at++) {
        if ((opens[at]! & this.bit) === 0 || tokens.kinds[at] === PUNCTUATION) continue;
        const joined = this.joined.at(tokens, at, item.to, comma, item.index);
        if (joined !== undefined) {
          if (!isOfRelative(tokens, item, at)) drafts.push(...joined.drafts);
          at = joined.end - 1;
          continue;
        }
        const named = this.nameAt(tokens, at, item.to);
        if (named === undefined) continue;
        const listed = this.joined.listed(tokens, named, item.to, comma, item.index, (next) =>
          this.nameAt(tokens, next, item.to),
        );
        if (listed !== undefined) {
          if (!isOfRelative(tokens, item, at)) drafts.push(...listed.drafts);
          at = listed.end - 1;
          continue;
        }
        const draft = this.measure(tokens, named, { from: item.from, to: item.to }, comma, item.index);
        if (draft !== undefined && !isOfRelative(tokens, item, named.from)) drafts.push(draft);
        at = Math.max(draft?.end ?? 0, named.to) - 1;
      }
      confirm(drafts, first);
    }
    return drafts.map((draft, index) => toTest(document, draft, index, this.values));
  }

  private nameAt(tokens: Tokens, at: number, limit: number): Named | undefined {
    const match = this.names.longest(tokens, at, limit);
    if (match !== undefined) return { from: at, to: match.end, ...match.value };
    if (tokens.kinds[at] !== WORD) return undefined;
    // "Standing 104/60": the position alone names a blood pressure.
    const place = this.values.details.positionAt(tokens, at, limit);
    if (place !== undefined && this.bloodPressure !== undefined && isPair(tokens, place.end, limit))
      return { from: at, to: place.end, rule: this.bloodPressure, prose: false };
    if (tokens.lower[at]!.length !== 1) return undefined;
    const rule = this.letters.get(tokens.lower[at]!);
    return rule === undefined ? undefined : { from: at, to: at + 1, rule, prose: false };
  }

  private measure(
    tokens: Tokens,
    name: Named,
    item: { readonly from: number; readonly to: number },
    comma: boolean,
    index: number,
  ): Draft | undefined {
    const limit = item.to;
    const specimen = this.specimenBefore(tokens, name.from, item.from);
    const named: Named = {
      ...name,
      to: leaderEnd(tokens, name.to, limit),
      // A value that is implausible in blood can be usual in urine.
      rule: specimen === null ? name.rule : { ...name.rule, plausible: [0, 1_000_000] },
    };
    const { from, to: nameEnd, rule, prose } = named;
    if (tokens.kinds[from - 1] === NUMBER && touches(tokens, from) && from > item.from) return undefined;
    if (
      rule.name.includes('blood pressure') &&
      otherPressures.test(tokens.lower.slice(Math.max(item.from, from - 3), from).join(' '))
    )
      return undefined;
    const found = this.firstValue.after(tokens, named, item, comma);
    // On German charts RR is the blood pressure.
    if (
      found === undefined &&
      rule.name === 'respiratory rate' &&
      tokens.lower[from] === 'rr' &&
      this.bloodPressure !== undefined
    )
      return this.measure(tokens, { ...named, rule: this.bloodPressure }, item, comma, index);
    const base = { ...named, item: index, specimen };
    if (found === undefined || found === 'pending') {
      if (found === 'pending' && !prose && rule.kind === 'lab')
        return { ...base, values: [], end: nameEnd, weak: false, pending: true, target: null, words: null };
      const words = rule.kind === 'lab' && !prose ? this.wordsAfter(tokens, nameEnd, limit) : undefined;
      return words === undefined
        ? undefined
        : {
            ...base,
            values: [],
            end: words.to,
            weak: isShortName(tokens, from, nameEnd),
            pending: false,
            target: null,
            words,
          };
    }
    const { value, earlierFirst, position } = found;
    if (this.targets.isTarget(tokens, named, value, item.from)) {
      return prose
        ? undefined
        : { ...base, values: [], end: value.to, weak: false, pending: false, target: value, words: null };
    }
    const weak = isWeak(tokens, named, value, this.letters);
    if (weak === undefined) return undefined;
    const before = from > item.from ? this.values.details.positionAt(tokens, from - 1, from)?.value : undefined;
    const own = this.values.details.positionAt(tokens, from, nameEnd)?.value;
    const placed = value.position ?? position ?? own ?? before ?? null;
    const flag = value.flag ?? (prose ? null : verdictOf(tokens, from, nameEnd, value.from, item.from));
    const positioned = { ...value, position: placed, flag };
    const usual = /^(?:baseline|usual)$/;
    const baselineFirst =
      (from > item.from && usual.test(tokens.lower[from - 1]!)) || usual.test(tokens.lower[value.from - 1]!);
    const course = this.course.after(tokens, rule, positioned, limit, comma, earlierFirst, baselineFirst);
    return { ...base, values: course.values, end: course.end, weak, pending: false, target: null, words: null };
  }

  private wordsAfter(
    tokens: Tokens,
    from: number,
    limit: number,
  ): { readonly from: number; readonly to: number } | undefined {
    let at = from;
    for (let steps = 0; steps < 3 && at < limit; steps++) {
      const match = this.results.longest(tokens, at, limit);
      if (match !== undefined) return { from: at, to: match.end };
      if (!/^(?:is|was|were|are|:|=|-|came|back|returned|as|again)$/.test(tokens.lower[at]!)) return undefined;
      at++;
    }
    return undefined;
  }

  private specimenBefore(
    tokens: Tokens,
    from: number,
    first: number,
  ): { readonly from: number; readonly to: number } | null {
    for (let at = Math.max(first, from - 2); at < from; at++)
      if (this.specimens.longest(tokens, at, from)?.end === from) return { from: at, to: from };
    return null;
  }
}

/** Where dots that lead from a name to its value end. */
const leaderEnd = (tokens: Tokens, from: number, limit: number): number => {
  let end = from;
  while (end < limit && tokens.lower[end] === '.') end++;
  return end - from > 1 && end < limit ? end : from;
};

const isPair = (tokens: Tokens, from: number, limit: number): boolean => {
  const at = tokens.lower[from] === ':' ? from + 1 : from;
  return (
    at + 2 < limit && tokens.kinds[at] === NUMBER && tokens.lower[at + 1] === '/' && tokens.kinds[at + 2] === NUMBER
  );
};
