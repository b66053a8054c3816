import { namedDays, seasons, timeWords, yearlessWords } from '../lexicon/calendar.ts';
import { PhraseTrie } from '../text/phrase-trie.ts';
import { CAPITALISED, type Tokens, touches } from '../text/tokens.ts';
import { isShortYear, isYear } from './date-parts.ts';
import type { DateShape } from './date-run.ts';

/** Days and times of the year with a name: "Christmas 2023", "summer of 2023", "Q3 2024". */
export class NamedDays {
  private readonly named = new PhraseTrie<true>().addAll(namedDays, true);
  private readonly seasons: ReadonlySet<string> = new Set(seasons);
  private readonly time: ReadonlySet<string> = new Set(timeWords);
  private readonly yearless: ReadonlySet<string> = new Set(yearlessWords);

  /** The words with which such a date may begin. */
  firstWords(): string[] {
    return [...this.named.firstWords(), ...this.seasons, 'q', 'week', 'kw', 'h', 'fy', 'day'];
  }

  /** "Christmas 2023", "summer of 2023", "Q3 2024", "last Thanksgiving" */
  at(tokens: Tokens, at: number): DateShape | undefined {
    const word = tokens.lower[at]!;
    const feast = this.named.longest(tokens, at, tokens.count)?.end;
    const season = this.seasons.has(word) ? at + 1 : undefined;
    const quarter =
      (word === 'q' || word === 'h') && /^[1-4]$/.test(tokens.lower[at + 1] ?? '') && touches(tokens, at + 1)
        ? at + 2
        : undefined;
    const week = /^(?:week|kw)$/.test(word) && /^[1-5]?\d$/.test(tokens.lower[at + 1] ?? '') ? at + 2 : undefined;
    if (word === 'fy' && /^(?:\d\d|20\d\d)$/.test(tokens.lower[at + 1] ?? ''))
      return { to: at + 2, rule: 'named day and year', evidence: 'weak', fixed: true };
    // "day 72 of the year"
    if (word === 'day')
      return /^\d{1,3}$/.test(tokens.lower[at + 1] ?? '') &&
        tokens.lower[at + 2] === 'of' &&
        tokens.lower[at + 4] === 'year'
        ? { to: at + 5, rule: 'day of the year', evidence: 'weak', fixed: true }
        : undefined;
    const end = feast ?? season ?? quarter ?? week;
    if (end === undefined) return undefined;
    let year = end;
    if (/^(?:of|in|,|\/)$/.test(tokens.lower[year] ?? '')) year++;
    if (/^['’]$/.test(tokens.lower[year] ?? '') && isShortYear(tokens.lower[year + 1] ?? '')) year++;
    else if (!isYear(tokens.lower[year] ?? '')) year = -1;
    // "winter 2022/23"
    const second = tokens.lower[year + 1] === '/' && isShortYear(tokens.lower[year + 2] ?? '') ? 3 : 1;
    if (year > 0 && !this.yearless.has(tokens.lower[year + 1] ?? ''))
      return { to: year + second, rule: 'named day and year', evidence: 'likely', fixed: true };
    if (feast === undefined) return undefined;
    const before = tokens.lower[at - 1] ?? '';
    const said = this.time.has(before) || /^(?:at|over|on|since|for)$/.test(before);
    const named =
      tokens.shapes[at] === CAPITALISED ? said || word.length > 4 || feast > at + 1 : said && word.length > 5;
    return named ? { to: feast, rule: 'named day', evidence: 'weak', fixed: true } : undefined;
  }
}
