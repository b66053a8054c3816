import { PassThrough } from 'node:stream';
import { confirm, createOutput, printable } from '../../../lib/ops/output.ts';

test('a secret and a terminal escape are never printed', () => {
  expect(printable('key canary-secret \u001b[2J end', ['canary-secret'])).toBe('key [hidden] \u00b7[2J end');
});

test('a short value is not taken for a secret: it would black out words', () => {
  expect(printable('a test', ['test', ''])).toBe('a test');
});

test('a command answers once', () => {
  const stdout = new PassThrough();
  const output = createOutput({ stdout, stderr: new PassThrough(), json: true, secrets: [] });
  output.result({ a: 1 }, 'one');
  expect(() => output.result({ b: 1 }, 'two')).toThrow(/answers once/);
  expect(JSON.parse(String(stdout.read()))).toEqual({ a: 1 });
});

describe('a question before a change', () => {
  const ask = (type: (stdin: PassThrough) => void) => {
    const stdin = Object.assign(new PassThrough(), { isTTY: true });
    const asked = confirm('Roll out?', { stdin, stderr: new PassThrough(), signal: new AbortController().signal });
    type(stdin);
    return asked;
  };

  test.each(['y\n', 'Yes\n', ' y \n'])('%j is a yes', async (answer) => {
    await expect(ask((stdin) => void stdin.write(answer))).resolves.toBeUndefined();
  });

  test.each(['\n', 'n\n', 'yep\n'])('%j is none', async (answer) => {
    await expect(ask((stdin) => void stdin.write(answer))).rejects.toThrow(/was not yes\. Nothing was changed/);
  });

  test('no answer at all is none', async () => {
    await expect(ask((stdin) => void stdin.end())).rejects.toThrow(/no answer\. Nothing was changed/);
  });
});
