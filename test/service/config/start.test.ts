import { randomBytes } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { request } from 'node:https';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseEnv } from 'node:util';
import { readConfig } from '../../../service/src/config/read.ts';
import { createTestDatabase, runCommand, startProcess } from '../support/service.ts';
import { describeWithPostgres } from '../support/skips.ts';

const key = randomBytes(32).toString('base64');
const folder = mkdtempSync(join(tmpdir(), 'healthcare-ai-config-'));
const database = createTestDatabase();
afterAll(async () => {
  await (await database).remove();
  rmSync(folder, { recursive: true, force: true });
});
const quiet = { PORT: '0', METRICS_PORT: '0' };

test('with NODE_ENV=production and nothing else, the start stops and lists what is missing', async () => {
  const { code, stdout, stderr } = await runCommand([], { NODE_ENV: 'production' });

  expect(code).toBe(2);
  expect(stdout).toBe('');
  expect(stderr.split('\n')).toEqual([
    'healthcare-ai: the configuration has 4 errors:',
    '  DATABASE_URL is required in production: postgresql://user@host:5432/name',
    '  ENCRYPTION_KEY or KMS_KEY_ID is required in production: create a key with `openssl rand -base64 32` and store it safely',
    '  TLS is required in production: self-signed, file, or off behind a proxy on the same host',
    '  AUDIT_SIGNING_KEY or AUDIT_SIGNING_KEY_ID is required in production: create a key with `openssl rand -base64 32` and store it safely',
    '',
  ]);
});

test.each([[[]], [['migrate']], [['keys', 'list']], [['healthcheck']]])(
  'faults of the configuration end the command %p with exit code 2, without a value and without a stack',
  async (args) => {
    const { code, stdout, stderr } = await runCommand(args, { PORT: 'canary-one', ENCRYPTION_KEY: 'canary-two' });

    expect(code).toBe(2);
    expect(stdout).toBe('');
    expect(stderr).toMatch(/^healthcare-ai: the configuration has 2 errors:\n {2}PORT .*\n {2}ENCRYPTION_KEY .*\n$/);
    expect(stderr).not.toContain('canary');
  },
);

test('[Secrets in environment variables (not code)] .env.example lacks the master key, the signing key and nothing else', () => {
  const variables = parseEnv(readFileSync('.env.example', 'utf8')) as Record<string, string>;
  const read = (more: Record<string, string>) => readConfig({ ...variables, ...more }, () => '');

  expect(() => read({})).toThrow(/^the configuration has 2 errors:\n {2}ENCRYPTION_KEY .*\n {2}AUDIT_SIGNING_KEY .*$/);
  expect(read({ ENCRYPTION_KEY: key, AUDIT_SIGNING_KEY: key })).toMatchObject({ production: true });
});

test('[164.312(e)(1)] TLS=self-signed serves HTTPS of TLS 1.2 and later, and survives what is not TLS', async () => {
  const service = await startProcess({ env: { ...(await database).env, TLS: 'self-signed' } });
  try {
    const plain = await fetch(service.url.replace('https', 'http')).catch(() => 'refused');
    const answer = await get(service.url);
    const old = await get(service.url, 'TLSv1.1').catch(() => 'refused');

    expect(plain).toBe('refused');
    expect(answer).toMatchObject({ status: 200, subject: 'healthcare-ai' });
    expect(JSON.parse(answer.body).status).toBe('healthy');
    expect(old).toBe('refused');
    expect((await get(service.url)).status).toBe(200);
  } finally {
    await service.stop();
  }
});

test('a file that TLS=file names and nobody finds ends the start in one line', async () => {
  const env = { ...(await database).env, TLS: 'file', TLS_CERT_FILE: '/none/cert.pem', TLS_KEY_FILE: '/none/key.pem' };

  const { code, stderr } = await runCommand([], { ...env, ...quiet });

  expect(code).not.toBe(0);
  expect(stderr.trim().split('\n')).toHaveLength(1);
  expect(stderr).toContain('/none/cert.pem');
});

describeWithPostgres()('with PostgreSQL', () => {
  test('secrets may be given as files', async () => {
    const { env } = await database;
    const path = (name: string) => join(folder, name);
    for (const [name, value] of Object.entries(env)) writeFileSync(path(name), `${value}\n`);

    const service = await startProcess({
      env: { DATABASE_URL_FILE: path('DATABASE_URL'), ENCRYPTION_KEY_FILE: path('ENCRYPTION_KEY') },
    });

    expect((await fetch(`${service.url}/health/ready`)).status).toBe(200);
    expect(await service.stop()).toBe(0);
  });

  test('the service refuses a database that nobody migrated, and says what to do', async () => {
    const { server, ownerEnv } = await database;
    await server!.createDatabase('empty');

    const { code, stderr } = await runCommand([], { ...ownerEnv, ...quiet, DATABASE_URL: server!.ownerUrl('empty') });

    expect(code).toBe(1);
    expect(stderr).toMatch(
      /^healthcare-ai: the schema has version 0, but this release requires \d+: run migrate .*\n$/,
    );
  });

  test('the service refuses a schema that is older than its own', async () => {
    const { server, ownerEnv } = await database;
    await server!.createDatabase('older');
    await server!.query('CREATE TABLE schema_migrations (version integer PRIMARY KEY)', [], 'older');

    const { code, stderr } = await runCommand([], { ...ownerEnv, ...quiet, DATABASE_URL: server!.ownerUrl('older') });

    expect([code, stderr.split('\n').length]).toEqual([1, 2]);
    expect(stderr).toContain('the schema has version 0');
  });

  test('in production the service refuses a role that could change the audit trail', async () => {
    const { server, env } = await database;
    const production = { ...env, ...quiet, NODE_ENV: 'production', TLS: 'self-signed', DATABASE_TLS: 'off' };

    const { code, stderr } = await runCommand([], { ...production, DATABASE_URL: server!.ownerUrl() });

    expect(code).toBe(1);
    expect(stderr).toBe(
      'healthcare-ai: the database role can change the audit trail: log in as the role created by `migrate --service-role`\n',
    );
  });

  test('in production it starts as the role of the service, and listens with TLS', async () => {
    const { env } = await database;
    const service = await startProcess({
      env: { ...env, NODE_ENV: 'production', TLS: 'self-signed', DATABASE_TLS: 'off', SHUTDOWN_DELAY_SECONDS: '0' },
    });

    expect((await get(service.url)).status).toBe(200);
    expect(service.output()).not.toContain('database_role_too_strong');
    expect(await service.stop()).toBe(0);
  });

  test('on a laptop a too strong role is a warning', async () => {
    const { ownerEnv } = await database;
    const service = await startProcess({ env: ownerEnv });
    await service.stop();

    expect(service.output()).toContain('"event":"database_role_too_strong"');
  });

  test('without the master key that its notes need, the start names the one that is missing', async () => {
    const { env } = await database;
    const before = await startProcess({ env });
    await before.stop();

    const { code, stderr } = await runCommand([], { ...env, ...quiet, ENCRYPTION_KEY: key });

    expect(code).toBe(1);
    expect(stderr).toMatch(
      /^healthcare-ai: a data key is wrapped by local:[0-9a-f]{16}, and only local:[0-9a-f]{16} was given: name the master key that was used before in ENCRYPTION_KEY_PREVIOUS, or restore it from its backup\n$/,
    );
  });
});

function get(url: string, maxVersion?: 'TLSv1.1'): Promise<{ status?: number; body: string; subject: unknown }> {
  return new Promise((resolve, reject) => {
    const options = { rejectUnauthorized: false, ...(maxVersion ? { minVersion: maxVersion, maxVersion } : {}) };
    const sent = request(`${url}/health`, options, (response) => {
      const socket = response.socket as import('node:tls').TLSSocket;
      const subject = socket.getPeerCertificate().subject?.CN;
      let body = '';
      response.on('data', (chunk) => {
        body += chunk;
      });
      response.on('end', () => resolve({ status: response.statusCode, body, subject }));
    });
    sent.on('error', reject);
    sent.end();
  });
}
