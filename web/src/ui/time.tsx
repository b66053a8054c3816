const format = new Intl.DateTimeFormat(undefined, { dateStyle: 'medium', timeStyle: 'short' });

/** A moment in the time zone and language of the reader. */
export function Time({ at }: { readonly at: string }) {
  return <time dateTime={at}>{format.format(new Date(at))}</time>;
}
