import { doseUnits, doseWords, frequencies, numberWords, perUnits, routes } from '../lexicon/orders.ts';
import { PhraseTrie } from '../text/phrase-trie.ts';
import type { Sentence } from '../text/sentences.ts';
import { NUMBER, type Tokens, WORD } from '../text/tokens.ts';

export interface TokenRange {
  readonly from: number;
  readonly to: number;
}

export interface DoseMention extends TokenRange {
  /** Units that measure much else besides drugs: such a dose must stand close to its drug. */
  readonly weak: boolean;
}

const weakUnits = new Set([
  '%',
  'percent',
  'l',
  'liter',
  'liters',
  'litre',
  'cc',
  'kg',
  'ml',
  'mls',
  'dl',
  'g',
  'gm',
  'gram',
  'grams',
  'unit',
  'units',
  'u',
  'miu',
  'mmol',
  'mol',
  'dose',
  'doses',
  'cycle',
  'cycles',
  'infusion',
  'infusions',
  'course',
  'courses',
  'session',
  'sessions',
  'drop',
  'drops',
  'cap',
  'ng',
  'patch',
  'patches',
  'application',
  'bolus',
  'boluses',
  'gy',
  'cgy',
  'spray',
  'sprays',
]);
/** "13.1 g/dl" is a result. */
const concentrations = new Set(['l', 'dl', 'ml']);
const timeUnits = new Set([
  'hour',
  'hours',
  'h',
  'hr',
  'hrs',
  'day',
  'days',
  'd',
  'week',
  'weeks',
  'wk',
  'month',
  'months',
  'minutes',
  'min',
]);

const joins = (token: string): boolean =>
  token === '-' || token === '–' || token === 'to' || token === '—' || token === '~';

/** Amounts, frequencies and routes of a sentence: each rule reads a bounded number of tokens ahead. */
export class DoseRules {
  private readonly units = new PhraseTrie<true>().addAll(doseUnits, true);
  private readonly per = new PhraseTrie<true>().addAll(perUnits, true);
  private readonly numbers = new PhraseTrie<true>().addAll(numberWords, true);
  private readonly words = new PhraseTrie<true>().addAll(doseWords, true);
  private readonly often = new PhraseTrie<true>().addAll(frequencies, true);
  private readonly ways = new PhraseTrie<true>().addAll(routes, true);

  doses(tokens: Tokens, { from, to }: Sentence): DoseMention[] {
    const found: DoseMention[] = [];
    for (let at = from; at < to; at++) {
      const dose = this.doseAt(tokens, at, to);
      if (dose === undefined) continue;
      found.push(dose);
      at = dose.to - 1;
    }
    return found;
  }

  frequencies(tokens: Tokens, sentence: Sentence): TokenRange[] {
    return this.all(tokens, sentence, (at) => this.frequencyAt(tokens, at, sentence.to));
  }

  routes(tokens: Tokens, sentence: Sentence): TokenRange[] {
    return this.all(tokens, sentence, (at) => this.ways.longest(tokens, at, sentence.to)?.end);
  }

  private all({ kinds }: Tokens, { from, to }: Sentence, match: (at: number) => number | undefined): TokenRange[] {
    const found: TokenRange[] = [];
    for (let at = from; at < to; at++) {
      if (kinds[at] !== WORD && kinds[at] !== NUMBER) continue;
      const end = match(at);
      if (end === undefined) continue;
      found.push({ from: at, to: end });
      at = end - 1;
    }
    return found;
  }

  private numberAt(tokens: Tokens, at: number, limit: number): number | undefined {
    if (tokens.kinds[at] === NUMBER) return at + 1;
    return tokens.kinds[at] === WORD ? this.numbers.longest(tokens, at, limit)?.end : undefined;
  }

  private doseAt(tokens: Tokens, from: number, limit: number): DoseMention | undefined {
    const phrase = tokens.kinds[from] === WORD ? this.words.longest(tokens, from, limit) : undefined;
    if (phrase !== undefined) return { from, to: phrase.end, weak: true };
    let at = this.numberAt(tokens, from, limit);
    if (at === undefined) return undefined;
    const inWords = tokens.kinds[from] === WORD;
    if (tokens.lower[at] === ':' && tokens.lower[at + 1] === '1000') return { from, to: at + 2, weak: true };
    if (at < limit && joins(tokens.lower[at]!) && tokens.kinds[at + 1] === NUMBER) at += 2;
    if (at < limit && tokens.lower[at] === '-') at++;
    if (at >= limit) return undefined;
    const unit = this.units.longest(tokens, at, limit);
    if (unit === undefined) return undefined;
    const name = tokens.lower[at]!;
    const weak = weakUnits.has(name) || inWords;
    at = unit.end;
    while (at + 1 < limit && (tokens.lower[at] === '/' || tokens.lower[at] === 'per')) {
      let next = at + 1;
      if (tokens.kinds[next] === NUMBER) next++;
      const per = this.per.longest(tokens, next, limit);
      if (per === undefined) break;
      if (concentrations.has(tokens.lower[next]!) && next === at + 1) return undefined;
      at = per.end;
      if (tokens.lower[at - 1] === 'm' && tokens.lower[at] === '2') at++;
    }
    if (tokens.lower[at] === '^' || tokens.lower[at] === '²') at++;
    const often = this.frequencyAt(tokens, at, limit);
    return { from, to: often ?? at, weak };
  }

  private frequencyAt(tokens: Tokens, from: number, limit: number): number | undefined {
    if (from >= limit) return undefined;
    const first = tokens.lower[from]!;
    const listed = this.often.longest(tokens, from, limit);
    if (first !== 'every' && first !== 'q' && tokens.kinds[from] !== NUMBER) return listed?.end;
    let at = from + 1;
    if (tokens.kinds[from] === NUMBER) {
      if (tokens.lower[at] !== 'times' && tokens.lower[at] !== 'x') return listed?.end;
      const rest = this.often.longest(tokens, at + 1, limit);
      return rest?.end ?? listed?.end;
    }
    if (tokens.lower[at] === '.') at++;
    const number = this.numberAt(tokens, at, limit);
    if (number === undefined) return listed?.end;
    at = number;
    if (joins(tokens.lower[at] ?? '') && this.numberAt(tokens, at + 1, limit) !== undefined)
      at = this.numberAt(tokens, at + 1, limit)!;
    if (tokens.lower[at] === '-') at++;
    if (at < limit && timeUnits.has(tokens.lower[at]!))
      return tokens.lower[at + 1] === '.' && tokens.lower[at] === 'h' ? at + 2 : at + 1;
    return listed?.end;
  }
}
