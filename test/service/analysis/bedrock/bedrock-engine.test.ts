import { currentPrompt, promptSha256 } from '../../../../service/src/analysis/bedrock/prompts/index.ts';
import { faultsOf } from '../../../../service/src/analysis/check-analysis.ts';
import { reviewReasons } from '../../../../service/src/analysis/report.ts';
import type { BedrockServer, ConverseAnswer } from '../../support/bedrock.ts';
import {
  answer,
  type BedrockFixture,
  failureOf,
  finding,
  note,
  type Settings,
  startFixture,
  summary,
} from './fixture.ts';

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
    expect(report.model).toMatchObject({ summary, droppedQuotes: 0, contradictions: [] });
    for (const { start, end, note: place } of report.model!.sources!) {
      const at = answer.summary.find(({ sentence }) => sentence === summary.slice(start, end))!;
      expect(note.slice(place.start, place.end)).toBe(at.quote);
    }
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

  test('reports its tokens, and its cost by the configured prices or not at all', async () => {
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
  const withSummary = (sentence: string): ConverseAnswer[] => [
    { tool: { ...answer, summary: [{ sentence, quote: 'CHIEF COMPLAINT: Chest pain.' }] } },
  ];

  test.each([
    ['number', 'Chest pain, with a heart rate of 117.'],
    ['drug', 'Takes metoprolol 25 mg and warfarin.'],
    ['dose', 'Takes lisinopril 50 mg.'],
    ['negation', 'Fever and chest pain.'],
    ['allergy', 'Allergic to penicillin.'],
  ])('is to be reviewed for its %s', async (reason, sentence) => {
    server.answers = withSummary(sentence);

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

  test('loses the sentences of its summary whose quote the note does not have', async () => {
    const invented = { sentence: 'She smokes.', quote: 'smokes twenty a day' };
    server.answers = [{ tool: { ...answer, summary: [...answer.summary, invented] } }];

    const report = await engineWith().analyze(note);

    expect(report.model).toMatchObject({ summary, droppedQuotes: 1 });
    expect(reviewReasons(report)).toEqual(['quote-not-in-note']);
  });

  test('of which nothing stands in the note is replaced by the sentences that the rules chose', async () => {
    server.answers = [{ tool: { ...answer, summary: [{ sentence: 'She smokes.', quote: 'smokes twenty a day' }] } }];

    const { model, ...report } = await engineWith().analyze(note);

    expect(model!.summary).toContain('Increase metoprolol to 50 mg.');
    expect(model!.summary).not.toContain('smokes');
    expect(reviewReasons({ ...report, model })).toContain('quote-not-in-note');
  });

  test('does not find a quote inside of a longer word', async () => {
    server.answers = [{ tool: { ...answer, findings: [{ quote: 'ever', negation: 'affirmed', ...finding }] } }];

    const report = await engineWith().analyze(note);

    expect(report.findings).toEqual([]);
    expect(report.model!.droppedQuotes).toBe(1);
  });
});

describe('an answer that the rules contradict', () => {
  const allergic = `HISTORY: Denies fever. Takes aspirin 75 mg daily, warfarin 5 mg daily.
ALLERGIES: Penicillin (rash).`;
  const medication = { kind: 'drug', routes: [], frequencies: [], negation: 'affirmed' } as const;
  const honest = {
    summary: [{ sentence: 'No fever.', quote: 'Denies fever.' }],
    key_sentences: [],
    findings: [{ quote: 'fever', negation: 'negated', ...finding }],
    medications: [
      { ...medication, quote: 'aspirin', doses: ['75 mg'] },
      { ...medication, quote: 'warfarin', doses: ['5 mg'] },
    ],
    allergies: [{ quote: 'Penicillin', status: 'allergic' }],
    identifiers: [],
  };
  const reasonsOf = async (tool: unknown): Promise<string[]> => {
    server.answers = [{ tool }];
    const report = await engineWith().analyze(allergic);
    for (const { start, end } of report.model!.contradictions!) expect(allergic.slice(start, end)).not.toBe('');
    return reviewReasons(report);
  };

  test('an honest one has no doubt', async () => {
    expect(await reasonsOf(honest)).toEqual([]);
  });

  test.each([
    [
      'a denied finding that is affirmed',
      { findings: [{ quote: 'fever', negation: 'affirmed', ...finding }] },
      'negation',
    ],
    [
      'an allergy as a drug',
      { medications: [...honest.medications, { ...medication, quote: 'Penicillin', doses: [] }] },
      'allergy',
    ],
    ['an allergy that is left out', { allergies: [] }, 'allergy'],
    [
      'no known allergies beside one',
      { allergies: [...honest.allergies, { quote: 'ALLERGIES', status: 'none-known' }] },
      'allergy',
    ],
    ['the dose of another drug', { medications: [{ ...medication, quote: 'aspirin', doses: ['5 mg'] }] }, 'dose'],
    ['a drug as stopped', { medications: [{ ...honest.medications[0]!, negation: 'negated' }] }, 'drug'],
  ])('%s is to be reviewed', async (_, change, reason) => {
    expect(await reasonsOf({ ...honest, ...change })).toContain(reason);
  });
});

describe('with the de-identified text alone', () => {
  const named = `HISTORY: Ottilie Vandersloot, MRN 48210337, denies fever since 03/14/2026.
PLAN: Mrs. Vandersloot takes metoprolol 25 mg daily.`;

  test('no identifier leaves, and the places of the answer are those of the note', async () => {
    server.answers = [
      {
        tool: {
          summary: [
            { sentence: '[NAME] has no fever.', quote: '[NAME], MRN [MRN], denies fever' },
            { sentence: 'Takes metoprolol 25 mg daily.', quote: 'takes metoprolol 25 mg daily' },
          ],
          key_sentences: [],
          findings: [{ quote: 'fever', negation: 'negated', ...finding }],
          medications: [
            {
              quote: 'metoprolol',
              kind: 'drug',
              doses: ['25 mg'],
              routes: [],
              frequencies: ['daily'],
              negation: 'affirmed',
            },
          ],
          allergies: [],
          identifiers: [],
        },
      },
    ];

    const report = await engineWith({ send: 'deidentified' }).analyze(named);

    const sent = JSON.stringify(server.requests[0]!.body);
    for (const word of ['Ottilie', 'Vandersloot', '48210337', '03/14/2026']) expect(sent).not.toContain(word);
    expect(faultsOf(named, report)).toEqual([]);
    expect(report.findings.map(({ text }) => text)).toEqual(['fever']);
    expect(report.medications.map(({ text, doses }) => [text, doses[0]!.text])).toEqual([['metoprolol', '25 mg']]);
    expect(report.model!.sources!.map(({ note: place }) => named.slice(place.start, place.end))).toEqual([
      'Ottilie Vandersloot, MRN 48210337, denies fever',
      'takes metoprolol 25 mg daily',
    ]);
    expect(reviewReasons(report)).toEqual([]);
  });
});

test('a model that refuses a forced tool call is asked without one', async () => {
  server.answers = [{ tool: answer }];

  await engineWith({ toolChoice: 'auto' }).analyze(note);

  const { toolConfig, inferenceConfig } = server.requests[0]!.body;
  expect(toolConfig.toolChoice).toEqual({ auto: {} });
  expect(inferenceConfig).toEqual({ maxTokens: 8192 });
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
