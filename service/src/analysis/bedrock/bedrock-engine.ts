import type { ConverseCommandInput, ConverseCommandOutput } from '@aws-sdk/client-bedrock-runtime';
import type { AnalysisEngine, AnalysisOptions } from '@healthcare-ai/clinical-text/engine';
import { AnalysisError } from '../analysis-error.ts';
import type { ReportingEngine } from '../engine-source.ts';
import type { AnalysisReport } from '../report.ts';
import { AnswerVerifier } from '../verify.ts';
import { type ModelOutput, modelAnswer } from './answer.ts';
import { assemble } from './assemble.ts';
import type { ConverseClient } from './converse-client.ts';
import { costOf, type ModelPrices } from './cost.ts';
import { type Prompt, promptSha256 } from './prompts/index.ts';
import { deidentifiedText, wholeNote } from './sent-text.ts';

export interface BedrockEngineOptions {
  readonly client: ConverseClient;
  /** Id of a model or of an inference profile. */
  readonly modelId: string;
  readonly prompt: Prompt;
  /** Reads the note too, and checks the model's words: the embedded engine. */
  readonly rules: AnalysisEngine;
  /** @default - none: https://docs.aws.amazon.com/bedrock/latest/userguide/guardrails.html */
  readonly guardrail?: { readonly id: string; readonly version: string };
  /** @default - the cost is not known */
  readonly prices?: ModelPrices;

  /**
   * What leaves for the model: the note, or its de-identified text, whose places are mapped back.
   *
   * @default 'note'
   */
  readonly send?: 'note' | 'deidentified';

  /**
   * `auto` leaves it to the model to call the tool, and sends no temperature: some models refuse both settings.
   *
   * @default 'forced'
   */
  readonly toolChoice?: 'forced' | 'auto';
}

/** Room for the answer to the longest note; an answer that is cut is refused. */
const maxTokens = 8_192;

/**
 * A language model on Amazon Bedrock. It answers by a tool, whose input is checked; its items point at the note by
 * quotes, and what is not in the note is dropped; its own words are checked by rules. A draft, never final.
 */
export class BedrockEngine implements ReportingEngine {
  readonly name = 'bedrock';
  readonly version: string;
  readonly rulePackSha256: string;
  readonly #options: BedrockEngineOptions;
  readonly #verifier: AnswerVerifier;

  constructor(options: BedrockEngineOptions) {
    this.#options = options;
    this.version = options.prompt.version;
    this.rulePackSha256 = promptSha256(options.prompt);
    this.#verifier = new AnswerVerifier(options.rules);
  }

  /** @throws AnalysisError */
  async analyze(note: string, options: AnalysisOptions = {}): Promise<AnalysisReport> {
    const { client, rules, modelId, prices, send } = this.#options;
    const read = await rules.analyze(note, { ...options, schema: 2 });
    const sent =
      send === 'deidentified'
        ? deidentifiedText(note, (await rules.analyze(note, { mode: 'recall-first' })).deidentified)
        : wholeNote(note);
    const started = performance.now();
    const { output, attempts } = await client.converse(this.#request(sent.text), options.signal);
    const latencyMs = Math.round(performance.now() - started);
    const answer = this.#answerOf(output);
    const maker = { engine: this.name, version: this.version, rulePackSha256: this.rulePackSha256 };
    const { analysis, summary, ...checked } = assemble(note, sent, answer, read, maker, options);
    const verdict = await this.#verifier.verify(sent.text, summary);
    const { inputTokens = 0, outputTokens = 0 } = output.usage ?? {};
    const tokens = { inputTokens, outputTokens };
    const usage = { model: modelId, ...tokens, cost: costOf(tokens, prices), latencyMs, attempts };
    return { ...analysis, model: { summary, verdict, ...checked, usage } };
  }

  #request(note: string): ConverseCommandInput {
    const { modelId, guardrail, prompt, toolChoice } = this.#options;
    return {
      modelId,
      system: [{ text: prompt.system }],
      messages: [{ role: 'user', content: [{ text: `${prompt.before}${note}${prompt.after}` }] }],
      inferenceConfig: toolChoice === 'auto' ? { maxTokens } : { maxTokens, temperature: 0 },
      toolConfig: {
        tools: [{ toolSpec: { ...prompt.tool, inputSchema: { json: prompt.schema as never } } }],
        toolChoice: toolChoice === 'auto' ? { auto: {} } : { tool: { name: prompt.tool.name } },
      },
      // Without a trace: it would hold what the guardrail found.
      guardrailConfig: guardrail && {
        guardrailIdentifier: guardrail.id,
        guardrailVersion: guardrail.version,
        trace: 'disabled',
      },
    };
  }

  #answerOf({ stopReason, output }: ConverseCommandOutput): ModelOutput {
    if (stopReason === 'guardrail_intervened' || stopReason === 'content_filtered')
      throw new AnalysisError('guardrail');
    if (stopReason === 'max_tokens') throw new AnalysisError('answer-cut');
    const { name } = this.#options.prompt.tool;
    const calls = output?.message?.content?.flatMap(({ toolUse }) => (toolUse?.name === name ? [toolUse.input] : []));
    const parsed = modelAnswer.safeParse(calls?.[0]);
    // The faults of zod name paths and kinds, but the answer holds the note: nothing of it is passed on.
    if (!parsed.success) throw new AnalysisError('malformed-answer');
    return parsed.data;
  }
}
