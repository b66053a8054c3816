import { Worker } from 'node:worker_threads';
import type { EmbeddedEngineOptions } from '@healthcare-ai/clinical-text/embedded-engine';
import type { Analysis } from '@healthcare-ai/clinical-text/engine';
import { AnalysisError } from '../analysis-error.ts';
import type { ThreadMessage, ThreadTask } from './protocol.ts';

export type Identity = Extract<ThreadMessage, { kind: 'ready' }>;

/** Far above what the rules need for the longest note; a thread beyond it has met a note that it cannot bear. */
const heapMb = 512;

/** One worker thread with an engine in it. It takes one note at a time. */
export class AnalysisThread {
  readonly #worker: Worker;
  readonly #ready: Promise<Identity>;
  #settle: ((message: ThreadMessage | 'ended') => void) | undefined;
  #ended = false;

  /**
   * @param file the bundle, or source file, whose main function is that of a thread
   * @param site what the site adds to the rules
   */
  constructor(file: string, site: EmbeddedEngineOptions = {}) {
    // Nothing of the environment: there are credentials in it, and the rules need none.
    this.#worker = new Worker(file, {
      env: {},
      workerData: site,
      stdout: true,
      stderr: true,
      resourceLimits: { maxOldGenerationSizeMb: heapMb },
    });
    this.#worker.unref();
    this.#ready = new Promise((resolve, reject) => {
      this.#settle = (message) => {
        if (message !== 'ended' && message.kind === 'ready') resolve(message);
        else reject(new AnalysisError('engine-crashed'));
      };
    });
    this.#ready.catch(() => {});
    this.#worker.on('message', (message: ThreadMessage) => this.#take()?.(message));
    // An error of a thread is followed by its exit.
    this.#worker.on('error', () => {});
    this.#worker.on('exit', () => {
      this.#ended = true;
      this.#take()?.('ended');
    });
  }

  get ended(): boolean {
    return this.#ended;
  }

  /** @throws AnalysisError when the thread could not be started */
  ready(): Promise<Identity> {
    return this.#ready;
  }

  /**
   * @param limit when the thread is ended, in ms
   * @throws AnalysisError `timeout`, `engine-crashed` or `engine-error`; after the first two the thread is gone
   */
  async analyze(task: ThreadTask, limit: number): Promise<Analysis> {
    await this.#ready;
    if (this.#ended) throw new AnalysisError('engine-crashed');
    let late = false;
    const timer = setTimeout(() => {
      late = true;
      void this.close();
    }, limit);
    try {
      const message = await new Promise<ThreadMessage | 'ended'>((resolve) => {
        this.#settle = resolve;
        this.#worker.postMessage(task);
      });
      if (message === 'ended') throw new AnalysisError(late ? 'timeout' : 'engine-crashed');
      if (message.kind !== 'done') throw new AnalysisError('engine-error');
      return message.analysis;
    } finally {
      clearTimeout(timer);
    }
  }

  async close(): Promise<void> {
    this.#ended = true;
    await this.#worker.terminate();
  }

  #take(): ((message: ThreadMessage | 'ended') => void) | undefined {
    const settle = this.#settle;
    this.#settle = undefined;
    return settle;
  }
}
