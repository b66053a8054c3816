import type { Clock } from './clock.ts';
import { OpsFailure } from './errors.ts';

/** A wait took longer than --timeout: nothing is known to have failed. */
export class WaitTimeout extends OpsFailure {}

export interface WaitContext {
  readonly clock: Clock;
  readonly signal: AbortSignal;

  /** Length of a wait at most, in milliseconds. */
  readonly timeoutMs: number;
}

export interface WaitOptions<T> {
  /** What is waited for, as it reads after "waiting for". */
  readonly what: string;

  /** Looks once. `undefined` means: not yet. */
  readonly look: () => Promise<T | undefined>;

  /**
   * Milliseconds between two looks, once it has lasted; the first looks come sooner.
   *
   * @default 5000
   */
  readonly everyMs?: number;
}

/**
 * Looks again and again until there is something.
 *
 * @throws WaitTimeout when it took longer than --timeout; the signal's reason when it aborts
 */
export async function waitFor<T>(context: WaitContext, { what, look, everyMs = 5000 }: WaitOptions<T>): Promise<T> {
  const { clock, signal, timeoutMs } = context;
  const end = clock.now() + timeoutMs;
  for (let pause = Math.min(400, everyMs); ; pause = Math.min(everyMs, 1.5 * pause)) {
    signal.throwIfAborted();
    const found = await look();
    if (found !== undefined) return found;
    const left = end - clock.now();
    if (left <= 0)
      throw new WaitTimeout(
        `Gave up after ${readableTime(timeoutMs)} of waiting for ${what}; --timeout sets how long.`,
      );
    await clock.sleep(Math.min(pause, left), signal);
  }
}

/** 90000 as `1m30s`. */
export function readableTime(ms: number): string {
  const seconds = Math.round(ms / 1000);
  const parts = [
    [Math.floor(seconds / 3600), 'h'],
    [Math.floor((seconds % 3600) / 60), 'm'],
    [seconds % 60, 's'],
  ] as const;
  return (
    parts
      .filter(([amount]) => amount > 0)
      .map((part) => part.join(''))
      .join('') || '0s'
  );
}
