import { months } from './date-rules.ts';

const MILLISECONDS = 86_400_000;
/** "03/04" is padded, "12/30" may be; "March 14" is not. */
const pad = (value: number, like: string, always = true): string =>
  String(value).padStart(like.startsWith('0') || (always && like.length > 1) ? 2 : 1, '0');
const utc = (year: number, month: number, day: number): Date => new Date(Date.UTC(year, month - 1, day));
const valid = (date: Date, month: number, day: number): boolean =>
  date.getUTCMonth() === month - 1 && date.getUTCDate() === day;

/** Two-digit years as clinicians mean them: none far ahead. */
const fullYear = (year: string): number =>
  year.length > 2 ? Number(year) : Number(year) + (Number(year) > 68 ? 1900 : 2000);

const monthNumber = (word: string): number =>
  months.findIndex((month) => month.startsWith(word.toLowerCase().slice(0, 3))) + 1;
const likeMonth = (word: string, month: number): string => {
  const name = months[month - 1]!;
  const shaped = word.length <= 4 ? name.slice(0, 3) : name;
  if (word === word.toUpperCase()) return shaped.toUpperCase();
  return word[0] === word[0]!.toUpperCase() ? shaped[0]!.toUpperCase() + shaped.slice(1) : shaped;
};

/**
 * A full date moved by `days`, written as it was; undefined when the text holds no year, month and day, since a part of
 * a date cannot be moved by days.
 */
export const shiftDate = (text: string, days: number): string | undefined => {
  const move = (year: number, month: number, day: number): Date | undefined => {
    const date = utc(year, month, day);
    return valid(date, month, day) ? new Date(date.getTime() + days * MILLISECONDS) : undefined;
  };
  const figures = /^(\d{1,4})([-/.–])(\d{1,2})\2(\d{1,4})$/.exec(text);
  if (figures !== null) {
    const [, first, mark, second, third] = figures as unknown as [string, string, string, string, string];
    if (first.length === 4) {
      const date = move(Number(first), Number(second), Number(third));
      return (
        date &&
        `${date.getUTCFullYear()}${mark}${pad(date.getUTCMonth() + 1, second)}${mark}${pad(date.getUTCDate(), third)}`
      );
    }
    const dayFirst = Number(first) > 12;
    const date = dayFirst
      ? move(fullYear(third), Number(second), Number(first))
      : move(fullYear(third), Number(first), Number(second));
    if (date === undefined) return undefined;
    const year = third.length > 2 ? String(date.getUTCFullYear()) : String(date.getUTCFullYear()).slice(-2);
    const [month, day] = [date.getUTCMonth() + 1, date.getUTCDate()];
    return dayFirst
      ? `${pad(day, first)}${mark}${pad(month, second)}${mark}${year}`
      : `${pad(month, first)}${mark}${pad(day, second)}${mark}${year}`;
  }
  const american = /^([A-Za-z]{3,9})(\.?,?\s+)(\d{1,2})((?:st|nd|rd|th)?)(,?\s+)(\d{4}|\d{2})$/.exec(text);
  if (american !== null) {
    const [, word, gap, day, , rest, year] = american as unknown as [
      string,
      string,
      string,
      string,
      string,
      string,
      string,
    ];
    const date = monthNumber(word) > 0 ? move(fullYear(year), monthNumber(word), Number(day)) : undefined;
    return (
      date &&
      `${likeMonth(word, date.getUTCMonth() + 1)}${gap}${pad(date.getUTCDate(), day, false)}${rest}${String(date.getUTCFullYear()).slice(-year.length)}`
    );
  }
  const european = /^(\d{1,2})((?:st|nd|rd|th)?(?:\s+of)?)([\s-]+)([A-Za-z]{3,9})(\.?,?[\s-]+)(\d{4}|\d{2})$/.exec(
    text,
  );
  if (european !== null) {
    const [, day, , gap, word, rest, year] = european as unknown as [
      string,
      string,
      string,
      string,
      string,
      string,
      string,
    ];
    const date = monthNumber(word) > 0 ? move(fullYear(year), monthNumber(word), Number(day)) : undefined;
    return (
      date &&
      `${pad(date.getUTCDate(), day, false)}${gap}${likeMonth(word, date.getUTCMonth() + 1)}${rest}${String(date.getUTCFullYear()).slice(-year.length)}`
    );
  }
  return undefined;
};
