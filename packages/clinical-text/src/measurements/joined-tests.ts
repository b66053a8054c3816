import { joinedTests, type MeasurementRule, measurementLinks } from '../lexicon/measurements.ts';
import { numberOf } from '../quantity/numbers.ts';
import { PhraseTrie } from '../text/phrase-trie.ts';
import { NUMBER, type Tokens } from '../text/tokens.ts';
import type { Draft } from './test-draft.ts';
import type { ValueMention } from './value-mention.ts';

/** Several tests with one name: "H/H 9.1/27", "ABG 7.21/68/54/26". */
export class JoinedTestRules {
  readonly names = new PhraseTrie<readonly MeasurementRule[]>();
  private readonly links = new PhraseTrie<true>().addAll(measurementLinks, true);

  /** @param byName the rule of each test */
  constructor(byName: ReadonlyMap<string, MeasurementRule>) {
    for (const { names, tests } of joinedTests)
      this.names.addAll(
        names,
        tests.map((name) => byName.get(name)!),
      );
  }

  at(
    tokens: Tokens,
    from: number,
    limit: number,
    comma: boolean,
    item: number,
  ): { readonly drafts: Draft[]; readonly end: number } | undefined {
    const match = this.names.longest(tokens, from, limit);
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
}
