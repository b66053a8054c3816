import { PassThrough } from 'node:stream';
import { confirm, createOutput, printable, timed } from '@healthcare-ai/ops/output';

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

describe('a state that takes the place of the one before', () => {
  const draw = (screen: object, json = false) => {
    const stdout = Object.assign(new PassThrough(), screen);
    const output = createOutput({ stdout, stderr: new PassThrough(), json, secrets: ['canary-secret'] });
    for (const text of ['1\n2', '1\n2', 'canary-secret\n\u001b[31m'.concat('\nx'.repeat(30))])
      output.redraw({ text }, text);
    return String(stdout.read());
  };

  test('is reported once where there is no terminal, and without escapes', () => {
    expect(draw({})).toBe(`1\n2\n[hidden]\n\u00b7[31m${'\nx'.repeat(30)}\n`);
  });

  test('is a line of JSON with --json, on a terminal too', () => {
    const rows = draw({ isTTY: true }, true).trim().split('\n');
    expect(rows.map((row) => Object.keys(JSON.parse(row)))).toEqual([['text'], ['text']]);
  });

  test('is drawn over it on a terminal, from the top and no longer than the screen', () => {
    const screens = draw({ isTTY: true, rows: 10, columns: 80 }).split('\u001b[H\u001b[J').slice(1);
    expect(screens.slice(0, 2)).toEqual(['1\n2\n', '1\n2\n']);
    expect(screens[2]).toBe(`[hidden]\n\u00b7[31m${'\nx'.repeat(6)}\n... 24 lines more: a taller window shows them\n`);
  });
});

test('what happens in a change says at what time', () => {
  const stderr = new PassThrough();
  const output = createOutput({ stdout: new PassThrough(), stderr, json: false, secrets: [] });
  timed(output, { now: () => Date.UTC(2026, 10, 23, 18, 4, 5) }).progress('Migration');
  expect(String(stderr.read())).toBe('18:04:05  Migration\n');
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
