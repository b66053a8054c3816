import type { Age } from '../engine.ts';
import { CAPITALISED, NUMBER, PUNCTUATION, type Tokens, tokenAt, touches, UPPER } from '../text/tokens.ts';
import { type Candidate, RANK } from './candidate.ts';

/** Oldest age that is no identifier: 45 CFR 164.514(b)(2)(i)(C). */
const OLDEST = 89;

const units = ['one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight', 'nine'];
const after: ReadonlySet<string> = new Set(['years', 'year', 'yrs', 'yr', 'yo', 'y']);
const heat: ReadonlySet<string> = new Set([
  'temp',
  'temperature',
  't',
  'tmax',
  'fever',
  'febrile',
  'temps',
  'tm',
  'tympanic',
  'oral',
  '°',
]);

/** Who may be of an age. */
const persons: ReadonlySet<string> = new Set(
  "he she i who patient pt lady gentleman man woman mother father mum dad mom husband wife sister brother nonagenarian centenarian cousin twin friend neighbour neighbor gran grandmother grandfather aunt uncle she'll will".split(
    ' ',
  ),
);

/** Ages over 89 in figures and in words: "97F", "Age: 92", "ninety-four", "in his late nineties", "for 92 years". */
export class AgeRules {
  find(tokens: Tokens, ages: readonly Age[]): Candidate[] {
    const found: Candidate[] = [];
    const add = (from: number, to: number): void => {
      found.push({ from, to, category: 'AGE_OVER_89', rule: 'age', rank: RANK.label });
    };
    for (const { start, years } of ages) {
      if (years === null || years <= OLDEST) continue;
      let from = tokenAt(tokens, start);
      while (tokens.kinds[from] !== NUMBER && from + 1 < tokens.count && from - tokenAt(tokens, start) < 3) from++;
      if (tokens.kinds[from] === NUMBER) add(from, from + 1);
    }
    for (let at = 0; at < tokens.count; at++) {
      const to = tokens.kinds[at] === NUMBER ? this.figures(tokens, at) : this.words(tokens, at);
      if (to !== undefined) add(at, to);
    }
    return found;
  }

  private figures(tokens: Tokens, at: number): number | undefined {
    if (!/^(?:9\d|1[01]\d)$/.test(tokens.lower[at]!)) return undefined;
    const [before, next, unit] = [tokens.lower[at - 1] ?? '', tokens.lower[at + 1] ?? '', tokens.lower[at + 2] ?? ''];
    if (next === 's' && isOwned(tokens, at)) return at + 1;
    if (next === '+' && /^(?:-|year|years|yo|y)$/.test(unit)) return at + 2;
    if ((next === '-' || next === '–') && /^(?:year|yr|years|yo)$/.test(unit)) return at + 1;
    if (/^(?:yo|y|yr|yrs|jährige|jähriger|jahre)$/.test(next)) return at + 1;
    // "90 years ago" is a time, "for 92 years" an age.
    if ((next === 'years' || next === 'year') && (/^(?:old|of|-|young)$/.test(unit) || before === 'for')) return at + 1;
    if (/^(?:st|nd|rd|th)$/.test(next) && /^(?:birthday|year)$/.test(unit)) return at + 2;
    if (
      /^(?:aged|age|ages|turn|turned|turning|turns|alter)$/.test(before) ||
      (/^[:=-]$/.test(before) && /^(?:age|alter|aged)$/.test(tokens.lower[at - 2] ?? ''))
    )
      return /^(?:%|mg|kg|mmhg|bpm)$/.test(next) ? undefined : at + 1;
    // "died at 97"
    if (before === 'at' && /^(?:died|away|dead|death|passed)$/.test(tokens.lower[at - 2] ?? '')) return at + 1;
    // "lived to 97"
    if (before === 'to' && /^(?:lived|live|living|survived)$/.test(tokens.lower[at - 2] ?? '')) return at + 1;
    // "lived to the age of 97"
    if (before === 'of' && tokens.lower[at - 2] === 'age' && !/^(?:%|mg|kg|months?|days?)$/.test(next)) return at + 1;
    if (/^(?:female|male|woman|man|lady|gentleman)$/.test(next)) return at + 2;
    if (this.afterRelation(tokens, at)) return at + 1;
    // "is a 93 M, lives alone"
    if (
      /^(?:a|an|this|old)$/.test(before) &&
      isSexLetter(tokens, at + 1) &&
      /^(?:,|;|\.|\(|with|w|who|from|c|s|presenting|admitted)$/.test(unit || '.')
    )
      return at + 2;
    return this.ofSomebody(tokens, at) ?? this.withSex(tokens, at) ?? this.besideSex(tokens, at);
  }

  /** "He's 95 and frail", "her mother is 92." */
  private ofSomebody(tokens: Tokens, at: number): number | undefined {
    const next = tokens.lower[at + 1] ?? '';
    if (
      at + 1 < tokens.count &&
      !/^(?:and|but|now|,|;|\.|!|\?|\)|with|who|so|today|next|this|soon|tomorrow|in|on|by|as|or|at|when|if|because|according|already|herself|himself)$/.test(
        next,
      )
    )
      return undefined;
    if (next === '.' && touches(tokens, at + 2)) return undefined;
    if (!/^(?:is|s|was|am|be|now|also)$/.test(tokens.lower[at - 1] ?? '')) return undefined;
    let subject = /^['’]$/.test(tokens.lower[at - 2] ?? '') ? at - 3 : at - 2;
    // "her sister is also 95"
    if (/^(?:is|was|now)$/.test(tokens.lower[subject] ?? '')) subject--;
    return persons.has(tokens.lower[subject] ?? '') ? at + 1 : undefined;
  }

  /** "his brother (93)", "her mother, 92, is well" */
  private afterRelation(tokens: Tokens, at: number): boolean {
    const [before, next] = [tokens.lower[at - 1], tokens.lower[at + 1]];
    return (
      ((before === '(' && (next === ')' || next === ',')) || (before === ',' && next === ',')) &&
      (persons.has(tokens.lower[at - 2] ?? '') ||
        // "husband Ken (91)"
        (before === '(' && tokens.shapes[at - 2] === CAPITALISED && persons.has(tokens.lower[at - 3] ?? '')))
    );
  }

  /** "94/M", "91 / F", and what follows the letter in "F/91". */
  private besideSex(tokens: Tokens, at: number): number | undefined {
    if (
      tokens.lower[at + 1] === '/' &&
      isSexLetter(tokens, at + 2) &&
      tokens.kinds[at - 1] !== NUMBER &&
      tokens.lower[at - 1] !== '/'
    )
      return tokens.breaks[at + 2] === 0 ? at + 3 : undefined;
    return tokens.lower[at - 1] === '/' && isSexLetter(tokens, at - 2) && tokens.lower[at - 3] !== '/'
      ? at + 1
      : undefined;
  }

  /** "97F", "96M", "97yoF": also a temperature, a distance. */
  private withSex(tokens: Tokens, at: number): number | undefined {
    const next = tokens.lower[at + 1] ?? '';
    if (
      !touches(tokens, at + 1) ||
      !/^(?:f|m|yof|yom|w)$/.test(next) ||
      (touches(tokens, at + 2) && tokens.kinds[at + 2] !== PUNCTUATION)
    )
      return undefined;
    if (next.length < 3 && tokens.shapes[at + 1] !== UPPER && tokens.shapes[at + 1] !== CAPITALISED) return undefined;
    for (let back = at - 1; back >= Math.max(0, at - 4); back--) if (heat.has(tokens.lower[back]!)) return undefined;
    const before =
      at === 0 ||
      /^[.:;(]$/.test(tokens.lower[at - 1]!) ||
      tokens.breaks[at]! > 0 ||
      /^(?:a|the|this|pt|patient|is|old)$/.test(tokens.lower[at - 1]!);
    const follows =
      /^(?:with|admitted|w|c|who|presents|presented|presenting|hx|pmh|referred|seen|from|brought|s|fall|fell|found|bib|bibems|lives|,)$/.test(
        tokens.lower[at + 2] ?? '',
      );
    return before || follows ? at + 2 : undefined;
  }

  private words(tokens: Tokens, at: number): number | undefined {
    const word = tokens.lower[at]!;
    if (word === 'nineties' || word === 'neunziger') return isOwned(tokens, at) ? at + 1 : undefined;
    if (word !== 'ninety' && word !== 'hundred') return undefined;
    let to = at + 1;
    let unit = to;
    if (word === 'hundred' && tokens.lower[unit] === 'and') unit++;
    if (tokens.lower[unit] === '-') unit++;
    const told = units.includes(tokens.lower[unit] ?? '');
    if (told) to = unit + 1;
    const [before, owner] = [tokens.lower[at - 1] ?? '', tokens.lower[at - 2] ?? ''];
    const aged = /^(?:aged|age|turn|turned|turning|turns|be|is|was|became|at|nearly|almost|of)$/;
    const article = word === 'hundred' && /^(?:a|one)$/.test(before);
    const follows = tokens.lower[to] === '-' ? (tokens.lower[to + 1] ?? '') : (tokens.lower[to] ?? '');
    const older =
      after.has(follows) &&
      follows !== 'y' &&
      /^(?:old|of|-)$/.test(tokens.lower[to + (tokens.lower[to] === '-' ? 2 : 1)] ?? '');
    const said = article ? aged.test(owner) : aged.test(before);
    // "ninety percent", "a hundred metres" are none.
    const bare =
      tokens.kinds[to] === PUNCTUATION ||
      to >= tokens.count ||
      /^(?:last|next|this|in|and|on|years|year|when|but|who)$/.test(follows);
    return older || (said && bare && (told || /^(?:aged|age|turned|turning|turns)$/.test(article ? owner : before)))
      ? to
      : undefined;
  }
}

/** "his late nineties", "her 90s" */
const isOwned = (tokens: Tokens, at: number): boolean => {
  let back = at - 1;
  if (tokens.lower[back] === '-') back--;
  if (/^(?:mid|late|early|middle)$/.test(tokens.lower[back] ?? '')) back--;
  return /^(?:his|her|their|my)$/.test(tokens.lower[back] ?? '');
};

const isSexLetter = (tokens: Tokens, at: number): boolean =>
  /^[MF]$/.test(tokens.source.slice(tokens.starts[at], tokens.ends[at]));
