import type { EmbeddedEngineOptions } from '@healthcare-ai/clinical-text/embedded-engine';
import type { Analysis, AnalysisEngine, AnalysisOptions } from '@healthcare-ai/clinical-text/engine';
import { AnalysisError } from '../analysis-error.ts';
import { AnalysisThread, type Identity } from './analysis-thread.ts';

export interface ThreadedEngineOptions {
  /** The file whose main function is that of a thread. */
  readonly file: string;
  /** Notes analysed at once; each thread holds some tens of megabytes of lexicons. */
  readonly threads: number;
  /** What the site adds to the rules. */
  readonly site?: EmbeddedEngineOptions;

  /**
   * Longest time for one note, in ms.
   *
   * @default 20 seconds: a note of a million characters takes a few
   */
  readonly timeout?: number;
}

/**
 * The embedded engine off the main thread, so that a note which is analysed delays none that is taken in. Threads are
 * started when they are first needed, and replaced when they end.
 */
export class ThreadedEngine implements AnalysisEngine {
  readonly name: string;
  readonly version: string;
  readonly rulePackSha256: string;
  readonly #options: ThreadedEngineOptions;
  readonly #idle: AnalysisThread[];
  readonly #waiting: { resolve(thread: AnalysisThread): void; reject(error: AnalysisError): void }[] = [];
  readonly #threads = new Set<AnalysisThread>();
  #closed = false;

  private constructor(options: ThreadedEngineOptions, first: AnalysisThread, identity: Identity) {
    this.#options = options;
    this.name = identity.name;
    this.version = identity.version;
    this.rulePackSha256 = identity.rulePackSha256;
    this.#idle = [first];
    this.#threads.add(first);
  }

  /** @throws AnalysisError when a thread could not be started */
  static async start(options: ThreadedEngineOptions): Promise<ThreadedEngine> {
    const first = new AnalysisThread(options.file, options.site);
    return new ThreadedEngine(options, first, await first.ready());
  }

  /** @throws AnalysisError */
  async analyze(note: string, { signal, ...options }: AnalysisOptions = {}): Promise<Analysis> {
    const thread = await this.#take();
    try {
      if (signal?.aborted) throw new AnalysisError('stopped');
      return await thread.analyze({ note, options }, this.#options.timeout ?? 20_000);
    } finally {
      this.#giveBack(thread);
    }
  }

  async close(): Promise<void> {
    this.#closed = true;
    for (const { reject } of this.#waiting.splice(0)) reject(new AnalysisError('stopped'));
    await Promise.all([...this.#threads].map((thread) => thread.close()));
  }

  async #take(): Promise<AnalysisThread> {
    if (this.#closed) throw new AnalysisError('stopped');
    for (let idle = this.#idle.pop(); idle; idle = this.#idle.pop()) {
      if (!idle.ended) return idle;
      this.#threads.delete(idle);
    }
    if (this.#threads.size < this.#options.threads) return this.#begin();
    return new Promise((resolve, reject) => this.#waiting.push({ resolve, reject }));
  }

  #giveBack(thread: AnalysisThread): void {
    if (thread.ended) this.#threads.delete(thread);
    const next = this.#waiting.shift();
    if (next) next.resolve(thread.ended ? this.#begin() : thread);
    else if (!thread.ended) this.#idle.push(thread);
  }

  #begin(): AnalysisThread {
    const thread = new AnalysisThread(this.#options.file, this.#options.site);
    this.#threads.add(thread);
    return thread;
  }
}
