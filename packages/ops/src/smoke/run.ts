import { type Check, CheckFailed, NotMade, type SmokeContext } from './check.ts';
import { checks } from './checks/index.ts';
import { SmokeClient } from './client.ts';
import type { Target } from './target.ts';

export interface SmokeOptions {
  readonly target: Target;

  /** @default - none: what needs a key is not checked */
  readonly apiKey?: string;

  /**
   * Version that the API must have.
   *
   * @default - any
   */
  readonly expectedVersion?: string;

  /** @default - 80 where the URL has no port, else none */
  readonly httpPort?: number;

  /** @default false */
  readonly exhaustRateLimit?: boolean;

  /**
   * Longest time for everything, in ms.
   *
   * @default 120_000
   */
  readonly timeoutMs?: number;

  /**
   * Longest wait for one answer, in ms.
   *
   * @default 10_000
   */
  readonly requestTimeoutMs?: number;

  /** @default - none */
  readonly signal?: AbortSignal;

  /** Called with each result. */
  readonly onResult?: (result: CheckResult) => void;
}

export interface CheckResult {
  readonly name: string;
  readonly claim: string;
  readonly state: 'passed' | 'failed' | 'not-made';
  /** What was seen, in words of this tool: nothing that the API sent but numbers and versions. */
  readonly saw: string;
  readonly ms: number;
}

export interface SmokeReport {
  /** True when no check failed. */
  readonly passed: boolean;
  readonly results: readonly CheckResult[];
  readonly ms: number;
}

/** Makes every check, one after the other; a check that fails stops none. */
export async function runSmoke(options: SmokeOptions): Promise<SmokeReport> {
  const started = performance.now();
  const { target, timeoutMs = 120_000, requestTimeoutMs = 10_000 } = options;
  const limit = AbortSignal.timeout(timeoutMs);
  const signal = options.signal ? AbortSignal.any([limit, options.signal]) : limit;
  const client = new SmokeClient({ target, signal, requestTimeoutMs });
  const world: SmokeContext = {
    target,
    client,
    apiKey: options.apiKey,
    expectedVersion: options.expectedVersion,
    httpPort: options.httpPort ?? (target.port === 443 ? 80 : undefined),
    exhaustRateLimit: options.exhaustRateLimit ?? false,
  };
  const results: CheckResult[] = [];
  try {
    for (const check of checks) {
      const result = signal.aborted ? outOfTime(check, options) : await make(check, world);
      results.push(result);
      options.onResult?.(result);
    }
  } finally {
    client.close();
  }
  return {
    passed: results.every(({ state }) => state !== 'failed'),
    results,
    ms: Math.round(performance.now() - started),
  };
}

async function make(check: Check, world: SmokeContext): Promise<CheckResult> {
  const { name, claim } = check;
  const started = performance.now();
  const result = (state: CheckResult['state'], saw: string): CheckResult => ({
    name,
    claim,
    state,
    saw,
    ms: Math.round(performance.now() - started),
  });
  if (check.needsKey && world.apiKey === undefined) return result('not-made', 'no key was given');
  try {
    return result('passed', await check.run(world));
  } catch (error) {
    if (error instanceof NotMade) return result('not-made', error.message);
    if (error instanceof CheckFailed) return result('failed', error.message);
    throw error;
  }
}

function outOfTime({ name, claim }: Check, { signal }: SmokeOptions): CheckResult {
  const saw = signal?.aborted ? 'interrupted before this check' : 'the time limit was reached before this check';
  return { name, claim, state: 'failed', saw, ms: 0 };
}
