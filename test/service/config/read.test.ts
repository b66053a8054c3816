import { fileSettings } from '../../../service/src/config/environment.ts';
import { ConfigurationError } from '../../../service/src/config/error.ts';
import { type Config, readConfig } from '../../../service/src/config/read.ts';

const key = Buffer.alloc(32, 7).toString('base64');
const signing = { AUDIT_SIGNING_KEY: Buffer.alloc(32, 8).toString('base64') };
const noFiles = (): string => {
  throw new Error('no file was expected to be read');
};
const read = (variables: Record<string, string | undefined>): Config => readConfig(variables, noFiles);
function faultsOf(variables: Record<string, string>, readFile: (path: string) => string = noFiles): string[] {
  try {
    readConfig(variables, readFile);
  } catch (error) {
    expect(error).toBeInstanceOf(ConfigurationError);
    return (error as ConfigurationError).faults.map(({ name }) => name).sort();
  }
  return [];
}

test('nothing has to be set on a laptop', () => {
  expect(read({})).toMatchObject({
    NODE_ENV: 'development',
    production: false,
    HOST: '127.0.0.1',
    PORT: 8000,
    METRICS_PORT: 9464,
    WORKERS: 1,
    TLS: 'off',
    TRUST_PROXY_HOPS: 0,
    DATA_DIR: './data',
    LOG_LEVEL: 'info',
    LOG_FORMAT: 'text',
    CORS_ORIGINS: [],
    MAX_NOTE_LENGTH: 10_000,
    RATE_LIMIT: { count: 600, seconds: 60 },
    DATABASE_TLS: 'off',
    SHUTDOWN_DELAY_SECONDS: 0,
    SHUTDOWN_DEADLINE_SECONDS: 45,
  });
});

test('an empty variable counts as one that is not set', () => {
  expect(read({ PORT: '', DATABASE_URL: '', CORS_ORIGINS: '', ENCRYPTION_KEY: '' }).PORT).toBe(8000);
});

test('production with nothing set names everything that is missing', () => {
  expect(faultsOf({ NODE_ENV: 'production' })).toEqual(['AUDIT_SIGNING_KEY', 'DATABASE_URL', 'ENCRYPTION_KEY', 'TLS']);
});

test('production with what it needs logs JSON, checks the database’s certificate and waits before it stops', () => {
  const set = {
    NODE_ENV: 'production',
    DATABASE_URL: 'postgresql://db/x',
    ENCRYPTION_KEY: key,
    ...signing,
    TLS: 'off',
  };

  expect(read(set)).toMatchObject({
    production: true,
    LOG_FORMAT: 'json',
    DATABASE_TLS: 'verify',
    SHUTDOWN_DELAY_SECONDS: 15,
  });
  expect(read({ ...set, ENCRYPTION_KEY: '', KMS_KEY_ID: 'alias/notes' }).KMS_KEY_ID).toBe('alias/notes');
});

test('every fault is reported at once, by name, each once, and no value is shown', () => {
  const canary = 'PQ7-canary-value';
  const everything: Record<string, string> = {
    NODE_ENV: 'production',
    STAGE: `${canary} X`,
    PORT: canary,
    METRICS_PORT: '70000',
    WORKERS: '0',
    TLS: canary,
    TRUST_PROXY_HOPS: '-1',
    LOG_LEVEL: canary,
    LOG_FORMAT: canary,
    DEBUG: canary,
    CORS_ORIGINS: canary,
    MAX_NOTE_LENGTH: '0',
    RATE_LIMIT: canary,
    FAILED_AUTH_RATE_LIMIT: '0/minute',
    DATABASE_URL: `mysql://${canary}`,
    DATABASE_AUTH: canary,
    DATABASE_TLS: canary,
    SERVICE_ROLE_PASSWORD: 'short',
    DATABASE_POOL_SIZE: '1000',
    LANES: '99',
    AUDIT_BUCKET: `${canary} !`,
    AUDIT_CHECKPOINT_SECONDS: '0',
    AUDIT_LOG_GROUP: `${canary} !`,
    AUDIT_SIGNING_KEY: canary,
    AUDIT_SIGNING_KEY_ID: `${canary} !`,
    ENCRYPTION_KEY: canary,
    ENCRYPTION_KEY_PREVIOUS: `${key},${canary}`,
    KMS_KEY_ID: `${canary} !`,
    OIDC_ISSUER: canary,
    OIDC_JWKS: canary,
    OIDC_JWKS_URI: `ftp://${canary}`,
    OIDC_MAX_LIFETIME: '1',
    SHUTDOWN_DELAY_SECONDS: canary,
    SHUTDOWN_DEADLINE_SECONDS: '0',
    EMF_NAMESPACE: `${canary} !`,
    DD_DOGSTATSD_PORT: '0',
  };
  const { NODE_ENV, ...faulty } = everything;

  expect(faultsOf(everything)).toEqual(Object.keys(faulty).sort());
  expect(() => read(everything)).toThrow(expect.objectContaining({ message: expect.not.stringMatching(/canary|PQ7/) }));
});

describe('what must hold of two settings together', () => {
  const production = {
    NODE_ENV: 'production',
    DATABASE_URL: 'postgresql://db/x',
    ENCRYPTION_KEY: key,
    ...signing,
    TLS: 'off',
  };
  const cases: [string, Record<string, string>, string[]][] = [
    ['a database without a master key', { DATABASE_URL: 'postgresql://db/x' }, ['ENCRYPTION_KEY']],
    ['two master keys', { ...production, KMS_KEY_ID: 'alias/x' }, ['KMS_KEY_ID']],
    ['two signing keys', { ...production, AUDIT_SIGNING_KEY_ID: 'k', AWS_REGION: 'x' }, ['AUDIT_SIGNING_KEY_ID']],
    ['a signing key of KMS without a region', { AUDIT_SIGNING_KEY_ID: 'k' }, ['AWS_REGION']],
    [
      'a sink without a signing key',
      { DATABASE_URL: 'postgresql://db/x', ENCRYPTION_KEY: key, AUDIT_DIR: 'audit' },
      ['AUDIT_SIGNING_KEY'],
    ],
    ['sinks of AWS without a region', { AUDIT_BUCKET: 'trail', AUDIT_LOG_GROUP: 'trail' }, ['AWS_REGION']],
    ['DEBUG in production', { ...production, DEBUG: 'true' }, ['DEBUG']],
    ['TLS=file without files', { TLS: 'file' }, ['TLS_CERT_FILE', 'TLS_KEY_FILE']],
    ['workers without a database', { WORKERS: '2' }, ['WORKERS']],
    [
      'IAM with a password',
      { ...production, DATABASE_AUTH: 'iam', AWS_REGION: 'x', DATABASE_PASSWORD: 'x' },
      ['DATABASE_PASSWORD'],
    ],
    [
      'IAM without TLS',
      { ...production, DATABASE_AUTH: 'iam', AWS_REGION: 'x', DATABASE_TLS: 'off' },
      ['DATABASE_TLS'],
    ],
    ['IAM without a region', { ...production, DATABASE_AUTH: 'iam' }, ['AWS_REGION']],
    ['an issuer alone', { OIDC_ISSUER: 'https://x' }, ['OIDC_AUDIENCE', 'OIDC_JWKS']],
    [
      'an issuer with two key sets',
      { OIDC_ISSUER: 'https://x', OIDC_AUDIENCE: 'a', OIDC_JWKS: '{"keys":[{}]}', OIDC_JWKS_URI: 'https://x' },
      ['OIDC_JWKS'],
    ],
    [
      'issuers in both forms',
      {
        OIDC_ISSUER: 'https://x',
        OIDC_AUDIENCE: 'a',
        OIDC_JWKS_URI: 'https://x',
        OIDC_ISSUERS: JSON.stringify([{ issuer: 'https://x', audiences: 'a', keys: { file: '/x' }, tenant: 'n' }]),
      },
      ['OIDC_ISSUERS'],
    ],
    [
      'issuers with three faults, each of which is listed',
      { OIDC_ISSUERS: JSON.stringify([{ issuer: 'https://x', keys: { uri: 'ftp://x' }, tenant: '', colour: 1 }]) },
      ['OIDC_ISSUERS', 'OIDC_ISSUERS', 'OIDC_ISSUERS'],
    ],
    [
      'a delay as long as the deadline',
      { SHUTDOWN_DELAY_SECONDS: '9', SHUTDOWN_DEADLINE_SECONDS: '9' },
      ['SHUTDOWN_DEADLINE_SECONDS'],
    ],
    [
      'a deadline below the delay that production has by default',
      { ...production, SHUTDOWN_DEADLINE_SECONDS: '10' },
      ['SHUTDOWN_DEADLINE_SECONDS'],
    ],
  ];
  test.each(cases)('%s', (_what, variables, expected) => {
    expect(faultsOf(variables)).toEqual(expected);
  });
});

describe('a secret may be given as a file', () => {
  test.each(fileSettings)('%s_FILE', (name) => {
    const values: Record<string, string> = {
      DATABASE_URL: 'postgresql://db/x',
      DATABASE_PASSWORD: 'secret',
      SERVICE_ROLE_PASSWORD: 'a long enough password',
      RETENTION_ROLE_PASSWORD: 'a long enough password',
      ENCRYPTION_KEY: key,
      ENCRYPTION_KEY_PREVIOUS: key,
      AUDIT_SIGNING_KEY: key,
      AUDIT_SIGNING_KEY_NEXT: key,
      OIDC_ISSUERS: JSON.stringify([
        { issuer: 'https://x', audiences: 'a', keys: { uri: 'https://x/keys' }, tenant: 'north' },
      ]),
      OIDC_JWKS: '{"keys":[{"kty":"RSA"}]}',
      SITE_PROFILE: '{"locale":"en-GB","staff":[{"family":"Waters"}]}',
    };
    const others = name === 'DATABASE_URL' ? { ENCRYPTION_KEY: key } : {};
    const files: Record<string, string> = { '/run/secrets/x': `${values[name]}\n` };

    const direct = read({ ...others, [name]: values[name] });
    const byFile = readConfig({ ...others, [`${name}_FILE`]: '/run/secrets/x' }, (path) => files[path]!);

    expect(byFile).toEqual(direct);
    expect(byFile[name]).toBeDefined();
  });

  test('and not in both ways at once', () => {
    expect(faultsOf({ ENCRYPTION_KEY: key, ENCRYPTION_KEY_FILE: '/x' })).toEqual(['ENCRYPTION_KEY_FILE']);
  });

  test('that cannot be read is a fault, told without its path', () => {
    const unreadable = () => {
      throw new Error('ENOENT: /run/secrets/canary');
    };
    expect(faultsOf({ NODE_ENV: 'production', DATABASE_URL_FILE: '/run/secrets/canary' }, unreadable)).toEqual([
      'AUDIT_SIGNING_KEY',
      'DATABASE_URL_FILE',
      'ENCRYPTION_KEY',
      'TLS',
    ]);
    expect(() => readConfig({ ENCRYPTION_KEY_FILE: '/run/secrets/canary' }, unreadable)).toThrow(
      expect.objectContaining({ message: expect.not.stringContaining('canary') }),
    );
  });

  test('with bad content is a fault of the setting', () => {
    expect(faultsOf({ ENCRYPTION_KEY_FILE: '/x' }, () => 'too short')).toEqual(['ENCRYPTION_KEY']);
  });
});
