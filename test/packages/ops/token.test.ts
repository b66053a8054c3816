import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PassThrough, Readable } from 'node:stream';
import { tokenCommand } from '@healthcare-ai/ops/commands/token';
import { globalOptions } from '@healthcare-ai/ops/options';
import { exportJWK, generateKeyPair, SignJWT } from 'jose';
import { runProgram } from './support/run-program.ts';

const folder = mkdtempSync(join(tmpdir(), 'healthcare-ai-token-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const file = join(folder, 'issuers.json');
const now = Math.floor(Date.now() / 1000);
const claims = {
  ...{ iss: 'https://id.example.org', aud: 'notes', sub: 'CANARY\\jane doe', roles: ['clinician'] },
  ...{ iat: now, exp: now + 600 },
};

const keys = generateKeyPair('ES256', { extractable: true });
async function sign(changed: object = {}): Promise<string> {
  const { privateKey } = await keys;
  return new SignJWT({ ...claims, ...changed }).setProtectedHeader({ alg: 'ES256', kid: 'a' }).sign(privateKey);
}
beforeAll(async () => {
  const jwks = { keys: [{ ...(await exportJWK((await keys).publicKey)), kid: 'a' }] };
  const issuer = { issuer: 'https://id.example.org', audiences: 'notes', keys: { jwks }, tenant: 'north' };
  writeFileSync(file, JSON.stringify([issuer]));
});

const explain = (token: string, ...args: readonly string[]) =>
  runProgram(
    tokenCommand({ stdin: Readable.from([token]), terminal: new PassThrough() }),
    ['token', 'explain', ...args],
    { options: globalOptions() },
  );

describe('npm run ops -- token explain', () => {
  it('says who a good token is, and ends with 0', async () => {
    const { code, out, err } = await explain(`Bearer ${await sign()}\n`, '--issuers', file);

    expect({ code, err }).toEqual({ code: 0, err: '' });
    expect(out).toContain('Principal: CANARY\\jane doe of tenant north; clinician');
    expect(out).toContain('Signature: valid');
    expect(out).toContain('Accepted.');
  });

  it('lists every fault of a bad one with what to do, and ends with 1', async () => {
    const token = await sign({ exp: now - 60, aud: 'other', nonce: 'x' });
    const { code, out } = await explain(token, '--issuers', file, '--json');

    expect(code).toBe(1);
    const { faults, signature, principal } = JSON.parse(out);
    expect(faults.map(({ fault }: { fault: string }) => fault)).toEqual(['not-an-access-token', 'expired', 'audience']);
    expect({ signature, tenant: principal.tenant }).toEqual({ signature: 'valid', tenant: 'north' });
  });

  it('as its own process never prints the token', async () => {
    const token = await sign({ iss: 'https://other.example.org' });
    const args = ['bin/ops.ts', 'token', 'explain', '--issuers', file];
    const { status, stdout, stderr } = spawnSync(process.execPath, args, { input: token, encoding: 'utf8' });

    expect(status).toBe(1);
    expect(stdout).toContain('none of the 1 configured (https://id.example.org)');
    for (const part of token.split('.')) expect(stdout + stderr).not.toContain(part.slice(0, 20));
  });

  it.each<[string, string, readonly string[], string]>([
    ['without a token', '', ['--issuers', file], 'The token is read from standard input'],
    ['without issuers', 'x', [], 'Name the issuers'],
    ['with a file that is not there', 'x', ['--issuers', '/nonexistent'], '/nonexistent cannot be read (ENOENT)'],
    ['with issuers that are wrong', 'x', ['--issuers', 'package.json'], 'The issuers are configured wrongly'],
  ])('%s ends with 2 and one line', async (_what, token, args, message) => {
    const { code, err } = await explain(token, ...args);

    expect(code).toBe(2);
    expect(err).toContain(message);
    expect(err).not.toMatch(/\n\s+at /);
  });
});
