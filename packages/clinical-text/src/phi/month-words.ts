import { monthAbbreviations, monthNames, monthSpellings } from '../lexicon/calendar.ts';
import { type Tokens, WORD } from '../text/tokens.ts';
import type { Piece } from './date-run.ts';

/** Months by name, in the languages that notes are written in. */
export class MonthWords {
  private readonly months = new Map<string, number>(Object.entries(monthSpellings));

  constructor() {
    for (const names of [...Object.values(monthNames), ...Object.values(monthAbbreviations)])
      names.forEach((name, at) => {
        this.months.set(name, at + 1);
      });
  }

  names(): Iterable<string> {
    return this.months.keys();
  }

  isMonth(tokens: Tokens, at: number): boolean {
    return at < tokens.count && tokens.kinds[at] === WORD && this.months.has(tokens.lower[at]!);
  }

  piece(tokens: Tokens, at: number): Piece {
    return { start: tokens.starts[at]!, end: tokens.ends[at]!, value: this.months.get(tokens.lower[at]!)! };
  }
}
