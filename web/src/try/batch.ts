import { Problem } from '../api/problem.ts';

/** What became of a file. No text is kept: a file that was analysed is read again when a person opens it. */
export type FileState =
  | { readonly kind: 'waiting' | 'working' | 'cancelled' }
  | { readonly kind: 'done'; readonly items: number; readonly identifiers: number }
  | { readonly kind: 'failed'; readonly why: string };

/** What is left of the limit on requests, as the service says in `RateLimit`. */
export interface Allowance {
  readonly remaining: number;
  /** Seconds until the count begins again. */
  readonly reset: number;
}

export interface Outcome {
  readonly items: number;
  readonly identifiers: number;
  readonly allowance: Allowance | undefined;
}

export interface BatchOptions {
  readonly files: readonly File[];
  readonly analyze: (file: File, signal: AbortSignal) => Promise<Outcome>;
  readonly onChange: (index: number, state: FileState) => void;
  /** Seconds that the batch waits because of the limit; 0 when it goes on. */
  readonly onWait: (seconds: number) => void;
  readonly signal: AbortSignal;
  readonly sleep: (milliseconds: number, signal: AbortSignal) => Promise<void>;
}

/** Requests at once. */
const atOnce = 4;
/** How often a file is sent that the limit refused. */
const mostTries = 5;
/** Requests that are left to the person, who may want to open something meanwhile. */
const reserve = 5;

/** Analyses files, four at once, and no faster than the service allows. */
export async function runBatch(options: BatchOptions): Promise<void> {
  const { files, analyze, onChange, onWait, signal, sleep } = options;
  let next = 0;
  // One pause for all: each would otherwise run into the limit by itself.
  let pause: Promise<void> | undefined;
  const wait = (seconds: number) => {
    pause ??= (async () => {
      onWait(seconds);
      await sleep(seconds * 1000, signal);
      pause = undefined;
      onWait(0);
    })();
    return pause;
  };
  const one = async (index: number): Promise<FileState> => {
    for (let tries = 1; ; tries += 1) {
      await pause;
      if (signal.aborted) return { kind: 'cancelled' };
      onChange(index, { kind: 'working' });
      try {
        const { allowance, items, identifiers } = await analyze(files[index]!, signal);
        if (allowance && allowance.remaining <= reserve && next < files.length) void wait(allowance.reset);
        return { kind: 'done', items, identifiers };
      } catch (error) {
        if (signal.aborted) return { kind: 'cancelled' };
        const limited = error instanceof Problem && (error.status === 429 || error.status === 503);
        if (!limited || tries === mostTries) return { kind: 'failed', why: wordsOf(error) };
        onChange(index, { kind: 'waiting' });
        await wait(error.retryAfter ?? 2 ** tries);
      }
    }
  };
  const work = async () => {
    while (next < files.length) {
      const index = next;
      next += 1;
      onChange(index, await one(index));
    }
  };
  await Promise.all(Array.from({ length: Math.min(atOnce, files.length) }, work));
}

function wordsOf(error: unknown): string {
  if (!(error instanceof Problem)) return error instanceof Error ? error.message : 'The file cannot be read.';
  const details = error.errors.map(({ detail }) => detail).join('; ');
  return `${error.title}. ${details || error.message}${error.requestId ? ` Request ${error.requestId}.` : ''}`;
}

/** @param header value of `RateLimit`, such as `"principal";r=59;t=1` */
export function allowanceOf(header: string | null): Allowance | undefined {
  const [, remaining, reset] = /;\s*r=(\d+);\s*t=(\d+)/.exec(header ?? '') ?? [];
  return remaining === undefined ? undefined : { remaining: Number(remaining), reset: Number(reset) };
}
