import { runSmoke, type SmokeOptions, type SmokeReport } from '@healthcare-ai/ops/smoke/run';
import { targetOf } from '@healthcare-ai/ops/smoke/target';
import { type Stage, startStage } from '../support/stage.ts';
import { dropHeader, type Fault, faultyProxy } from './faulty-proxy.ts';

type KeyName = 'smoke' | 'integration' | 'clinician' | 'first' | 'second';

let stage: Stage<KeyName>;

beforeAll(async () => {
  const owner = (principal: string, ...roles: string[]) => ({ tenant: 'smoke', principal, roles });
  stage = await startStage({
    // All tests of this file come from one address; a test below has the limit on its failures.
    env: { RATE_LIMIT: '600/minute', FAILED_AUTH_RATE_LIMIT: 'off' },
    keys: {
      smoke: owner('smoke', 'clinician', 'auditor'),
      integration: owner('feed', 'integration'),
      clinician: owner('doctor', 'clinician'),
      first: owner('first', 'clinician', 'auditor'),
      second: owner('second', 'clinician', 'auditor'),
    },
  });
});

afterAll(() => stage?.stop());

const smoke = (url: string, options: Partial<SmokeOptions> = {}): Promise<SmokeReport> =>
  runSmoke({ target: targetOf(url), apiKey: stage.tokens.smoke, ...options });

const named = ({ results }: SmokeReport, state: string) =>
  results.filter((result) => result.state === state).map(({ name }) => name);

const sawOf = ({ results }: SmokeReport, name: string) => results.find((result) => result.name === name)?.saw;

describe('the smoke test of a service that is well', () => {
  it('passes all that can be checked on a laptop, and says what cannot', async () => {
    const report = await smoke(stage.url);
    expect(named(report, 'failed')).toEqual([]);
    expect(named(report, 'not-made')).toEqual(['tls', 'old-tls', 'redirect', 'metrics']);
    expect(report.passed).toBe(true);
  });

  it('reveals nothing of the key', async () => {
    const report = JSON.stringify(await smoke(stage.url));
    expect(report).not.toContain(stage.tokens.smoke);
    // All after `hai_<id>_`: a secret may itself have underscores, and a piece of it may be short.
    expect(report).not.toContain(stage.tokens.smoke.slice(17));
  });

  it('does without a key what needs none, and says that the rest was not made', async () => {
    const report = await smoke(stage.url, { apiKey: undefined });
    expect(report.passed).toBe(true);
    expect(named(report, 'not-made')).toEqual(expect.arrayContaining(['note', 'audit', 'validation', 'rate-limit']));
    expect(named(report, 'passed')).toEqual(['health', 'version', 'headers', 'no-key', 'wrong-key']);
  });

  it('names the role that a key lacks instead of failing the API for it', async () => {
    const writer = await smoke(stage.url, { apiKey: stage.tokens.integration });
    expect(writer.passed).toBe(true);
    expect(sawOf(writer, 'note')).toContain('give it clinician');
    expect(sawOf(writer, 'audit')).toContain('give it auditor');
    const reader = await smoke(stage.url, { apiKey: stage.tokens.clinician });
    expect(named(reader, 'passed')).toContain('note');
    expect(sawOf(reader, 'audit')).toContain('give it auditor');
  });

  it('fails with a key that is not taken', async () => {
    const report = await smoke(stage.url, { apiKey: `hai_0123456789ab_${'A'.repeat(43)}` });
    expect(named(report, 'failed')).toEqual(['note', 'validation', 'rate-limit']);
    expect(sawOf(report, 'note')).toContain('401');
  });

  it('compares the version with the one that is expected', async () => {
    const { version } = JSON.parse(await (await fetch(`${stage.url}/health`)).text());
    expect(named(await smoke(stage.url, { expectedVersion: version }), 'failed')).toEqual([]);
    const other = await smoke(stage.url, { expectedVersion: '99.0.0' });
    expect(named(other, 'failed')).toEqual(['version']);
    expect(sawOf(other, 'version')).toBe(`it is ${version}, and 99.0.0 was expected`);
  });

  it('sees the refusal of too many requests when it is asked to', async () => {
    const report = await smoke(stage.url, { apiKey: stage.tokens.first, exhaustRateLimit: true });
    expect(named(report, 'failed')).toEqual([]);
    expect(sawOf(report, 'rate-limit')).toMatch(/^600 requests in 60 s; 429 with Retry-After: \d+ after \d+ requests/);
  });
});

describe('the smoke test of a service that is not well', () => {
  const jsonAnswer = (change: (body: Record<string, unknown>) => void, path: string, status = 200): Fault => ({
    answer(answer, request) {
      if (request.path !== path || answer.status !== status) return;
      const body = JSON.parse(answer.body);
      change(body);
      answer.body = JSON.stringify(body);
    },
  });
  const onAnswer = (answer: NonNullable<Fault['answer']>): Fault => ({ answer });

  const faults: readonly (readonly [string, string, () => Fault, RegExp])[] = [
    [
      'a process that does not say that it is healthy',
      'health',
      () => jsonAnswer((body) => Object.assign(body, { status: 'draining' }), '/health'),
      /does not say/,
    ],
    [
      'a database that cannot be reached',
      'health',
      () =>
        onAnswer((answer, { path }) => {
          if (path === '/health/ready') answer.status = 503;
        }),
      /\/health\/ready answers 503/,
    ],
    [
      'a service that names no version',
      'version',
      () => jsonAnswer((body) => Object.assign(body, { version: undefined }), '/health'),
      /names no version/,
    ],
    [
      'a header that is missing',
      'headers',
      () => onAnswer((answer) => dropHeader(answer, 'strict-transport-security')),
      /strict-transport-security is missing on \/health/,
    ],
    [
      'a header that a refusal alone forgets',
      'headers',
      () =>
        onAnswer((answer) => {
          if (answer.status === 401) dropHeader(answer, 'cache-control');
        }),
      /cache-control is missing on a refusal/,
    ],
    [
      'a header that a proxy sends a second time',
      'headers',
      () => onAnswer((answer) => answer.headers.push('X-Frame-Options', 'SAMEORIGIN')),
      /x-frame-options is there 2 times/,
    ],
    [
      'a header with a weaker value',
      'headers',
      () =>
        onAnswer((answer) => {
          dropHeader(answer, 'strict-transport-security');
          answer.headers.push('Strict-Transport-Security', 'max-age=300');
        }),
      /strict-transport-security has another value/,
    ],
    [
      'a header that names the software',
      'headers',
      () => onAnswer((answer) => answer.headers.push('X-Powered-By', 'Express')),
      /x-powered-by/,
    ],
    [
      'metrics that anyone can read',
      'metrics',
      () =>
        onAnswer((answer, { path }) => {
          if (path === '/metrics') answer.status = 200;
        }),
      /\/metrics answers 200/,
    ],
    [
      'a route that is open',
      'no-key',
      () => ({
        request(request) {
          if (request.path === '/audit/search') request.headers.authorization ??= `Bearer ${stage.tokens.smoke}`;
        },
      }),
      /POST \/audit\/search answers 200, not 401/,
    ],
    [
      'a key that is looked up by its id alone',
      'wrong-key',
      () => ({
        request(request) {
          const id = stage.tokens.smoke.slice(0, 17);
          if (request.headers.authorization?.startsWith(`Bearer ${id}`)) {
            request.headers.authorization = `Bearer ${stage.tokens.smoke}`;
          }
        },
      }),
      /answers \d+, not 401/,
    ],
    [
      'a proxy that trims what it forwards',
      'note',
      () => ({
        request(request) {
          if (request.path === '/ingest') request.body = request.body.replaceAll('\\r\\n', '\\n');
        },
      }),
      /another than the one that was sent/,
    ],
    [
      'a proxy that takes the text for Latin-1',
      'note',
      () => ({
        request(request) {
          if (request.path === '/ingest') request.body = Buffer.from(request.body, 'utf8').toString('latin1');
        },
      }),
      /another than the one that was sent/,
    ],
    [
      'a proxy that drops the Idempotency-Key',
      'note',
      () => ({ request: (request) => void delete request.headers['idempotency-key'] }),
      /stored the note twice/,
    ],
    [
      'an acknowledgement that echoes the note',
      'note',
      () => ({
        answer(answer, { path, body }) {
          if (path === '/ingest' && answer.status === 200) {
            answer.body = JSON.stringify({ ...JSON.parse(answer.body), echo: body });
          }
        },
      }),
      /echoes the note/,
    ],
    [
      'a trail that misses the read',
      'audit',
      () =>
        onAnswer((answer, { path }) => {
          if (path.startsWith('/audit/events/')) answer.body = answer.body.replaceAll('note.read', 'note.search');
        }),
      /was read, but the audit trail has no event/,
    ],
    [
      'a trail that names another request',
      'audit',
      () =>
        onAnswer((answer, { path }) => {
          if (path.startsWith('/audit/events/')) {
            answer.body = answer.body.replaceAll(/"request_id":"[^"]*"/g, '"request_id":"another"');
          }
        }),
      /names another request/,
    ],
    [
      'a refusal that repeats what was sent',
      'validation',
      () => ({
        answer(answer, { body }) {
          if (answer.status === 422) answer.body = JSON.stringify({ ...JSON.parse(answer.body), received: body });
        },
      }),
      /the refusal with 422 repeats/,
    ],
    [
      'a refusal that repeats what was sent in a header',
      'validation',
      () => ({
        answer(answer, { body }) {
          if (answer.status === 400) answer.headers.push('X-Debug', body);
        },
      }),
      /the refusal with 400 repeats/,
    ],
    [
      'a service that takes what is not allowed',
      'validation',
      () =>
        onAnswer((answer) => {
          if (answer.status === 422) answer.status = 200;
        }),
      /gets 200, not 422/,
    ],
  ];

  it.each(faults)('finds %s by its check %s alone', async (_, check, fault, saw) => {
    const proxy = await faultyProxy(stage.url, fault());
    try {
      const report = await smoke(proxy.url);
      expect(named(report, 'failed')).toEqual([check]);
      expect(sawOf(report, check)).toMatch(saw);
    } finally {
      await proxy.stop();
    }
  });

  it('finds a refusal without the time to wait', async () => {
    const proxy = await faultyProxy(stage.url, {
      answer(answer) {
        if (answer.status === 429) dropHeader(answer, 'retry-after');
      },
    });
    try {
      const report = await smoke(proxy.url, { apiKey: stage.tokens.second, exhaustRateLimit: true });
      expect(named(report, 'failed')).toEqual(['rate-limit']);
    } finally {
      await proxy.stop();
    }
  });

  it('does as 429 says when an edge in front allows shorter bursts', async () => {
    let refused = 0;
    const proxy = await faultyProxy(stage.url, {
      answer(answer, { path }) {
        if (refused === 2 || path !== '/ingest') return;
        refused += 1;
        Object.assign(answer, { status: 429, headers: ['Retry-After', '1', 'Content-Length', '0'], body: '' });
      },
    });
    try {
      const report = await smoke(proxy.url);
      expect(named(report, 'failed')).toEqual([]);
      expect(refused).toBe(2);
      expect(report.ms).toBeGreaterThan(2_000);
    } finally {
      await proxy.stop();
    }
  });

  it('does not blame the API when this address failed too often before', async () => {
    const proxy = await faultyProxy(stage.url, {
      answer(answer) {
        if (answer.status === 401) answer.status = 429;
      },
    });
    try {
      const report = await smoke(proxy.url);
      expect(named(report, 'failed')).toEqual([]);
      expect(named(report, 'not-made')).toEqual(expect.arrayContaining(['no-key', 'wrong-key']));
    } finally {
      await proxy.stop();
    }
  });

  it('repeats nothing of an answer that echoes the key and the note', async () => {
    const proxy = await faultyProxy(stage.url, {
      answer(answer, { headers, body }) {
        answer.status = 500;
        answer.body = JSON.stringify({ status: body, version: headers.authorization, audit_id: body });
      },
    });
    try {
      const report = JSON.stringify(await smoke(proxy.url));
      expect(report).not.toContain(stage.tokens.smoke);
      expect(report).not.toContain('Synthetic note');
    } finally {
      await proxy.stop();
    }
  });
});
