import { currentPrompt, promptSha256 } from '../../../../service/src/analysis/bedrock/prompts/index.ts';
import { faultsOf } from '../../../../service/src/analysis/check-analysis.ts';
import { reviewReasons } from '../../../../service/src/analysis/report.ts';
import type { BedrockServer, ConverseAnswer } from '../../support/bedrock.ts';
import { answer, type BedrockFixture, failureOf, finding, note, type Settings, startFixture } from './fixture.ts';

let fixture: BedrockFixture;
let server: BedrockServer;
const engineWith = (settings?: Settings) => fixture.engineWith(settings);
beforeAll(async () => {
  fixture = await startFixture();
  server = fixture.server;
});
beforeEach(() => fixture.reset());
afterAll(() => fixture.close());

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
