import type { AnalysisEngine } from '../analysis/engine.ts';
import type { EngineSource, ReportingEngine } from '../analysis/engine-source.ts';
import { ThreadedEngine } from '../analysis/thread/threaded-engine.ts';
import type { Config } from '../config/read.ts';

export interface EngineOptions {
  readonly config: Pick<Config, 'ANALYSIS_ENGINE' | 'ANALYSIS_WORKERS'>;
  /** The file whose main function is that of an analysis thread. */
  readonly threadFile: string;
}

/** The engines that the configuration names. Nothing is started before it is needed. */
export function openEngines({ config, threadFile }: EngineOptions): EngineSource {
  const threads = Math.max(1, config.ANALYSIS_WORKERS);
  const rules = startOnce(() => ThreadedEngine.start({ file: threadFile, threads }));
  return {
    remote: false,
    engine: rules.get,
    rules: rules.get,
    close: async () => {
      await (await rules.started())?.close();
    },
  };
}

interface Once<T> {
  get(): Promise<T>;
  /** What was started, if anything was and it succeeded. */
  started(): Promise<T | undefined>;
}

/** What could not be started is tried again at the next need. */
function startOnce<T extends AnalysisEngine | ReportingEngine>(start: () => Promise<T>): Once<T> {
  let starting: Promise<T> | undefined;
  return {
    get() {
      starting ??= start().catch((error: unknown) => {
        starting = undefined;
        throw error;
      });
      return starting;
    },
    started: async () => starting?.catch(() => undefined),
  };
}
