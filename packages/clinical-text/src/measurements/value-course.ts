import { baselineWords, earlierWords, laterWords, type MeasurementRule, timeTags } from '../lexicon/measurements.ts';
import type { QuantityRules } from '../quantity/quantities.ts';
import { PhraseTrie } from '../text/phrase-trie.ts';
import { NUMBER, PUNCTUATION, type Tokens, touches, WORD } from '../text/tokens.ts';
import { columnOrder, columnsAfter } from './table-columns.ts';
import type { Draft } from './test-draft.ts';
import { seriesEnd, type TestValueRules } from './test-value.ts';
import type { ValueMention } from './value-mention.ts';

/** Tokens between the time of a value and the next value. */
const REACH = 8;
const MOST_VALUES = 12;

/** The values of one test over time, and which of them is the newest. */
export class ValueCourseRules {
  private readonly later = new PhraseTrie<true>().addAll(laterWords, true);
  readonly earlier = new PhraseTrie<true>().addAll(earlierWords, true);
  private readonly baseline = new PhraseTrie<true>().addAll(baselineWords, true);
  private readonly times = new PhraseTrie<'earlier' | 'now' | 'other'>();
  private readonly quantities: QuantityRules;
  private readonly values: TestValueRules;

  constructor(quantities: QuantityRules, values: TestValueRules) {
    this.quantities = quantities;
    this.values = values;
    for (const [time, words] of timeTags) this.times.addAll(words, time);
  }

  /** The values that follow the first: "-> 9.0 -> 7.1", ", now 4.6", "(baseline 1.4)", "standing 98/60". */
  after(
    tokens: Tokens,
    rule: MeasurementRule,
    first: ValueMention,
    limit: number,
    comma: boolean,
    earlierFirst: boolean,
    baselineFirst: boolean,
  ): { readonly values: Draft['values']; readonly end: number } {
    const values: { mention: ValueMention; earlier: boolean; baseline: boolean; now?: boolean }[] = [
      { mention: first, earlier: earlierFirst, baseline: baselineFirst },
    ];
    let end = first.to;
    for (const mention of this.listed(tokens, rule, end, limit, comma)) {
      values.push({ mention, earlier: false, baseline: false });
      end = mention.to;
    }
    if (rule.kind === 'lab') end = this.addColumns(tokens, rule, values, end, limit, comma);
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
      // "9.8 post-op -> 8.1"
      const from = tag !== undefined && arrowTo(tokens, tag.end, limit) !== undefined ? tag.end : end;
      const next = this.nextValue(tokens, rule, from, limit, comma, last.mention);
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

  /** The other columns of a table's row. @returns where the row has been read to */
  private addColumns(
    tokens: Tokens,
    rule: MeasurementRule,
    values: { mention: ValueMention; earlier: boolean; baseline: boolean }[],
    from: number,
    limit: number,
    comma: boolean,
  ): number {
    const {
      values: columns,
      range,
      end,
    } = columnsAfter(tokens, rule, from, limit, comma, this.values, this.quantities);
    const first = values[0]!;
    const order = columns.length > 0 ? columnOrder(tokens, first.mention.from) : undefined;
    if (order === 'other') return from;
    for (const mention of columns) values.push({ mention, earlier: false, baseline: false });
    if (columns.length > 0) {
      // Without dates in the head the first column is the newest, as in the tables of most systems.
      const newest = order === 'oldest-first' ? values.at(-1)! : first;
      for (const value of values) value.earlier = value !== newest;
    }
    if (range !== null)
      for (const value of values) value.mention = { ...value.mention, range: value.mention.range ?? range };
    return end;
  }

  /** "88, 132, 210 over three days": bare values between commas are a course where a span of time follows them. */
  private listed(tokens: Tokens, rule: MeasurementRule, from: number, limit: number, comma: boolean): ValueMention[] {
    const series = this.series(tokens, rule, from, limit, comma);
    if (series.length > 0) return series;
    const found: ValueMention[] = [];
    let end = from;
    while (found.length < MOST_VALUES && end + 1 < limit && /^(?:,|and|then)$/.test(tokens.lower[end]!)) {
      const at = /^(?:and|then)$/.test(tokens.lower[end + 1]!) ? end + 2 : end + 1;
      const mention =
        at < limit && tokens.kinds[at] === NUMBER ? this.values.at(tokens, at, limit, rule, comma) : undefined;
      if (mention === undefined) break;
      found.push(mention);
      end = mention.to;
    }
    const spans = /^(?:over|across|during|within|in)$/.test(tokens.lower[end] ?? '') && end < limit;
    const past = tokens.lower[end + 1] === 'the' ? end + 3 : end + 1;
    return spans && this.quantities.at(tokens, past, limit, comma)?.unit?.kind === 'time' ? found : [];
  }

  /** "/1.4/2.2" after the first value. */
  private series(tokens: Tokens, rule: MeasurementRule, from: number, limit: number, comma: boolean): ValueMention[] {
    const found: ValueMention[] = [];
    const last = rule.kind === 'lab' ? seriesEnd(tokens, from - 1, limit) : undefined;
    if (last === undefined) return found;
    for (let at = from + 1; at < last && found.length < MOST_VALUES; at += 2) {
      const mention = this.values.at(tokens, at, at + 1 === last ? limit : at + 1, rule, comma);
      if (mention === undefined) return [];
      found.push(mention);
    }
    return found;
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
    const led = /^(?:at|on|in)$/.test(tokens.lower[at]!);
    let match = this.times.longest(tokens, at, limit);
    if (match === undefined) {
      if (led) at++;
      // "in June"
      match = led ? this.times.longest(tokens, at, limit) : undefined;
    }
    if (match === undefined) {
      const day = tokens.lower[at] === 'day';
      if (day) at++;
      if (tokens.kinds[at] !== NUMBER || at >= limit) return undefined;
      at++;
      const clock = tokens.lower[at] === ':' && tokens.kinds[at + 1] === NUMBER && touches(tokens, at);
      if (clock) at += 2;
      match = this.times.longest(tokens, at, limit);
      // A bare number is a time only with other evidence.
      if (!clock && !day && match === undefined && !(led && /^\d{4}$/.test(tokens.lower[at - 1]!))) return undefined;
    }
    const end = match?.end ?? at;
    if (bracket && tokens.lower[end] !== ')') return undefined;
    return { time: match?.value ?? 'other', end: bracket ? end + 1 : end };
  }

  /** The next value of a course whose values have times: only commas and words may precede it. */
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
      } else if (!linked && /^(?:given|treated|corrected|received)$/.test(word)) {
        // "2.4, treated with glucose, now 5.6"
        let comma = at + 1;
        while (comma < limit && comma - at < 6 && tokens.lower[comma] !== ',') comma++;
        if (tokens.lower[comma] !== ',') break;
        at = comma;
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
        else if (/^(?:overnight|tonight|on|d|day|regular|irregular)$/.test(word)) at++;
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
}

const separates = /^(?:[,;&]|and|then)$/;

/** The next arrow, after at most a few words. */
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
