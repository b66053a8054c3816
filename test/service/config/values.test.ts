import type { ConfigurationError } from '../../../service/src/config/error.ts';
import { type Config, readConfig } from '../../../service/src/config/read.ts';

const key = Buffer.alloc(32, 7).toString('base64');
const noFiles = (): string => {
  throw new Error('no file was expected to be read');
};
const read = (variables: Record<string, string>): Config => readConfig(variables, noFiles);
function faultsOf(variables: Record<string, string>): string[] {
  try {
    read(variables);
  } catch (error) {
    return (error as ConfigurationError).faults.map(({ name }) => name);
  }
  return [];
}

test.each<[string, string, string[]]>([
  ['a JSON list', '["https://a.org","http://localhost:3000"]', ['https://a.org', 'http://localhost:3000']],
  ['a list with commas', 'https://a.org, http://localhost:3000', ['https://a.org', 'http://localhost:3000']],
  ['one origin', 'https://a.org', ['https://a.org']],
  ['an empty list', '[]', []],
])('CORS_ORIGINS takes %s', (_what, text, expected) => {
  expect(read({ CORS_ORIGINS: text }).CORS_ORIGINS).toEqual(expected);
});

test.each([
  '*',
  '["*"]',
  'https://a.org/',
  'https://a.org/path',
  'a.org',
  'https://*.a.org',
  '{"a":1}',
  '[7]',
  '["https://a.org"',
  'null',
])('CORS_ORIGINS refuses %p', (text) => {
  expect(faultsOf({ CORS_ORIGINS: text })).toEqual(['CORS_ORIGINS']);
});

test.each([
  ['600/minute', { count: 600, seconds: 60 }],
  ['5/minute', { count: 5, seconds: 60 }],
  ['10/SECOND', { count: 10, seconds: 1 }],
  ['100/hour', { count: 100, seconds: 3600 }],
  ['off', 'off'],
])('RATE_LIMIT takes %s', (text, expected) => {
  expect(read({ RATE_LIMIT: text }).RATE_LIMIT).toEqual(expected);
  expect(read({ FAILED_AUTH_RATE_LIMIT: text }).FAILED_AUTH_RATE_LIMIT).toEqual(expected);
});

test.each(['0/minute', '-5/minute', '5', '5/day', '5 per minute', '1e3/minute', '5/constructor', '/minute'])(
  'RATE_LIMIT refuses %p',
  (text) => {
    expect(faultsOf({ RATE_LIMIT: text })).toEqual(['RATE_LIMIT']);
  },
);

test.each([
  ['base64', key],
  ['hex', Buffer.alloc(32, 7).toString('hex')],
  ['hex in upper case', Buffer.alloc(32, 200).toString('hex').toUpperCase()],
])('ENCRYPTION_KEY takes 32 bytes in %s', (_what, text) => {
  expect(read({ ENCRYPTION_KEY: text }).ENCRYPTION_KEY).toHaveLength(32);
});

test.each([
  ['31 bytes', Buffer.alloc(31).toString('base64')],
  ['33 bytes', Buffer.alloc(33).toString('base64')],
  ['a sentence that base64 would half read', 'this is not a key, but words: forty-three!'],
  ['a key with a stray character', `${key.slice(0, 10)}!${key.slice(10)}`],
  ['hex with a letter missing', Buffer.alloc(32, 7).toString('hex').slice(1)],
])('ENCRYPTION_KEY refuses %s', (_what, text) => {
  expect(faultsOf({ ENCRYPTION_KEY: text })).toEqual(['ENCRYPTION_KEY']);
});

test.each(['postgresql://u:p%zz@db/x', 'postgresql://u%@db/x', 'postgresql://db/%ff'])(
  'DATABASE_URL refuses %s, which does not decode',
  (url) => {
    expect(faultsOf({ DATABASE_URL: url, ENCRYPTION_KEY: key })).toEqual(['DATABASE_URL']);
  },
);

test('the names of the seed keep their meaning', () => {
  expect(read({ DEBUG: 'true' }).LOG_LEVEL).toBe('debug');
  expect(read({ LOG_LEVEL: 'WARNING' }).LOG_LEVEL).toBe('warn');
  expect(read({ LOG_LEVEL: 'INFO' }).LOG_LEVEL).toBe('info');
});
