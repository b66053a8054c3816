import {
  BedrockRuntimeClient,
  ConverseCommand,
  type ConverseCommandInput,
  type ConverseCommandOutput,
} from '@aws-sdk/client-bedrock-runtime';
import { NodeHttpHandler } from '@smithy/node-http-handler';
import {
  ConsecutiveBreaker,
  circuitBreaker,
  ExponentialBackoff,
  handleWhen,
  retry,
  TimeoutStrategy,
  timeout,
  wrap,
} from 'cockatiel';
import { asFailure, isOutage, isTransient } from './failures.ts';

export interface ConverseClientOptions {
  readonly region: string;
  /** @default - that of the region */
  readonly endpoint?: string;
  /** Longest time for one call, in ms. */
  readonly attemptTimeout: number;
  /** Longest time for a call with its repetitions, in ms. */
  readonly totalTimeout: number;
  /** Called for each call: `ok` or the code of the failure. */
  readonly onCall: (outcome: string, seconds: number) => void;

  /**
   * Pause before the first repetition, in ms; it grows, with jitter.
   *
   * @default 250
   */
  readonly retryDelay?: number;

  /**
   * How long the circuit stays open before one call is let through, in ms.
   *
   * @default 30 seconds
   */
  readonly breakTime?: number;
}

export interface Conversation {
  readonly output: ConverseCommandOutput;
  /** Calls made. */
  readonly attempts: number;
}

/** Repetitions of a call that was throttled or did not get through. */
const repetitions = 3;
const longestPause = 8_000;
/** Calls in a row without an answer, after which the circuit opens: no more are made for a while. */
const failuresBeforeOpen = 8;
const connectTimeout = 3_000;

/**
 * Calls Converse within bounds: each call and all of them together have a time limit; what may pass is repeated with
 * jitter; and while Bedrock is down, a circuit breaker keeps callers from waiting for it in vain.
 */
export class ConverseClient {
  readonly #client: BedrockRuntimeClient;
  readonly #options: ConverseClientOptions;
  readonly #policy: ReturnType<typeof policyOf>;

  constructor(options: ConverseClientOptions) {
    this.#options = options;
    this.#policy = policyOf(options);
    this.#client = new BedrockRuntimeClient({
      region: options.region,
      endpoint: options.endpoint,
      // Repetitions are counted, timed and reported here.
      maxAttempts: 1,
      requestHandler: new NodeHttpHandler({ connectionTimeout: connectTimeout }),
    });
  }

  /** @throws AnalysisError */
  async converse(input: ConverseCommandInput, signal?: AbortSignal): Promise<Conversation> {
    let attempts = 0;
    try {
      const output = await this.#policy.execute(({ signal: within }) => {
        attempts += 1;
        return this.#call(input, within, signal);
      }, signal);
      return { output, attempts };
    } catch (error) {
      const failure = asFailure(error, signal?.aborted === true);
      if (failure.code === 'circuit-open') this.#options.onCall(failure.code, 0);
      throw failure;
    }
  }

  close(): void {
    this.#client.destroy();
  }

  async #call(input: ConverseCommandInput, within: AbortSignal, stop?: AbortSignal): Promise<ConverseCommandOutput> {
    const started = performance.now();
    const report = (outcome: string) => this.#options.onCall(outcome, (performance.now() - started) / 1000);
    const limit = AbortSignal.timeout(this.#options.attemptTimeout);
    try {
      const output = await this.#client.send(new ConverseCommand(input), {
        abortSignal: AbortSignal.any([limit, within]),
      });
      report('ok');
      return output;
    } catch (error) {
      const late = limit.aborted || within.aborted;
      const failure = asFailure(late ? new DOMException('', 'TimeoutError') : error, stop?.aborted === true);
      report(failure.code);
      throw failure;
    }
  }
}

const policyOf = ({ totalTimeout, retryDelay = 250, breakTime = 30_000 }: ConverseClientOptions) =>
  wrap(
    timeout(totalTimeout, TimeoutStrategy.Aggressive),
    retry(handleWhen(isTransient), {
      maxAttempts: repetitions,
      backoff: new ExponentialBackoff({ initialDelay: retryDelay, maxDelay: longestPause }),
    }),
    circuitBreaker(handleWhen(isOutage), {
      halfOpenAfter: breakTime,
      breaker: new ConsecutiveBreaker(failuresBeforeOpen),
    }),
  );
