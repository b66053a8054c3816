import { setTimeout as sleep } from 'node:timers/promises';

type Truthy<T> = Exclude<T, undefined | null | false | 0 | ''>;

/**
 * Repeats `look` until it finds something, and returns that. The limit only ends what never happens: a busy machine takes
 * several times as long as a quiet one.
 *
 * @param what completes "not within a minute" in the error; a function may add what was found instead
 * @param every milliseconds between two looks
 */
export async function eventually<T>(
  what: string | (() => string),
  look: () => T | Promise<T>,
  every = 50,
): Promise<Truthy<T>> {
  for (const end = performance.now() + 60_000; performance.now() < end; await sleep(every)) {
    const found = await look();
    if (found) return found as Truthy<T>;
  }
  throw new Error(`not within a minute: ${typeof what === 'string' ? what : what()}`);
}
