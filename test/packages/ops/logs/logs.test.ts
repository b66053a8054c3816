import { logsCommand } from '@healthcare-ai/ops/commands/logs';
import { type AwsEndpoint, AwsFault, startAwsEndpoint } from '../support/aws-endpoint.ts';
import { quickClock, runAgainst } from '../support/run-command.ts';

const NOW = Date.parse('2026-11-23T12:00:00Z');
const REQUEST = '01a20969-dbd9-7ae5-9280-60e82f650675';
const OTHER = '01a20969-0000-7ae5-9280-60e82f650675';
const TASK = '0123456789abcdef0123456789abcdef';

interface Event {
  readonly eventId?: string;
  readonly timestamp: number;
  readonly logStreamName: string;
  readonly message: string;
}

interface FilterInput {
  readonly startTime?: number;
  readonly endTime?: number;
  readonly logStreamNamePrefix?: string;
  readonly nextToken?: string;
}

let aws: AwsEndpoint;
let events: Event[];

const write = (seconds: number, fields: object | string, more: Partial<Event> = {}): Event => {
  const message = typeof fields === 'string' ? fields : JSON.stringify(fields);
  const at = NOW + seconds * 1000;
  const event = {
    eventId: `e${events.length}`,
    timestamp: at,
    logStreamName: `service/service/${TASK}`,
    message,
    ...more,
  };
  events.push(event);
  return event;
};

/** Answers as CloudWatch Logs does, three events a page, but heeds no pattern: a caller must not rely on them. */
function filterLogEvents({
  startTime = 0,
  endTime = Number.POSITIVE_INFINITY,
  logStreamNamePrefix = '',
  nextToken,
}: FilterInput) {
  const found = events
    .filter((event) => event.timestamp >= startTime && event.timestamp <= endTime)
    .filter((event) => event.logStreamName.startsWith(logStreamNamePrefix));
  const from = Number(nextToken ?? 0);
  return { events: found.slice(from, from + 3), nextToken: from + 3 < found.length ? String(from + 3) : undefined };
}

beforeEach(async () => {
  events = [];
  aws = await startAwsEndpoint({ FilterLogEvents: filterLogEvents });
});

afterEach(() => aws.stop());

const logs = (...args: string[]) =>
  runAgainst(['logs', '--stage', 'dev', ...args], { endpoint: aws.url, command: logsCommand, clock: quickClock(NOW) });

const said = (out: string) =>
  out
    .split('\n')
    .filter(Boolean)
    .map((line) => line.split(' ').slice(2).join(' ').trim());

test('lines come in the order in which they were written, from every page', async () => {
  for (let index = 0; index < 8; index += 1) write(index - 60, { level: 'info', event: `e${index}` });
  const { code, out } = await logs();
  expect(code).toBe(0);
  expect(said(out)).toEqual([0, 1, 2, 3, 4, 5, 6, 7].map((index) => `INFO  e${index}`));
});

test('a line says when, which task, how severe, what and the fields, and nothing twice', async () => {
  write(-5, {
    timestamp: 'x',
    level: 'warn',
    event: 'http_request',
    service: 's',
    stage: 'dev',
    status: 503,
    route: '/ingest',
  });
  const { out } = await logs();
  expect(out).toBe('2026-11-23T11:59:55.000Z 01234567 WARN  http_request status=503 route=/ingest\n');
});

test('what is no JSON is shown as it is, without what would move the cursor', async () => {
  write(-5, 'FATAL ERROR: \u001b[31mheap out of memory\u001b[0m');
  const { out } = await logs();
  expect(out).toBe('2026-11-23T11:59:55.000Z 01234567 FATAL ERROR: \u00b7[31mheap out of memory\u00b7[0m\n');
});

test('--since leaves out what was before, and asks for no more than that', async () => {
  write(-7201, { level: 'info', event: 'old' });
  write(-7199, { level: 'info', event: 'new' });
  const { out } = await logs('--since', '2h');
  expect(said(out)).toEqual(['INFO  new']);
  expect(aws.calls[0]!.input.startTime).toBe(NOW - 7_200_000);
});

test.each([
  ['--request-id', 'request_id'],
  ['--audit-id', 'audit_id'],
])('%s finds one alone, on an endpoint that heeds no pattern, too', async (option, field) => {
  write(-3, { level: 'info', event: 'mine', [field]: REQUEST });
  write(-2, { level: 'info', event: 'other', [field]: OTHER });
  write(-1, { level: 'info', event: 'none' });
  const { out } = await logs(option, REQUEST.toUpperCase());
  expect(said(out)).toEqual([`INFO  mine ${field}=${REQUEST}`]);
  expect(aws.calls[0]!.input.filterPattern).toBe(`{ ($.${field} = "${REQUEST}") }`);
});

test('--level shows this level and the more severe ones', async () => {
  for (const level of ['debug', 'info', 'warn', 'error']) write(-1, { level, event: level });
  expect(said((await logs('--level', 'warn')).out)).toEqual(['WARN  warn', 'ERROR error']);
  expect(aws.calls[0]!.input.filterPattern).toBe('{ (($.level = "warn") || ($.level = "error")) }');
  expect(said((await logs('--level', 'debug')).out)).toHaveLength(4);
});

test('--task shows the lines of one task, by the beginning of its id', async () => {
  write(-2, { level: 'info', event: 'mine' });
  write(-1, { level: 'info', event: 'other' }, { logStreamName: 'service/service/fedcba9876543210fedcba9876543210' });
  const { out } = await logs('--task', '01234567');
  expect(said(out)).toEqual(['INFO  mine']);
  expect(aws.calls[0]!.input.logStreamNamePrefix).toBe('service/service/01234567');
});

test('lines of metrics are shown when they are asked for', async () => {
  write(-1, { _aws: { Timestamp: 1, CloudWatchMetrics: [] }, http_requests: 3 });
  expect((await logs()).out).toBe('');
  expect((await logs('--metrics')).out).toContain('http_requests=3');
});

test('--group migrate reads the log of the one-off tasks', async () => {
  await logs('--group', 'migrate', '--task', 'abcd');
  expect(aws.calls[0]!.input).toMatchObject({
    logGroupName: '/healthcare-ai/dev/migrate',
    logStreamNamePrefix: 'migrate/migrate/abcd',
  });
});

test('--json gives a document a line', async () => {
  write(-2, { level: 'info', event: 'one', status: 200 });
  write(-1, 'no JSON');
  const { out } = await logs('--json');
  expect(
    out
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line)),
  ).toEqual([
    { timestamp: '2026-11-23T11:59:58.000Z', task: TASK, level: 'info', event: 'one', status: 200 },
    { timestamp: '2026-11-23T11:59:59.000Z', task: TASK, message: 'no JSON' },
  ]);
});

test('--limit bounds the answer, and says that there is more', async () => {
  for (let index = 0; index < 9; index += 1) write(-1, { level: 'info', event: `e${index}` });
  const { out, err } = await logs('--limit', '4');
  expect(said(out)).toHaveLength(4);
  expect(err).toContain('Stopped after 4 lines; there are more');
  expect(aws.calls).toHaveLength(2);
});

test('nothing found is said', async () => {
  const { code, out, err } = await logs();
  expect({ code, out }).toEqual({ code: 0, out: '' });
  expect(err).toBe('No such line since 2026-11-23T11:45:00.000Z\n');
});

test('an endpoint that repeats its token is not asked forever', async () => {
  write(-1, { level: 'info', event: 'once' });
  aws.on('FilterLogEvents', () => ({ events: events.slice(), nextToken: 'again' }));
  const { code } = await logs();
  expect(code).toBe(0);
  expect(aws.calls).toHaveLength(2);
});

test.each([
  [['--request-id', 'abc" || $.x = "'], /use a whole UUID/],
  [['--task', '*'], /use a task's id/],
  [['--level', 'loud'], /Allowed choices/],
  [['--since', 'yesterday'], /use a time such as/],
])('%j is used wrongly', async (args, message) => {
  const { code, err } = await logs(...args);
  expect(code).toBe(2);
  expect(err).toMatch(message);
  expect(aws.calls).toHaveLength(0);
});

describe('--follow', () => {
  /** Follows until the endpoint was asked so often. */
  async function follow(asks: number, meanwhile: (ask: number) => void, ...args: string[]) {
    const stop = new AbortController();
    let asked = 0;
    aws.on('FilterLogEvents', (input) => {
      if (input.nextToken === undefined) {
        asked += 1;
        meanwhile(asked);
        if (asked >= asks) stop.abort();
      }
      return filterLogEvents(input);
    });
    return runAgainst(['logs', '--stage', 'dev', '--follow', ...args], {
      endpoint: aws.url,
      command: logsCommand,
      clock: quickClock(NOW),
      interrupted: stop.signal,
    });
  }

  test('shows each line once: also what two pages, two looks or a late task bring again', async () => {
    write(-20, { level: 'info', event: 'before' });
    const { code, out, err } = await follow(6, (ask) => {
      if (ask === 2) for (const name of ['a', 'b', 'c', 'd']) write(1, { level: 'info', event: name });
      // Written before the last one that was shown, and arrived after it.
      if (ask === 3) write(-10, { level: 'info', event: 'late' });
      if (ask === 4) write(3, { level: 'info', event: 'e' });
    });
    expect(said(out)).toEqual(['before', 'a', 'b', 'c', 'd', 'late', 'e'].map((name) => `INFO  ${name}`));
    expect(code).toBe(0);
    expect(err).toContain('Stopped following');
  });

  test('distinguishes two equal lines of one moment', async () => {
    const { out } = await follow(3, (ask) => {
      if (ask !== 1) return;
      write(-1, { level: 'info', event: 'same' });
      write(-1, { level: 'info', event: 'same' });
    });
    expect(said(out)).toEqual(['INFO  same', 'INFO  same']);
  });

  test('asks only for what may be new', async () => {
    write(-600, { level: 'info', event: 'old' });
    write(-1, { level: 'info', event: 'new' });
    await follow(3, () => {});
    const starts = aws.calls.map(({ input }) => input.startTime);
    expect(starts[0]).toBe(NOW - 900_000);
    expect(starts[1]).toBe(NOW - 31_000);
  });

  test('continues after a cut connection and a throttled call', async () => {
    let failures = 0;
    write(-1, { level: 'info', event: 'there' });
    aws.on('FilterLogEvents', (input) => {
      failures += 1;
      if (failures === 1) return 'cut';
      if (failures === 2) return new AwsFault('ThrottlingException', 'Rate exceeded');
      return filterLogEvents(input);
    });
    expect(said((await logs()).out)).toEqual(['INFO  there']);
    expect(failures).toBe(3);
  });
});

test.each([
  ['ResourceNotFoundException', /There is no log group \/healthcare-ai\/dev\/service/],
  ['AccessDeniedException', /Not allowed: logs:FilterLogEvents/],
  ['ExpiredTokenException', /credentials have expired/],
])('%s is one line and exit code 1', async (code, message) => {
  aws.on('FilterLogEvents', () => new AwsFault(code, 'User: a is not authorized to perform: logs:FilterLogEvents'));
  const result = await logs();
  expect(result.code).toBe(1);
  expect(result.err).toMatch(message);
  expect(result.err.trimEnd().split('\n')).toHaveLength(1);
});
