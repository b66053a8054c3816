import { readFileSync } from 'node:fs';
import { parseEnv } from 'node:util';
import { contract } from '@healthcare-ai/contract';
import { describeSettings, settingsTable } from '../../../service/src/config/describe.ts';
import { readConfig } from '../../../service/src/config/read.ts';

describe('the documentation of the configuration', () => {
  test('has the table that the schema gives: `npm run docs` writes it', () => {
    expect(readFileSync('docs/configuration.md', 'utf8')).toContain(`\n${settingsTable()}\n`);
  });

  test('explains every setting', () => {
    for (const { name, description } of describeSettings())
      expect([name, description]).toEqual([name, expect.stringMatching(/\S{3}.*\.$/)]);
  });

  test('has an .env.example that is right once its secrets are filled in', () => {
    const example = { ...parseEnv(readFileSync('.env.example', 'utf8')) };
    expect(example.ENCRYPTION_KEY).toBe('');
    expect(() => readConfig(example, () => '')).toThrow(/ENCRYPTION_KEY/);
    expect(example.AUDIT_SIGNING_KEY).toBe('');
    expect(() => readConfig(example, () => '')).toThrow(/AUDIT_SIGNING_KEY/);
    const key = Buffer.alloc(32, 1).toString('base64');
    const filled = { ...example, ENCRYPTION_KEY: key, AUDIT_SIGNING_KEY: key };
    expect(readConfig(filled, () => '')).toMatchObject({ production: true, LOG_LEVEL: 'info', TLS: 'self-signed' });
    const known = new Set(describeSettings().map(({ name }) => name));
    expect(Object.keys(example).filter((name) => !known.has(name))).toEqual([]);
  });

  test('knows every variable that a deployment sets', () => {
    const known = new Set(describeSettings().map(({ name }) => name));
    expect(contract.environment.filter((name) => !known.has(name))).toEqual([]);
  });
});
