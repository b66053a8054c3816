export interface RateLimit {
  /** Requests allowed in a window. */
  readonly count: number;
  /** Length of the window. */
  readonly seconds: number;
}

const units: Readonly<Record<string, number>> = { second: 1, minute: 60, hour: 3600 };

/** Reads `600/minute` in the form that slowapi, the seed's limiter, made usual. */
export function parseRateLimit(text: string): RateLimit | 'off' | 'invalid' {
  if (text.trim().toLowerCase() === 'off') return 'off';
  const match = /^(\d{1,7})\/(second|minute|hour)$/i.exec(text.trim());
  const count = Number(match?.[1]);
  const seconds = units[match?.[2]?.toLowerCase() ?? ''];
  return match && count > 0 && seconds ? { count, seconds } : 'invalid';
}
