/** Calendar arithmetic on days since 1970-01-01, without a clock and without a time zone. */
const MILLISECONDS = 86_400_000;

export interface CalendarDay {
  readonly year: number;
  readonly month: number;
  readonly day: number;
}

/** Undefined for a day that no calendar has. */
export const dayNumber = ({ year, month, day }: CalendarDay): number | undefined => {
  const time = Date.UTC(year, month - 1, day);
  const date = new Date(time);
  return date.getUTCMonth() === month - 1 && date.getUTCDate() === day ? time / MILLISECONDS : undefined;
};

export const fromDayNumber = (days: number): CalendarDay => {
  const date = new Date(days * MILLISECONDS);
  return { year: date.getUTCFullYear(), month: date.getUTCMonth() + 1, day: date.getUTCDate() };
};

/** `2025-03-20`, or undefined. */
export const isoDay = (text: string | undefined): number | undefined => {
  const match = /^(\d{4})-(\d\d)-(\d\d)$/.exec(text ?? '');
  return match === null
    ? undefined
    : dayNumber({ year: Number(match[1]), month: Number(match[2]), day: Number(match[3]) });
};
