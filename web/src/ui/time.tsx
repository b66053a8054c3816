const dates = { dateStyle: 'medium', timeStyle: 'short' } as const;
const format = new Intl.DateTimeFormat(undefined, dates);
const exactFormat = new Intl.DateTimeFormat(undefined, { ...dates, timeStyle: 'medium' });

export interface TimeProps {
  readonly at: string;
  /** Shows seconds too. */
  readonly exact?: boolean;
}

/** A moment in the time zone and language of the reader. */
export function Time({ at, exact = false }: TimeProps) {
  return <time dateTime={at}>{(exact ? exactFormat : format).format(new Date(at))}</time>;
}

/** The name of the reader's time zone, such as "Europe/London". */
export const timeZone = exactFormat.resolvedOptions().timeZone;
