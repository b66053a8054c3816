import type { AnalysisEngine } from '@healthcare-ai/clinical-text/engine';
import type { EngineSource, ReportingEngine } from '../analysis/engine-source.ts';
import { ThreadedEngine } from '../analysis/thread/threaded-engine.ts';
import type { Config } from '../config/read.ts';
import { readVocabularies } from '../config/settings/vocabularies.ts';
import type { Metrics } from '../telemetry/metrics.ts';

export interface EngineOptions {
  readonly config: Config;
  /** The file whose main function is that of an analysis thread. */
  readonly threadFile: string;
  readonly metrics: Metrics;
}

/**
 * The engines that the configuration names. Nothing is started, or even loaded, before it is needed; mounted lists are
 * read and checked at once.
 *
 * @throws ConfigurationError when a mounted list cannot be read
 */
export function openEngines({ config, threadFile, metrics }: EngineOptions): EngineSource {
  const site = { profile: config.SITE_PROFILE, vocabularies: readVocabularies(config.VOCABULARIES ?? []) };
  const threads = Math.max(1, config.ANALYSIS_WORKERS);
  const rules = startOnce(() => ThreadedEngine.start({ file: threadFile, threads, site }));
  const bedrock = startOnce(async () => startBedrock(config, await rules.get(), metrics));
  return {
    remote: config.ANALYSIS_ENGINE === 'bedrock',
    engine: async () => (config.ANALYSIS_ENGINE === 'bedrock' ? (await bedrock.get()).engine : rules.get()),
    rules: rules.get,
    close: async () => {
      (await bedrock.started())?.client.close();
      await (await rules.started())?.close();
    },
  };
}

/** Loads the AWS SDK, which a process with the embedded engine does not need. */
async function startBedrock(config: Config, rules: AnalysisEngine, metrics: Metrics) {
  const [{ BedrockEngine }, { ConverseClient }, { currentPrompt }] = await Promise.all([
    import('../analysis/bedrock/bedrock-engine.ts'),
    import('../analysis/bedrock/converse-client.ts'),
    import('../analysis/bedrock/prompts/index.ts'),
  ]);
  const client = new ConverseClient({
    region: config.AWS_REGION!,
    endpoint: config.BEDROCK_ENDPOINT,
    attemptTimeout: config.BEDROCK_ATTEMPT_TIMEOUT_SECONDS * 1000,
    totalTimeout: config.BEDROCK_TIMEOUT_SECONDS * 1000,
    onCall: (outcome, seconds) => metrics.report('modelCalls', seconds, outcome),
  });
  const { BEDROCK_GUARDRAIL_ID: id, BEDROCK_GUARDRAIL_VERSION: guardrailVersion } = config;
  const { BEDROCK_INPUT_PRICE: inputPer1k, BEDROCK_OUTPUT_PRICE: outputPer1k } = config;
  const engine: ReportingEngine = new BedrockEngine({
    client,
    rules,
    modelId: config.BEDROCK_MODEL_ID!,
    prompt: currentPrompt,
    send: config.ANALYSIS_SEND,
    toolChoice: config.BEDROCK_TOOL_CHOICE,
    guardrail: id === undefined ? undefined : { id, version: guardrailVersion! },
    prices: inputPer1k === undefined ? undefined : { inputPer1k, outputPer1k: outputPer1k! },
  });
  return { client, engine };
}

interface Once<T> {
  get(): Promise<T>;
  /** What was started, if anything was and it succeeded. */
  started(): Promise<T | undefined>;
}

/** What could not be started is tried again at the next need. */
function startOnce<T>(start: () => Promise<T>): Once<T> {
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
