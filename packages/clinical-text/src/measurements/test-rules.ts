import type { Document } from '../document.ts';
import {
  baselineWords,
  earlierWords,
  joinedTests,
  labRules,
  laterWords,
  type MeasurementRule,
  measurementLinks,
  pendingWords,
  proseLinks,
  resultWords,
  scoreRules,
  specimens,
  timeTags,
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
import type { ValueMention } from './value-mention.ts';

/** Tokens between a name and its value. */
const REACH = 8;
const MOST_VALUES = 12;
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
  private readonly later = new PhraseTrie<true>().addAll(laterWords, true);
  private readonly earlier = new PhraseTrie<true>().addAll(earlierWords, true);
  private readonly baseline = new PhraseTrie<true>().addAll(baselineWords, true);
  private readonly specimens = new PhraseTrie<true>().addAll(specimens, true);
  private readonly results = new PhraseTrie<true>().addAll(resultWords, true);
  private readonly times = new PhraseTrie<'earlier' | 'now' | 'other'>();
  private readonly bloodPressure: MeasurementRule | undefined;
  private readonly quantities: QuantityRules;
  private readonly values: TestValueRules;

  private readonly openings: Openings;
  private readonly bit: number;

  constructor(quantities: QuantityRules, openings: Openings = new Openings()) {
    this.openings = openings;
    this.quantities = quantities;
    this.values = new TestValueRules(quantities);
    this.bit = openings.bit(
      [this.names, this.joined],
      (word) => this.letters.has(word) || this.values.details.isPosition(word),
    );
    for (const [time, words] of timeTags) this.times.addAll(words, time);
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
    const course = this.course(tokens, rule, positioned, limit, comma, earlierFirst);
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
        (prose ? undefined : this.earlier.longest(tokens, at, limit));
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

  /** The values that follow the first: "-> 9.0 -> 7.1", ", now 4.6", "(baseline 1.4)", "standing 98/60". */
  private course(
    tokens: Tokens,
    rule: MeasurementRule,
    first: ValueMention,
    limit: number,
    comma: boolean,
    earlierFirst: boolean,
  ): { readonly values: Draft['values']; readonly end: number } {
    const values: { mention: ValueMention; earlier: boolean; baseline: boolean; now?: boolean }[] = [
      { mention: first, earlier: earlierFirst, baseline: false },
    ];
    let end = first.to;
    while (values.length < MOST_VALUES) {
      const last = values.at(-1)!;
      const tag = this.timeAt(tokens, end, limit);
      const tagged = tag === undefined ? undefined : this.valueAfterTime(tokens, rule, tag.end, limit, comma);
      if (tag !== undefined && tagged !== undefined) {
        last.earlier ||= tag.time === 'earlier';
        last.now = tag.time === 'now';
        values.push({ mention: tagged, earlier: false, baseline: false });
        end = tagged.to;
        continue;
      }
      if (tag !== undefined) {
        last.now = tag.time === 'now';
        if (values.length > 1) last.earlier ||= tag.time === 'earlier';
      }
      const next = this.nextValue(tokens, rule, end, limit, comma, last.mention);
      if (next === undefined) break;
      values.push(next);
      end = next.mention.to;
      if (tokens.lower[end] === ')' && end < limit) end++;
    }
    const dated = values.findLastIndex(({ now, earlier }) => now === true && !earlier);
    const newest = dated < 0 ? values.findLastIndex(({ earlier, baseline }) => !earlier && !baseline) : dated;
    return {
      values: values.map(({ mention, baseline }, index) => ({
        mention,
        baseline,
        newest: index === (newest < 0 ? values.length - 1 : newest),
      })),
      end,
    };
  }

  /** "at 02:15", "on Monday", "(3 h)", "today": when the value before it was taken. */
  private timeAt(
    tokens: Tokens,
    from: number,
    limit: number,
  ): { readonly time: 'earlier' | 'now' | 'other'; readonly end: number } | undefined {
    if (from >= limit || tokens.breaks[from]! > 0) return undefined;
    const bracket = tokens.lower[from] === '(';
    let at = bracket ? from + 1 : from;
    const led = tokens.lower[at] === 'at' || tokens.lower[at] === 'on';
    let match = this.times.longest(tokens, at, limit);
    if (match === undefined) {
      if (led) at++;
      const day = tokens.lower[at] === 'day';
      if (day) at++;
      if (tokens.kinds[at] !== NUMBER || at >= limit) return undefined;
      at++;
      const clock = tokens.lower[at] === ':' && tokens.kinds[at + 1] === NUMBER && touches(tokens, at);
      if (clock) at += 2;
      match = this.times.longest(tokens, at, limit);
      // A bare number is a time only where something says so.
      if (!clock && !day && match === undefined && !(led && /^\d{4}$/.test(tokens.lower[at - 1]!))) return undefined;
    }
    const end = match?.end ?? at;
    if (bracket && tokens.lower[end] !== ')') return undefined;
    return { time: match?.value ?? 'other', end: bracket ? end + 1 : end };
  }

  /** The next value of a course whose values carry times: nothing but commas and words may stand before it. */
  private valueAfterTime(
    tokens: Tokens,
    rule: MeasurementRule,
    from: number,
    limit: number,
    comma: boolean,
  ): ValueMention | undefined {
    let words = 0;
    for (let at = from; at < Math.min(limit, from + REACH); at++) {
      if (tokens.breaks[at]! > 0) return undefined;
      const joins = at > from && separates.test(tokens.lower[at - 1]!);
      const mention = joins ? this.values.at(tokens, at, limit, rule, comma) : undefined;
      if (mention !== undefined) {
        const ended = mention.to >= limit || /^[.,;)]$/.test(tokens.lower[mention.to]!);
        const timed = this.timeAt(tokens, mention.to, limit) !== undefined;
        return timed || (words === 0 && ended) ? mention : undefined;
      }
      if (tokens.kinds[at] === NUMBER) return undefined;
      if (tokens.kinds[at] === WORD && tokens.lower[at] !== 'and' && tokens.lower[at] !== 'then') words++;
      else if (!separates.test(tokens.lower[at]!)) return undefined;
    }
    return undefined;
  }

  private nextValue(
    tokens: Tokens,
    rule: MeasurementRule,
    from: number,
    limit: number,
    comma: boolean,
    last: ValueMention,
  ): { readonly mention: ValueMention; readonly earlier: boolean; readonly baseline: boolean } | undefined {
    let at = from;
    let earlier = false;
    let baseline = false;
    let linked = false;
    let position: ValueMention['position'] = null;
    let steps = 0;
    while (at < limit && steps++ < 6) {
      if (tokens.breaks[at]! > 0) return undefined;
      const word = tokens.lower[at]!;
      const arrow = arrowTo(tokens, at, limit);
      if (arrow !== undefined) {
        linked = true;
        at = arrow;
        // "48 -> given juice -> 96"
        const next = arrowWithin(tokens, at, limit);
        if (next !== undefined && this.values.at(tokens, at, limit, rule, comma) === undefined) at = next;
      } else if (
        word === ',' ||
        word === ';' ||
        word === '(' ||
        word === 'and' ||
        word === '[' ||
        word === '/' ||
        word === '|'
      ) {
        if (word === 'and' || word === '|')
          linked ||= tokens.kinds[at + 1] === NUMBER && (word === '|' || rule.paired === true || rule.kind === 'vital');
        at++;
      } else if (!linked && /^(?:after|post|following)$/.test(word)) {
        // "2.8, after dextrose 7.4"
        linked = true;
        at++;
        for (let words = 0; words < 2 && at < limit && tokens.kinds[at] === WORD; words++) at++;
      } else {
        const place = this.values.details.positionAt(tokens, at, limit);
        const before = this.earlier.longest(tokens, at, limit);
        const after = this.later.longest(tokens, at, limit);
        if (place !== undefined) {
          position = place.value;
          linked = true;
          at = place.end;
        } else if (before !== undefined && before.end >= (after?.end ?? 0)) {
          baseline = this.baseline.longest(tokens, at, limit) !== undefined || baseline;
          earlier = true;
          linked = true;
          at = before.end;
        } else if (after !== undefined) {
          linked = true;
          at = after.end;
        } else if (
          linked &&
          /^(?:is|of|at|was|around|a|about|approx|~|:|=|the|on|in|ed|hospital|morning|am|low|high|mid)$/.test(word)
        )
          at++;
        else if (/^(?:overnight|tonight|on|d|day)$/.test(word)) at++;
        else break;
      }
      const mention =
        tokens.kinds[at] === PUNCTUATION && !linked ? undefined : this.values.at(tokens, at, limit, rule, comma);
      // "142/80, 98/60", "88 lying, 121 standing"
      if (mention === undefined || !(linked || mention.second !== null || mention.position !== null)) {
        if (!linked && tokens.kinds[at] === NUMBER) return undefined;
        continue;
      }
      // "4.6, 3 days ago", "7.1 on 3/4"
      const unit = this.quantities.unitAt(tokens, mention.number.to, limit);
      if (
        unit?.kind === 'time' ||
        (rule.paired !== true && last.second === null && tokens.lower[mention.number.to] === '/')
      )
        return undefined;
      // "8.2 today, 3.1 last week"
      const dated = mention.to < limit && this.earlier.longest(tokens, mention.to, limit) !== undefined;
      return {
        mention: position === null ? mention : { ...mention, position: mention.position ?? position },
        earlier: earlier || (dated && !/^(?:from|was|vs)$/.test(tokens.lower[mention.to]!)),
        baseline,
      };
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

const separates = /^(?:[,;&]|and|then)$/;

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

/** The next arrow, behind a few words. */
const arrowWithin = (tokens: Tokens, from: number, limit: number): number | undefined => {
  for (let at = from; at < Math.min(limit, from + 5); at++) {
    const to = arrowTo(tokens, at, limit);
    if (to !== undefined) return to;
  }
  return undefined;
};

/** "->", "-->", "=>", "→", "..", and ">" between values. */
const arrowTo = (tokens: Tokens, at: number, limit: number): number | undefined => {
  const mark = tokens.lower[at]!;
  if (mark === '→' || mark === '➔' || mark === '⟶') return at + 1;
  let end = at;
  while (end < limit && (tokens.lower[end] === '-' || tokens.lower[end] === '=')) end++;
  if (tokens.lower[end] === '>' && end < limit) return end + 1;
  return undefined;
};
