/** The first pause before a further attempt, and the longest, in ms. */
const first = 3_000;
const longest = 10 * 60_000;

/** How long a job waits whose attempt does not count, in ms: the time after which a circuit breaker tries again. */
const postponed = 30_000;

/**
 * The pause before the next attempt of a job, in ms. It grows fourfold, so that six attempts span a quarter of an hour;
 * half of it is chance, so that jobs which failed together do not come back together.
 *
 * @param random from 0 to 1
 */
export function retryDelay(attempts: number, counts: boolean, random: number): number {
  const full = counts ? Math.min(longest, first * 4 ** (attempts - 1)) : postponed;
  return full / 2 + (full / 2) * random;
}
