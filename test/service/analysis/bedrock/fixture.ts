import { EmbeddedEngine } from '@healthcare-ai/clinical-text/embedded-engine';
import { AnalysisError } from '../../../../service/src/analysis/analysis-error.ts';
import { BedrockEngine } from '../../../../service/src/analysis/bedrock/bedrock-engine.ts';
import {
  ConverseClient,
  type ConverseClientOptions,
} from '../../../../service/src/analysis/bedrock/converse-client.ts';
import type { ModelPrices } from '../../../../service/src/analysis/bedrock/cost.ts';
import { currentPrompt } from '../../../../service/src/analysis/bedrock/prompts/index.ts';
import { type BedrockServer, nobody, startBedrock } from '../../support/bedrock.ts';

export const note = `CHIEF COMPLAINT: Chest pain.
HISTORY: Ottilie Vandersloot denies fever. Chest pain began in March.
MEDICATIONS: metoprolol 25 mg by mouth twice daily; lisinopril 10 mg daily.
PLAN: Increase metoprolol to 50 mg.`;

export const finding = {
  kind: 'symptom',
  certainty: 'certain',
  temporality: 'recent',
  experiencer: 'patient',
} as const;
export const answer = {
  summary: [
    { sentence: 'Chest pain, no fever.', quote: 'Ottilie Vandersloot denies fever. Chest pain began in March.' },
    {
      sentence: 'Takes metoprolol 25 mg twice daily, to be raised to 50 mg, and lisinopril 10 mg daily.',
      quote: 'metoprolol 25 mg by mouth twice daily; lisinopril 10 mg daily.',
    },
  ],
  key_sentences: [{ quote: 'Increase metoprolol to 50 mg.', reasons: ['plan', 'dose'] }],
  findings: [
    { quote: 'Chest pain', negation: 'affirmed', ...finding },
    { quote: 'fever', negation: 'negated', ...finding },
    { quote: 'chest pain', negation: 'affirmed', ...finding },
  ],
  medications: [
    {
      quote: 'metoprolol',
      kind: 'drug',
      doses: ['25 mg'],
      routes: ['by mouth'],
      frequencies: ['twice daily'],
      negation: 'affirmed',
    },
    { quote: 'lisinopril', kind: 'drug', doses: ['10 mg'], routes: [], frequencies: ['daily'], negation: 'affirmed' },
  ],
  allergies: [] as object[],
  identifiers: [{ quote: 'Ottilie Vandersloot', category: 'NAME' }],
};

/** The summary that is left of `answer`. */
export const summary = answer.summary.map(({ sentence }) => sentence).join(' ');

const rules = new EmbeddedEngine();

export interface Settings extends Partial<ConverseClientOptions> {
  readonly prices?: ModelPrices;
  readonly guardrail?: { readonly id: string; readonly version: string };
  readonly send?: 'note' | 'deidentified';
  readonly toolChoice?: 'forced' | 'auto';
}

/** A server that speaks Converse, and engines that ask it. */
export interface BedrockFixture {
  readonly server: BedrockServer;
  /** Outcomes of the calls. */
  readonly calls: string[];
  engineWith(settings?: Settings): BedrockEngine;
  reset(): void;
  close(): Promise<void>;
}

export async function startFixture(): Promise<BedrockFixture> {
  const before = { ...process.env };
  Object.assign(process.env, nobody);
  const server = await startBedrock();
  const calls: string[] = [];
  const clients: ConverseClient[] = [];
  return {
    server,
    calls,
    engineWith({ prices, guardrail, send, toolChoice, ...options } = {}) {
      const client = new ConverseClient({
        region: 'us-east-1',
        endpoint: server.url,
        attemptTimeout: 2_000,
        totalTimeout: 5_000,
        retryDelay: 5,
        onCall: (outcome) => calls.push(outcome),
        ...options,
      });
      clients.push(client);
      return new BedrockEngine({
        client,
        rules,
        modelId: 'test.model-v1:0',
        prompt: currentPrompt,
        prices,
        guardrail,
        send,
        toolChoice,
      });
    },
    reset() {
      server.requests.length = 0;
      calls.length = 0;
    },
    async close() {
      process.env = before;
      for (const client of clients) client.close();
      await server.close();
    },
  };
}

export async function failureOf(work: Promise<unknown>): Promise<AnalysisError> {
  const error = await work.then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  expect(error).toBeInstanceOf(AnalysisError);
  return error as AnalysisError;
}
