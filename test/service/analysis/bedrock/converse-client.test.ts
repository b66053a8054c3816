import { eventually } from '../../../support/eventually.ts';
import type { BedrockServer, ConverseAnswer } from '../../support/bedrock.ts';
import { answer, type BedrockFixture, failureOf, note, type Settings, startFixture, summary } from './fixture.ts';

let fixture: BedrockFixture;
let server: BedrockServer;
const engineWith = (settings?: Settings) => fixture.engineWith(settings);
beforeAll(async () => {
  fixture = await startFixture();
  server = fixture.server;
});
beforeEach(() => fixture.reset());
afterAll(() => fixture.close());

describe('a server in trouble', () => {
  const throttled: ConverseAnswer = { status: 429, error: 'ThrottlingException' };
  const down: ConverseAnswer = { status: 503, error: 'ServiceUnavailableException' };

  test('that throttles is asked again, with a pause, until it answers', async () => {
    server.answers = [throttled, throttled, { tool: answer }];

    const report = await engineWith().analyze(note);

    expect(fixture.calls).toEqual(['throttled', 'throttled', 'ok']);
    expect(report.model!.usage.attempts).toBe(3);
  });

  test('that only throttles is given up after four calls', async () => {
    server.answers = [throttled];

    const error = await failureOf(engineWith().analyze(note));

    expect(error).toMatchObject({ code: 'throttled', counts: false });
    expect(fixture.calls).toEqual(Array(4).fill('throttled'));
  });

  test('that hangs up is asked again', async () => {
    server.answers = ['hang-up', { tool: answer }];

    await engineWith().analyze(note);

    expect(fixture.calls).toEqual(['engine-unavailable', 'ok']);
  });

  test('that is silent is left at the limit of a call, and of all calls together', async () => {
    server.answers = ['silence'];
    const started = performance.now();

    const error = await failureOf(engineWith({ attemptTimeout: 500, totalTimeout: 1_250 }).analyze(note));

    expect(error.code).toBe('timeout');
    // Four calls would take two seconds at least; a silence never ends.
    expect(performance.now() - started).toBeLessThan(15_000);
    expect([2, 3]).toContain(fixture.calls.length);
    expect(new Set(fixture.calls)).toEqual(new Set(['timeout']));
  });

  test('that refuses is not asked again', async () => {
    server.answers = [{ status: 403, error: 'AccessDeniedException' }];

    const error = await failureOf(engineWith().analyze(note));

    expect(error.code).toBe('engine-refused');
    expect(fixture.calls).toEqual(['engine-refused']);
    expect(error.message).not.toContain('Vandersloot');
  });

  test('that is down opens the circuit: it is left alone, and tried again after a while', async () => {
    server.answers = [down];
    const engine = engineWith({ breakTime: 2_000 });

    const first = await failureOf(engine.analyze(note));
    const second = await failureOf(engine.analyze(note));
    const made = server.requests.length;
    const third = await failureOf(engine.analyze(note));
    expect(server.requests.length).toBe(made);
    server.answers = [{ tool: answer }];
    await new Promise((resolve) => setTimeout(resolve, 2_050));
    const report = await engine.analyze(note);

    expect([first.code, second.code]).toEqual(['engine-unavailable', 'engine-unavailable']);
    expect(third).toMatchObject({ code: 'circuit-open', counts: false });
    expect(made).toBe(8);
    expect(report.model!.summary).toBe(summary);
  });

  test('is left at once when the caller stops', async () => {
    server.answers = ['silence'];
    const abort = new AbortController();
    const asked = engineWith({ attemptTimeout: 60_000, totalTimeout: 60_000 }).analyze(note, { signal: abort.signal });
    const failing = failureOf(asked);
    await eventually('the model is asked', () => server.requests.length > 0, 10);
    abort.abort();

    const error = await failing;

    expect(error).toMatchObject({ code: 'stopped', counts: false });
    expect(server.requests).toHaveLength(1);
  });
});
