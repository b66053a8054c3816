import type { Age, Sex } from '../engine.ts';
import { familyWords, sexWords } from '../lexicon/people.ts';
import { Openings } from '../text/openings.ts';
import { tokenSpan } from '../text/spans.ts';
import { NUMBER, type Tokens, UPPER, WORD } from '../text/tokens.ts';

const YEARS: ReadonlyMap<string, number> = new Map(
  Object.entries({
    year: 1,
    years: 1,
    yr: 1,
    yrs: 1,
    y: 1,
    yo: 1,
    month: 1 / 12,
    months: 1 / 12,
    mo: 1 / 12,
    week: 1 / 52,
    weeks: 1 / 52,
    day: 1 / 365,
    days: 1 / 365,
  }),
);
const TENS: ReadonlyMap<string, number> = new Map(
  Object.entries({ twenty: 20, thirty: 30, forty: 40, fifty: 50, sixty: 60, seventy: 70, eighty: 80, ninety: 90 }),
);
const ONES: readonly string[] = ['one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight', 'nine'];
const OLDEST = 125;
/** Words between an age and the sex of the same person: "50-year-old right-handed white". */
const REACH = 9;

const eventWords: ReadonlySet<string> = new Set([
  'at',
  'after',
  'when',
  'since',
  'before',
  'until',
  'by',
  'from',
  'turned',
  'till',
  'around',
  'died',
  'death',
]);

/** "At age 12 infliximab was stopped": when something happened, not how old the patient is. */
const ofEvent = (tokens: Tokens, from: number): boolean => {
  for (let at = Math.max(0, from - 4); at < from; at++)
    if (eventWords.has(tokens.lower[at]!)) return !introduced(tokens, at, from);
  return false;
};
/** "At admission, a 45-year-old": an article shows that a person follows. */
const introduced = (tokens: Tokens, from: number, to: number): boolean => {
  for (let at = from; at < to; at++) if (['a', 'an', 'this', ',', '.', 'is'].includes(tokens.lower[at]!)) return true;
  return false;
};

const isHyphen = (token: string | undefined): boolean => token === '-' || token === '–' || token === '‐';

/** Ages and sexes of the patient. */
export class DemographicRules {
  private readonly sexes = new Map<string, Sex['value']>();
  private readonly family: ReadonlySet<string> = new Set(familyWords);

  private readonly openings: Openings;
  private readonly bit: number;

  constructor(openings: Openings = new Openings()) {
    for (const [value, words] of Object.entries(sexWords))
      for (const word of words) this.sexes.set(word, value as Sex['value']);
    this.openings = openings;
    this.bit = openings.bit([], (word) => TENS.has(word) || /^(?:aged?|[mf])$/.test(word) || this.sexes.has(word));
  }

  find(tokens: Tokens): { readonly ages: Age[]; readonly sexes: Sex[] } {
    const ages: Age[] = [];
    const sexes: Sex[] = [];
    const opens = this.openings.of(tokens);
    let free = 0;
    for (let at = 0; at < tokens.count; at++) {
      if (at < free || ((opens[at]! & this.bit) === 0 && tokens.kinds[at] !== NUMBER)) continue;
      const age = this.ageAt(tokens, at);
      if (age !== undefined) {
        if (!this.ofRelative(tokens, age.to) && !ofEvent(tokens, age.from)) {
          ages.push({ ...tokenSpan(tokens, age.from, age.to), years: age.years });
          const sex = this.sexAfter(tokens, age.to);
          if (sex !== undefined) sexes.push(this.sex(tokens, sex));
        }
        free = Math.max(age.to, at + 1);
      } else if (this.isLabelled(tokens, at)) sexes.push(this.sex(tokens, at));
      else if (sexes.length === 0 && this.introduces(tokens, at)) sexes.push(this.sex(tokens, at));
    }
    return { ages, sexes: sexes.filter((sex, at) => at === 0 || sex.start >= sexes[at - 1]!.end) };
  }

  private sex(tokens: Tokens, at: number): Sex {
    return {
      ...tokenSpan(tokens, at, at + 1),
      value: this.sexes.get(tokens.lower[at]!) ?? (tokens.lower[at]!.endsWith('f') ? 'female' : 'male'),
    };
  }

  private ageAt(
    tokens: Tokens,
    at: number,
  ): { readonly from: number; readonly to: number; readonly years: number } | undefined {
    const word = tokens.lower[at]!;
    if (word === 'age' || word === 'aged') {
      const value = tokens.lower[at + 1] === ':' || tokens.lower[at + 1] === 'of' ? at + 2 : at + 1;
      const years = Number(tokens.lower[value]);
      if (tokens.kinds[value] !== NUMBER || !(years <= OLDEST)) return undefined;
      const unit = YEARS.get(tokens.lower[value + 1] ?? '');
      return { from: at, to: unit === undefined ? value + 1 : value + 2, years: years * (unit ?? 1) };
    }
    let value = tokens.kinds[at] === NUMBER ? Number(word) : TENS.get(word);
    let next = at + 1;
    if (value === undefined || !(value <= OLDEST)) return undefined;
    if (
      tokens.lower[next] === 's' &&
      tokens.kinds[at] === NUMBER &&
      value >= 20 &&
      value % 10 === 0 &&
      /^(?:his|her|their)$/.test(tokens.lower[at - 1] ?? '')
    ) {
      return { from: at, to: next + 1, years: value };
    }
    if (tokens.kinds[at] === WORD) {
      const digit = ONES.indexOf(tokens.lower[isHyphen(tokens.lower[next]) ? next + 1 : next]!);
      if (digit >= 0) {
        value += digit + 1;
        next += isHyphen(tokens.lower[next]) ? 2 : 1;
      }
    }
    if (tokens.lower[next] === '+') next++;
    if (isHyphen(tokens.lower[next])) next++;
    const unit = YEARS.get(tokens.lower[next] ?? '');
    if (unit === undefined) return undefined;
    const name = tokens.lower[next]!;
    if (name === 'yo') return { from: at, to: next + 1, years: value };
    // "53 y.o."
    if (name === 'y' && tokens.lower[next + 1] === '.' && tokens.lower[next + 2] === 'o')
      return { from: at, to: tokens.lower[next + 3] === '.' ? next + 4 : next + 3, years: value };
    if (name === 'y')
      return tokens.lower[next + 1] === '/' && tokens.lower[next + 2] === 'o'
        ? { from: at, to: next + 3, years: value }
        : undefined;
    let end = next + 1;
    if (tokens.lower[end] === '.') end++;
    if (isHyphen(tokens.lower[end])) end++;
    if (tokens.lower[end] === 'old') return { from: at, to: end + 1, years: value * unit };
    if (tokens.lower[next + 1] === 'of' && tokens.lower[next + 2] === 'age')
      return { from: at, to: next + 3, years: value * unit };
    return undefined;
  }

  /** "her 45-year-old brother" */
  private ofRelative(tokens: Tokens, from: number): boolean {
    for (let at = from; at < Math.min(tokens.count, from + 3); at++)
      if (this.family.has(tokens.lower[at]!)) return true;
    return false;
  }

  private sexAfter(tokens: Tokens, from: number): number | undefined {
    for (let at = from; at < Math.min(tokens.count, from + REACH); at++) {
      if (tokens.lower[at] === '.' || tokens.breaks[at]! > 0) return undefined;
      if (this.sexes.has(tokens.lower[at]!)) return at;
      // "67 y/o RHM": right-handed man.
      if (tokens.shapes[at] === UPPER && /^[rlwbh]h?[mf]$/.test(tokens.lower[at]!)) return at;
      if (at === from && /^[mf]$/.test(tokens.lower[at]!)) return at;
    }
    return undefined;
  }

  private isLabelled(tokens: Tokens, at: number): boolean {
    const before = tokens.lower[at - 2];
    return (
      (before === 'sex' || before === 'gender') &&
      tokens.lower[at - 1] === ':' &&
      (this.sexes.has(tokens.lower[at]!) || /^[mf]$/.test(tokens.lower[at]!))
    );
  }

  /** "An elderly woman presented", before any age was told. */
  private introduces(tokens: Tokens, at: number): boolean {
    if (!this.sexes.has(tokens.lower[at]!)) return false;
    for (let back = at - 1; back >= Math.max(0, at - 6); back--) {
      const word = tokens.lower[back]!;
      if (word === '.' || word === ',') return false;
      if (word === 'a' || word === 'an' || word === 'this') return true;
    }
    return false;
  }
}
