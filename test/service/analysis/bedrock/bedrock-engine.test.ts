import { AnalysisError } from '../../../../service/src/analysis/analysis-error.ts';
import { BedrockEngine } from '../../../../service/src/analysis/bedrock/bedrock-engine.ts';
import {
  ConverseClient,
  type ConverseClientOptions,
} from '../../../../service/src/analysis/bedrock/converse-client.ts';
import type { ModelPrices } from '../../../../service/src/analysis/bedrock/cost.ts';
import { currentPrompt, promptSha256 } from '../../../../service/src/analysis/bedrock/prompts/index.ts';
import { faultsOf } from '../../../../service/src/analysis/check-analysis.ts';
import { EmbeddedEngine } from '../../../../service/src/analysis/embedded/embedded-engine.ts';
import { reviewReasons } from '../../../../service/src/analysis/report.ts';
import { type BedrockServer, type ConverseAnswer, nobody, startBedrock } from '../../support/bedrock.ts';

const note = `CHIEF COMPLAINT: Chest pain.
HISTORY: Ottilie Vandersloot denies fever. Chest pain began in March.
MEDICATIONS: metoprolol 25 mg by mouth twice daily; lisinopril 10 mg daily.
PLAN: Increase metoprolol to 50 mg.`;

const finding = { kind: 'symptom', certainty: 'certain', temporality: 'recent', experiencer: 'patient' } as const;
const answer = {
  summary:
    'Chest pain, no fever. Takes metoprolol 25 mg twice daily, to be raised to 50 mg, and lisinopril 10 mg daily.',
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
  identifiers: [{ quote: 'Ottilie Vandersloot', category: 'NAME' }],
};

const rules = new EmbeddedEngine();
const calls: string[] = [];
let server: BedrockServer;
const clients: ConverseClient[] = [];
const before = { ...process.env };

beforeAll(async () => {
  Object.assign(process.env, nobody);
  server = await startBedrock();
});
beforeEach(() => {
  server.requests.length = 0;
  calls.length = 0;
});
afterAll(async () => {
  process.env = before;
  for (const client of clients) client.close();
  await server.close();
});

interface Settings extends Partial<ConverseClientOptions> {
  readonly prices?: ModelPrices;
  readonly guardrail?: { readonly id: string; readonly version: string };
}

function engineWith({ prices, guardrail, ...options }: Settings = {}): BedrockEngine {
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
  return new BedrockEngine({ client, rules, modelId: 'test.model-v1:0', prompt: currentPrompt, prices, guardrail });
}

const failureOf = async (work: Promise<unknown>): Promise<AnalysisError> => {
  const error = await work.then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  expect(error).toBeInstanceOf(AnalysisError);
  return error as AnalysisError;
};

describe('a good answer', () => {
  test('becomes an analysis whose items stand in the note where they say', async () => {
    server.answers = [{ tool: answer }];

    const report = await engineWith().analyze(note);

    expect(faultsOf(note, report)).toEqual([]);
    expect(report.findings.map(({ text, negation, section }) => [text, negation, section])).toEqual([
      ['Chest pain', 'affirmed', 'chief-complaint'],
      ['fever', 'negated', 'history-of-present-illness'],
      ['Chest pain', 'affirmed', 'history-of-present-illness'],
    ]);
    expect(report.medications.map(({ text, doses }) => [text, doses.map((dose) => dose.text)])).toEqual([
      ['metoprolol', ['25 mg']],
      ['lisinopril', ['10 mg']],
    ]);
    expect(report.deidentified.text).not.toContain('Vandersloot');
    expect(report.model).toMatchObject({ summary: answer.summary, droppedQuotes: 0 });
    expect(reviewReasons(report)).toEqual([]);
    expect([report.engine, report.version, report.rulePackSha256]).toEqual([
      'bedrock',
      currentPrompt.version,
      promptSha256(currentPrompt),
    ]);
  });

  test('is asked for by the tool alone, signed, with the note between its marks', async () => {
    server.answers = [{ tool: answer }];

    await engineWith().analyze(note);

    const [{ path, headers, body }] = server.requests as [(typeof server.requests)[0]];
    expect(decodeURIComponent(path)).toBe('/model/test.model-v1:0/converse');
    expect(headers.authorization).toMatch(/^AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE\/\d+\/us-east-1\/bedrock\//);
    expect(body.messages).toEqual([{ role: 'user', content: [{ text: `<note>\n${note}\n</note>` }] }]);
    expect(body.system).toEqual([{ text: currentPrompt.system }]);
    expect(body.toolConfig.toolChoice).toEqual({ tool: { name: 'record_analysis' } });
    expect(body.toolConfig.tools[0].toolSpec.inputSchema.json.required).toContain('summary');
    expect(body.inferenceConfig).toEqual({ maxTokens: 8192, temperature: 0 });
    expect(body).not.toHaveProperty('guardrailConfig');
  });

  test('tells its tokens, and its cost by the configured prices or not at all', async () => {
    server.answers = [{ tool: answer }];

    const priced = await engineWith({ prices: { inputPer1k: 0.003, outputPer1k: 0.015 } }).analyze(note);
    const unpriced = await engineWith().analyze(note);

    expect(priced.model!.usage).toMatchObject({ inputTokens: 1200, outputTokens: 300, attempts: 1 });
    expect(priced.model!.usage.cost).toBeCloseTo(1.2 * 0.003 + 0.3 * 0.015, 10);
    expect(unpriced.model!.usage.cost).toBeNull();
  });

  test('goes through the guardrail that is set, without its trace', async () => {
    server.answers = [{ tool: answer }];

    await engineWith({ guardrail: { id: 'gr-1', version: '3' } }).analyze(note);

    expect(server.requests[0]!.body.guardrailConfig).toEqual({
      guardrailIdentifier: 'gr-1',
      guardrailVersion: '3',
      trace: 'disabled',
    });
  });
});

describe('an answer with something made up', () => {
  const withSummary = (summary: string): ConverseAnswer[] => [{ tool: { ...answer, summary } }];

  test.each([
    ['number', 'Chest pain, with a heart rate of 117.'],
    ['drug', 'Takes metoprolol 25 mg and warfarin.'],
    ['dose', 'Takes lisinopril 50 mg.'],
    ['negation', 'Fever and chest pain.'],
  ])('is to be reviewed for its %s', async (reason, summary) => {
    server.answers = withSummary(summary);

    const report = await engineWith().analyze(note);

    expect(reviewReasons(report)).toContain(reason);
    expect(report.model!.verdict.status).toBe('needs_review');
  });

  test('loses the items that the note does not have, and is to be reviewed', async () => {
    const invented = { quote: 'shortness of breath', negation: 'affirmed', ...finding };
    const warfarin = { ...answer.medications[0]!, quote: 'warfarin', doses: ['5 mg'] };
    server.answers = [
      { tool: { ...answer, findings: [...answer.findings, invented], medications: [...answer.medications, warfarin] } },
    ];

    const report = await engineWith().analyze(note);

    expect(report.findings.map(({ text }) => text.toLowerCase())).toEqual(['chest pain', 'fever', 'chest pain']);
    expect(report.medications.map(({ text }) => text)).toEqual(['metoprolol', 'lisinopril']);
    expect(report.model!.droppedQuotes).toBe(2);
    expect(reviewReasons(report)).toContain('quote-not-in-note');
    expect(faultsOf(note, report)).toEqual([]);
  });

  test('does not find a quote inside of a longer word', async () => {
    server.answers = [{ tool: { ...answer, findings: [{ quote: 'ever', negation: 'affirmed', ...finding }] } }];

    const report = await engineWith().analyze(note);

    expect(report.findings).toEqual([]);
    expect(report.model!.droppedQuotes).toBe(1);
  });
});

describe('an answer that cannot be used', () => {
  test.each<[string, ConverseAnswer, string]>([
    [
      'without the tool',
      { message: { role: 'assistant', content: [{ text: 'Sure!' }] }, stopReason: 'end_turn' },
      'malformed-answer',
    ],
    ['with a member missing', { tool: { summary: 'Chest pain.' } }, 'malformed-answer'],
    [
      'with a value that is not allowed',
      { tool: { ...answer, findings: [{ quote: 'fever', negation: 'maybe' }] } },
      'malformed-answer',
    ],
    ['with text for the tool', { tool: 'Chest pain.' }, 'malformed-answer'],
    ['that is no JSON', { raw: 'not json' }, 'malformed-answer'],
    ['that was cut off', { tool: answer, stopReason: 'max_tokens' }, 'answer-cut'],
    [
      'that the guardrail stopped',
      { message: { role: 'assistant', content: [] }, stopReason: 'guardrail_intervened' },
      'guardrail',
    ],
  ])('%s ends with its code, and no word of it', async (_, reply, code) => {
    server.answers = [reply];

    const error = await failureOf(engineWith().analyze(note));

    expect(error.code).toBe(code);
    expect(error.final).toBe(code === 'guardrail');
    expect(`${error.message}${error.stack}`).not.toMatch(/Chest pain|Vandersloot/);
  });
});

describe('a server in trouble', () => {
  const throttled: ConverseAnswer = { status: 429, error: 'ThrottlingException' };
  const down: ConverseAnswer = { status: 503, error: 'ServiceUnavailableException' };

  test('that throttles is asked again, with a pause, until it answers', async () => {
    server.answers = [throttled, throttled, { tool: answer }];

    const report = await engineWith().analyze(note);

    expect(calls).toEqual(['throttled', 'throttled', 'ok']);
    expect(report.model!.usage.attempts).toBe(3);
  });

  test('that only throttles is given up after four calls', async () => {
    server.answers = [throttled];

    const error = await failureOf(engineWith().analyze(note));

    expect(error).toMatchObject({ code: 'throttled', counts: false });
    expect(calls).toEqual(Array(4).fill('throttled'));
  });

  test('that hangs up is asked again', async () => {
    server.answers = ['hang-up', { tool: answer }];

    await engineWith().analyze(note);

    expect(calls).toEqual(['engine-unavailable', 'ok']);
  });

  test('that is silent is left at the limit of a call, and of all calls together', async () => {
    server.answers = ['silence'];
    const started = performance.now();

    const error = await failureOf(engineWith({ attemptTimeout: 100, totalTimeout: 250 }).analyze(note));

    expect(error.code).toBe('timeout');
    expect(performance.now() - started).toBeLessThan(1_500);
    expect(calls.length).toBeGreaterThanOrEqual(2);
    expect(new Set(calls)).toEqual(new Set(['timeout']));
  });

  test('that refuses is not asked again', async () => {
    server.answers = [{ status: 403, error: 'AccessDeniedException' }];

    const error = await failureOf(engineWith().analyze(note));

    expect(error.code).toBe('engine-refused');
    expect(calls).toEqual(['engine-refused']);
    expect(error.message).not.toContain('Vandersloot');
  });

  test('that is down opens the circuit: it is left alone, and tried again after a while', async () => {
    server.answers = [down];
    const engine = engineWith({ breakTime: 300 });

    const first = await failureOf(engine.analyze(note));
    const second = await failureOf(engine.analyze(note));
    const made = server.requests.length;
    const third = await failureOf(engine.analyze(note));
    expect(server.requests.length).toBe(made);
    server.answers = [{ tool: answer }];
    await new Promise((resolve) => setTimeout(resolve, 350));
    const report = await engine.analyze(note);

    expect([first.code, second.code]).toEqual(['engine-unavailable', 'engine-unavailable']);
    expect(third).toMatchObject({ code: 'circuit-open', counts: false });
    expect(made).toBe(8);
    expect(report.model!.summary).toBe(answer.summary);
  });

  test('is left at once when the caller stops', async () => {
    server.answers = ['silence'];
    const abort = new AbortController();
    setTimeout(() => abort.abort(), 50);

    const error = await failureOf(engineWith().analyze(note, { signal: abort.signal }));

    expect(error).toMatchObject({ code: 'stopped', counts: false });
    expect(server.requests).toHaveLength(1);
  });
});
