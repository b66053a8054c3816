import type { Document } from '../document.ts';
import {
  joinedTests,
  labRules,
  type MeasurementRule,
  measurementLinks,
  pendingWords,
  proseLinks,
  resultWords,
  scoreRules,
  specimens,
  verdictWords,
  vitalRules,
} from '../lexicon/measurements.ts';
import type { Test } from '../model.ts';
import { numberOf, usesDecimalComma } from '../quantity/numbers.ts';
import type { QuantityRules } from '../quantity/quantities.ts';
import { Openings } from '../text/openings.ts';
import { PhraseTrie } from '../text/phrase-trie.ts';
import { NUMBER, PUNCTUATION, type Tokens, touches, WORD } from '../text/tokens.ts';
import { confirm, isWeak } from './name-strength.ts';
import { TargetRules } from './target-rules.ts';
import type { Draft, Named } from './test-draft.ts';
import { isLowerCase, isShortName, TestValueRules } from './test-value.ts';
import { toTest } from './to-test.ts';
import { ValueCourseRules } from './value-course.ts';
import type { ValueMention } from './value-mention.ts';

/** Tokens between a name and its value. */
const REACH = 8;
/** "T", "P", "K": capital letters with a value beside them. */
const opening = new Set(['(', '[', ':', '=', '|', '~', '-', '–', '+', '*']);

const otherPressures = /\b(?:pulmonary|intracranial|intraocular|portal|venous)\b/;

/** Vital signs, laboratory values and scores: a name, what links it, a course of values. */
export class TestRules {
  private readonly names = new PhraseTrie<{ readonly rule: MeasurementRule; readonly prose: boolean }>();
  private readonly letters = new Map<string, MeasurementRule>();
  private readonly joined = new PhraseTrie<readonly MeasurementRule[]>();
  private readonly links = new PhraseTrie<true>().addAll(measurementLinks, true);
  private readonly proseLinks = new PhraseTrie<true>().addAll(proseLinks, true);
  private readonly pending = new PhraseTrie<true>().addAll(pendingWords, true);
  private readonly targets = new TargetRules();
  private readonly specimens = new PhraseTrie<true>().addAll(specimens, true);
  private readonly results = new PhraseTrie<true>().addAll(resultWords, true);
  private readonly bloodPressure: MeasurementRule | undefined;
  private readonly quantities: QuantityRules;
  private readonly values: TestValueRules;
  private readonly course: ValueCourseRules;

  private readonly openings: Openings;
  private readonly bit: number;

  constructor(quantities: QuantityRules, openings: Openings = new Openings()) {
    this.openings = openings;
    this.quantities = quantities;
    this.values = new TestValueRules(quantities);
    this.course = new ValueCourseRules(quantities, this.values);
    this.bit = openings.bit(
      [this.names, this.joined],
      (word) => this.letters.has(word) || this.values.details.isPosition(word),
    );
    const byName = new Map<string, MeasurementRule>();
    for (const rule of [...vitalRules, ...labRules, ...scoreRules]) {
      byName.set(rule.name, rule);
      this.names.addAll(rule.names, { rule, prose: false });
      if (rule.prose !== undefined) this.names.addAll(rule.prose, { rule, prose: true });
      for (const letter of rule.letters ?? []) this.letters.set(letter, rule);
    }
    this.bloodPressure = byName.get('blood pressure');
    for (const { names, tests } of joinedTests)
      this.joined.addAll(
        names,
        tests.map((name) => byName.get(name)!),
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
        const joined = this.joinedAt(tokens, at, item.to, comma, item.index);
        if (joined !== undefined) {
          drafts.push(...joined.drafts);
          at = joined.end - 1;
          continue;
        }
        const named = this.nameAt(tokens, at, item.to);
        if (named === undefined) continue;
        const draft = this.measure(tokens, named, { from: item.from, to: item.to }, comma, item.index);
        if (draft !== undefined) drafts.push(draft);
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
      // What is too little in blood is usual in urine.
      rule: specimen === null ? name.rule : { ...name.rule, plausible: [0, 1_000_000] },
    };
    const { from, to: nameEnd, rule, prose } = named;
    if (tokens.kinds[from - 1] === NUMBER && touches(tokens, from) && from > item.from) return undefined;
    if (
      rule.name.includes('blood pressure') &&
      otherPressures.test(tokens.lower.slice(Math.max(item.from, from - 3), from).join(' '))
    )
      return undefined;
    const found = this.valueAfter(tokens, named, item, comma);
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
    const course = this.course.after(tokens, rule, positioned, limit, comma, earlierFirst);
    return { ...base, values: course.values, end: course.end, weak, pending: false, target: null, words: null };
  }

  /** The first value after a name, past words that link them. */
  private valueAfter(
    tokens: Tokens,
    { from, to: nameEnd, rule, prose }: Named,
    item: { readonly from: number; readonly to: number },
    comma: boolean,
  ):
    | { readonly value: ValueMention; readonly earlierFirst: boolean; readonly position: ValueMention['position'] }
    | 'pending'
    | undefined {
    let to = nameEnd;
    let at = to;
    let earlierFirst = false;
    let position: ValueMention['position'] = null;
    let unit: ValueMention['unit'] = null;
    const limit = item.to;
    let linked = !prose;
    while (at < limit && at - to <= REACH) {
      if (tokens.breaks[at]! > 1) return undefined;
      if (this.pending.longest(tokens, at, limit) !== undefined) return 'pending';
      const value = linked || tokens.kinds[at] !== NUMBER ? this.values.at(tokens, at, limit, rule, comma) : undefined;
      if (value !== undefined && linked)
        return { value: unit === null || value.unit !== null ? value : { ...value, unit }, earlierFirst, position };
      // "Glucose (mmol/L): 17.4"
      const united = tokens.lower[at] === '(' ? this.quantities.unitAt(tokens, at + 1, limit) : undefined;
      if (united !== undefined && tokens.lower[united.to] === ')') {
        unit = united;
        at = united.to + 1;
        continue;
      }
      // "GCS E3 V4 M6 = 13"
      if (rule.kind === 'score' && /^[evm]$/.test(tokens.lower[at]!) && tokens.kinds[at + 1] === NUMBER) {
        at += 2;
        to = at;
        continue;
      }
      const place = this.values.details.positionAt(tokens, at, limit);
      position = place?.value ?? position;
      const link =
        (prose ? this.proseLinks : this.links).longest(tokens, at, limit) ??
        (prose ? undefined : this.course.earlier.longest(tokens, at, limit));
      const end = Math.max(link?.end ?? 0, place?.end ?? 0);
      if (end === 0) {
        // "Creatinine bumped to 2.3", "INR settled back at 2.4"
        const moved = prose ? undefined : this.movedTo(tokens, at, limit);
        if (moved !== undefined) {
          earlierFirst ||= tokens.lower[moved - 1] === 'from';
          at = moved;
          continue;
        }
        // "K+ 3.2", "HR* 90", "BP (lying)"
        if (at === to && opening.has(tokens.lower[at]!)) {
          at++;
          continue;
        }
        // "the ejection fraction (EF) was 25%"
        if (tokens.lower[at] === ')' && (at > nameEnd || tokens.lower[from - 1] === '(')) {
          at++;
          continue;
        }
        return undefined;
      }
      for (let word = at; word < end; word++) if (tokens.lower[word] === 'from') earlierFirst = true;
      linked = true;
      at = end;
    }
    return undefined;
  }

  /** A verb of change with "to", "at" or "from" within three words. */
  private movedTo(tokens: Tokens, from: number, limit: number): number | undefined {
    if (!/(?:ed|ing|en|ept|ose|ell|ung|ank)$/.test(tokens.lower[from]!) || !isLowerCase(tokens, from)) return undefined;
    for (let at = from + 1; at < Math.min(limit, from + 4); at++) {
      if (/^(?:to|at|from)$/.test(tokens.lower[at]!)) return at + 1;
      if (!/^(?:up|down|back|further|again|slightly|nicely|is|was|out)$/.test(tokens.lower[at]!)) return undefined;
    }
    return undefined;
  }

  /** "H/H 9.1/27", "ABG 7.21/68/54/26" */
  private joinedAt(
    tokens: Tokens,
    from: number,
    limit: number,
    comma: boolean,
    item: number,
  ): { readonly drafts: Draft[]; readonly end: number } | undefined {
    const match = this.joined.longest(tokens, from, limit);
    if (match === undefined) return undefined;
    let at = match.end;
    while (at < limit && at - match.end < 5 && tokens.kinds[at] !== NUMBER) {
      const link = this.links.longest(tokens, at, limit);
      if (link === undefined) return undefined;
      at = link.end;
    }
    const numbers: number[] = [];
    while (at < limit && tokens.kinds[at] === NUMBER && numbers.length < 6) {
      numbers.push(at);
      if (tokens.lower[at + 1] !== '/' && tokens.lower[at + 1] !== '-' && tokens.lower[at + 1] !== 'and') break;
      at += 2;
    }
    if (numbers.length < Math.min(match.value.length, 3)) return undefined;
    const drafts: Draft[] = [];
    for (const [index, rule] of match.value.entries()) {
      const place = numbers[index];
      if (place === undefined) break;
      const value = numberOf(tokens.lower[place]!, comma);
      if (!(value >= rule.plausible[0] && value <= rule.plausible[1])) return undefined;
      const number = { to: place + 1, low: value, high: value, comparator: null, form: 'digits' as const };
      const mention: ValueMention = {
        from: place,
        to: place + 1,
        number,
        second: null,
        unit: null,
        flag: null,
        range: null,
        position: null,
        on: null,
      };
      const at = index === 0 ? { from, to: match.end } : { from: place, to: place + 1 };
      drafts.push({
        ...at,
        rule,
        prose: false,
        values: [{ mention, newest: true, baseline: false }],
        end: place + 1,
        weak: false,
        pending: false,
        target: null,
        words: null,
        specimen: null,
        item,
      });
    }
    return { drafts, end: numbers.at(-1)! + 1 };
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

/** "An elevated ALT of 52", "ferritin was low at 14": a change ("decreased to") is no verdict. */
const verdictOf = (tokens: Tokens, from: number, to: number, value: number, first: number): ValueMention['flag'] => {
  const at = (place: number): ValueMention['flag'] => {
    const verdict = Object.hasOwn(verdictWords, tokens.lower[place]!) ? verdictWords[tokens.lower[place]!] : undefined;
    if (verdict === undefined || /^(?:not|no|without|never|than)$/.test(tokens.lower[place - 1] ?? '')) return null;
    if (place >= to && /^(?:to|from|of|as|by)$/.test(tokens.lower[place + 1] ?? '')) return null;
    return { from: place, to: place + 1, value: verdict };
  };
  if (from > first) {
    const before = at(from - 1);
    if (before !== null) return before;
  }
  for (let place = to; place < value; place++) {
    const between = at(place);
    if (between !== null) return between;
  }
  return null;
};
