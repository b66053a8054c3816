import { smokeCommand } from '@healthcare-ai/ops/commands/smoke';
import { jsonOption, timeoutOption } from '@healthcare-ai/ops/options';
import { freePort } from '../../../service/support/free-port.ts';
import { runProgram } from '../support/run-program.ts';

const secret = 'hai_0123456789ab_ThisSecretMustNeverBePrintedByAnything00000';

const run = (args: readonly string[], more: Omit<Parameters<typeof runProgram>[2], 'options'> = {}) =>
  runProgram(smokeCommand, args, { ...more, options: [jsonOption(), timeoutOption(120_000, '2m')] });

describe('npm run smoke', () => {
  it.each([
    ['no URL', [], /missing required argument/],
    ['an unknown option', ['--insecure', 'https://notes.example.org'], /unknown option/],
    ['what is no URL', ['notes.example.org', '--without-key'], /give the URL/],
    ['a URL with a path', ['https://notes.example.org/ingest', '--without-key'], /no path/],
    ['a password in the URL', ['https://me:pw@notes.example.org', '--without-key'], /no password/],
    ['a key in the URL', [`https://notes.example.org/?key=${secret}`, '--without-key'], /no query/],
    ['plain HTTP over a network', ['http://notes.example.org', '--without-key'], /in the clear/],
    ['plain HTTP to an address elsewhere', ['http://localhost', '--address', '10.0.0.1'], /in the clear/],
    ['no key', ['https://notes.example.org'], /SMOKE_API_KEY or by --key-stdin, or say --without-key/],
    ['an empty standard input', ['https://notes.example.org', '--key-stdin'], /give an API key/],
    ['a pin that is none', ['https://notes.example.org', '--without-key', '--pin', 'abc'], /the pin is the SHA-256/],
    ['authorities that cannot be read', ['https://a.example.org', '--ca', 'none.pem'], /--ca \(ENOENT\)/],
    ['a time that is none', ['https://a.example.org', '--timeout', 'soon'], /use a time such as/],
  ])('refuses %s with exit code 2', async (_, args, message) => {
    const { code, out, err } = await run(args);
    expect({ code, out }).toEqual({ code: 2, out: '' });
    expect(err).toMatch(message);
    expect(err).not.toContain(secret);
  });

  it('refuses a key with what no header can hold, without repeating it', async () => {
    const { code, err } = await run(['https://notes.example.org'], { env: { SMOKE_API_KEY: `${secret}\r\nX: y` } });
    expect(code).toBe(2);
    expect(err).not.toContain(secret);
  });

  it('helps, with an example', async () => {
    const { code, out } = await run(['--help']);
    expect(code).toBe(0);
    expect(out).toContain('Example');
    expect(out).toContain('SMOKE_API_KEY');
  });

  it('writes a line for each check, and fails with exit code 1', async () => {
    const { code, out, err } = await run([`http://127.0.0.1:${await freePort()}`], { env: { SMOKE_API_KEY: secret } });
    expect(code).toBe(1);
    const lines = err.split('\n');
    expect(lines).toHaveLength(13);
    expect(lines).toContainEqual(expect.stringMatching(/^FAIL {2}health +\d+ ms {2}nothing listens there$/));
    expect(out).toMatch(/: 0 ok, \d+ failed, \d+ not made, in \d\.\d s$/);
    expect(out + err).not.toContain(secret);
  });

  it('writes one JSON document, with the lines beside it', async () => {
    const args = [`http://127.0.0.1:${await freePort()}`, '--key-stdin', '--json'];
    const { code, out, err } = await run(args, { stdin: `${secret}\n` });
    expect(code).toBe(1);
    const document = JSON.parse(out);
    expect(document.passed).toBe(false);
    expect(document.results[3]).toMatchObject({ name: 'health', state: 'failed', saw: 'nothing listens there' });
    expect(err).toContain('FAIL  health');
    expect(out + err).not.toContain(secret);
  });
});
