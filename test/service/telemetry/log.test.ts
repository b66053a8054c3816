import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { PassThrough, Writable } from 'node:stream';
import { promisify } from 'node:util';
import { createLogger, type LogFields, type LoggerOptions } from '../../../service/src/telemetry/log.ts';
import { logFieldTypes } from '../../../service/src/telemetry/log-fields.ts';

const run = promisify(execFile);
const base = { service: 'healthcare-ai', version: '0.1.0', stage: 'test' };

/** What a real process writes, on both of its outputs. */
const outputOf = (...args: readonly string[]) =>
  run(process.execPath, [join(__dirname, 'fixtures', 'log-lines.ts'), ...args], { maxBuffer: 64 * 1024 * 1024 });

async function logged(
  options: Partial<LoggerOptions>,
  use: (log: ReturnType<typeof createLogger>) => void,
): Promise<string[]> {
  const stream = new PassThrough();
  const log = createLogger({ level: 'info', format: 'json', base, ...options, stream });
  use(log);
  await log.flush();
  return String(stream.read() ?? '')
    .split('\n')
    .slice(0, -1);
}

describe('a log line', () => {
  test('[Logging aggregation configured] is one JSON object with time, level, event, the base and the fields', async () => {
    const [line = ''] = await logged({}, (log) => log.info('http.request', { route: '/ingest', status: 200 }));

    const { timestamp, ...rest } = JSON.parse(line);
    expect(Math.abs(Date.parse(timestamp) - Date.now())).toBeLessThan(10_000);
    expect(timestamp).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/);
    expect(rest).toEqual({ level: 'info', event: 'http.request', ...base, route: '/ingest', status: 200 });
  });

  test('is readable to people in the text format, on one line', async () => {
    const [line] = await logged({ format: 'text' }, (log) =>
      log.warn('database.lost', { reason: 'two words', count: 3 }),
    );

    expect(line).toMatch(/^\S+Z WARN {2}database\.lost service=healthcare-ai .* reason="two words" count=3$/);
  });

  test('[Application logs collected] is written to standard output at every level, and nothing to standard error', async () => {
    const { stdout, stderr } = await outputOf('levels');

    const lines = stdout
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line));
    expect(lines.map(({ level }) => level)).toEqual(['debug', 'info', 'warn', 'error']);
    expect(lines.every(({ event, port }) => event === 'started' && port === 8000)).toBe(true);
    expect(stderr).toBe('');
  });

  test('below the level is not written', async () => {
    const lines = await logged({ level: 'warn' }, (log) => {
      log.debug('a');
      log.info('b');
      log.warn('c');
      log.error('d');
    });

    expect(lines.map((line) => JSON.parse(line).event)).toEqual(['c', 'd']);
  });

  test('is not lost when the process exits right after a flush', async () => {
    const { stdout } = await outputOf('many', '20000');

    const lines = stdout
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line));
    expect(lines).toHaveLength(20_000);
    expect(lines.every(({ seq }, index) => seq === index)).toBe(true);
  });
});

describe('the lines of one turn of the event loop', () => {
  test('are written together, in writes that processes which share a pipe do not interleave', async () => {
    const writes: string[] = [];
    const stream = new Writable({
      write(chunk, _encoding, done) {
        writes.push(String(chunk));
        done();
      },
    });
    const log = createLogger({ level: 'info', format: 'json', base, stream });

    for (let seq = 0; seq < 100; seq++) log.info('http_request', { seq });
    await new Promise((resolve) => setImmediate(resolve));

    const lines = writes.join('').trim().split('\n');
    expect(lines.map((line) => JSON.parse(line).seq)).toEqual(Array.from({ length: 100 }, (_, seq) => seq));
    expect(writes.length).toBeLessThan(10);
    expect(Math.max(...writes.map((text) => Buffer.byteLength(text)))).toBeLessThanOrEqual(4_096);
    expect(writes.every((text) => text.endsWith('\n'))).toBe(true);
  });

  test('are not lost when the process exits in that turn', async () => {
    const { stdout } = await outputOf('unflushed');

    const events = stdout.trim().split('\n');
    expect(events.map((line) => JSON.parse(line).event)).toEqual(['started', 'stopped']);
  });
});

describe('the allow-list of fields', () => {
  const only = async (fields: object) => {
    const [line = ''] = await logged({ base: undefined }, (log) => log.info('e', fields as LogFields));
    const { timestamp: _, level: __, event: ___, ...rest } = JSON.parse(line);
    return rest;
  };

  test('admits every field that it names', async () => {
    const samples = { string: 'x', number: 7, boolean: true };
    const all = Object.fromEntries(Object.entries(logFieldTypes).map(([name, type]) => [name, samples[type]]));

    expect(await only(all)).toEqual(all);
  });

  test('drops names that it does not know', async () => {
    expect(await only({ status: 200, note_text: 'x', url: '/notes?x', __proto__x: 1, constructor: 'x' })).toEqual({
      status: 200,
    });
  });

  test('drops values of another type, and numbers that JSON cannot write', async () => {
    const wrong = { status: '200', route: { toJSON: () => 'x' }, reason: ['x'], tls: 1, count: Number.NaN, seq: 1n };

    expect(await only({ ...wrong, port: Number.POSITIVE_INFINITY, tenant: null, attempt: 1 })).toEqual({ attempt: 1 });
  });

  test('lets no field replace the time, the level, the event or the base', async () => {
    const [line = ''] = await logged({}, (log) =>
      log.info('e', { timestamp: 'x', level: 'x', event: 'x', service: 'x', version: 'x' } as object),
    );

    expect(JSON.parse(line)).toMatchObject({ level: 'info', event: 'e', service: 'healthcare-ai' });
    expect(line).not.toContain('"x"');
  });

  test('cuts long values and removes control characters, so that no value makes a second record', async () => {
    const { reason, host } = await only({ reason: 'a'.repeat(5000), host: 'a\nb\r\u0000\u001b[31m\u0085\u2028c' });

    expect(reason).toHaveLength(200);
    expect(host).toBe('ab[31mc');
  });

  test('cuts no surrogate pair in two', async () => {
    const { reason } = await only({ reason: `${'a'.repeat(199)}\u{1f489}` });

    expect(reason.isWellFormed()).toBe(true);
  });

  test('[Logging aggregation configured] keeps a value that comes in through any door out of the output of a real process', async () => {
    const canary = 'Canary Jane Doe 47110815';

    const { stdout, stderr } = await outputOf('hostile', canary);

    expect(stdout.trim().split('\n')).toHaveLength(12);
    expect(stdout).toContain('"error_class":"TypeError"');
    expect(stdout).toContain('event_name_withheld');
    expect(`${stdout}${stderr}`).not.toMatch(/canary|jane|47110815/i);
  });
});
