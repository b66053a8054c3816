import { monthAbbreviations, monthNames } from '../lexicon/calendar.ts';
import type { CalendarDay } from './calendar.ts';
import type { DateRun, Piece } from './date-run.ts';

const ordinal = (day: number): string => {
  if (day > 10 && day < 14) return 'th';
  return ['th', 'st', 'nd', 'rd'][day % 10] ?? 'th';
};

const likeCase = (word: string, like: string): string => {
  if (like.length > 1 && like === like.toUpperCase()) return word.toUpperCase();
  return like[0] === like[0]!.toUpperCase() ? word[0]!.toUpperCase() + word.slice(1) : word;
};

const monthWord = (like: string, month: number, languages: readonly ('en' | 'de')[]): string => {
  const word = like.toLowerCase();
  for (const language of languages) {
    if (monthNames[language].includes(word)) return likeCase(monthNames[language][month - 1]!, like);
    if (monthAbbreviations[language].includes(word)) return likeCase(monthAbbreviations[language][month - 1]!, like);
  }
  return likeCase(monthAbbreviations.en[month - 1]!, like);
};

/**
 * The date `to`, written as the run at `[start, end)` was: same order, marks, month language, padding and length of year.
 *
 * @param pieces which piece of the run is which part of the date
 */
export const writeDate = (
  source: string,
  start: number,
  end: number,
  run: Pick<DateRun, 'suffix'>,
  pieces: { readonly year?: Piece; readonly month?: Piece; readonly day?: Piece },
  to: CalendarDay,
): string => {
  const text = (piece: Piece): string => source.slice(piece.start, piece.end);
  const figures = [pieces.month, pieces.day].filter(
    (piece) => piece !== undefined && /^\d/.test(text(piece)),
  ) as Piece[];
  // A figure of one digit, or one that begins with a nought, shows the style of the run; so do marks between two of two.
  const marked = figures.every(
    ({ start: from, end: to }) => /[-/.]/.test(source[from - 1] ?? '') || /[-/.]/.test(source[to] ?? ''),
  );
  const padded =
    figures.some((piece) => text(piece).startsWith('0')) ||
    (marked && figures.every((piece) => text(piece).length === 2));
  const languages = /^\d{1,2}\. /.test(source.slice(start, end)) ? (['de', 'en'] as const) : (['en', 'de'] as const);
  const figure = (value: number): string => String(value).padStart(padded ? 2 : 1, '0');
  const edits: { start: number; end: number; text: string }[] = [];
  const edit = (piece: { start: number; end: number } | undefined, replacement: string): void => {
    if (piece !== undefined) edits.push({ start: piece.start, end: piece.end, text: replacement });
  };
  if (pieces.year !== undefined) edit(pieces.year, String(to.year).slice(pieces.year.start - pieces.year.end));
  if (pieces.month !== undefined)
    edit(
      pieces.month,
      /^\d/.test(text(pieces.month)) ? figure(to.month) : monthWord(text(pieces.month), to.month, languages),
    );
  edit(pieces.day, figure(to.day));
  edit(run.suffix, ordinal(to.day));
  edits.sort((a, b) => a.start - b.start);
  let written = '';
  let at = start;
  for (const { start: from, end: until, text: replacement } of edits) {
    written += source.slice(at, from) + replacement;
    at = until;
  }
  return written + source.slice(at, end);
};
