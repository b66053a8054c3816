import { alignLines, type Replaced } from '../../../web/src/try/aligned.ts';
import { keptIdentifiers } from '../../../web/src/try/kept.ts';

/** Replaces each word of the list, as the service does. */
function deidentify(text: string, words: Readonly<Record<string, string>>) {
  const spans: Replaced[] = [];
  let output = '';
  let at = 0;
  for (const [word, replacement] of Object.entries(words)) {
    const start = text.indexOf(word, at);
    output += text.slice(at, start);
    at = start + word.length;
    const output_start = output.length;
    output += replacement;
    const output_end = output.length;
    spans.push({ start, end: at, text: word, category: 'NAME', rule: 'r', replacement, output_start, output_end });
  }
  return { text: output + text.slice(at), spans };
}
const shown = (lines: ReturnType<typeof alignLines>) =>
  lines.map(({ original, deidentified }) => [
    original.map(({ text }) => text).join(''),
    deidentified.map(({ text }) => text).join(''),
  ]);

describe('lines of the original and of the de-identified text', () => {
  test('stand side by side, whatever the length of what stands in place of a name', () => {
    const text = 'Mr Li came.\nDr Hartnell-Okafor saw him.\n\nHe left.';

    const lines = alignLines(text, deidentify(text, { Li: '[NAME]', 'Hartnell-Okafor': 'X' }), []);

    expect(shown(lines)).toEqual([
      ['Mr Li came.', 'Mr [NAME] came.'],
      ['Dr Hartnell-Okafor saw him.', 'Dr X saw him.'],
      ['', ''],
      ['He left.', 'He left.'],
    ]);
    expect(lines.map(({ number }) => number)).toEqual([1, 2, 3, 4]);
    expect(lines[1]!.original[1]!.replaced?.replacement).toBe('X');
  });

  test('are cut where an identifier goes over the end of a line, and what stands in its place is on the first', () => {
    const text = 'Seen by Rosalind\r\nHartnell today.\r\nEnd.';

    const lines = alignLines(text, deidentify(text, { 'Rosalind\r\nHartnell': '[NAME]' }), []);

    expect(shown(lines)).toEqual([
      ['Seen by Rosalind', 'Seen by [NAME]'],
      ['Hartnell today.', ' today.'],
      ['End.', 'End.'],
    ]);
  });

  test.each([
    ['CRLF', 'a\r\nLi\r\nb'],
    ['CR', 'a\rLi\rb'],
    ['LF at the end', 'a\nLi\nb\n'],
  ])('are three with %s', (_what, text) => {
    expect(shown(alignLines(text, deidentify(text, { Li: 'N' }), []))).toEqual([
      ['a', 'a'],
      ['Li', 'N'],
      ['b', 'b'],
    ]);
  });

  test('together are the whole text, with emoji, combining characters and right-to-left words', () => {
    const text = '\ufeff👩‍⚕️ Amélie O\u0301lafs\u0301on שלום Li عربي\nnext 🫀 Li.';

    const lines = alignLines(text, deidentify(text, { 'O\u0301lafs\u0301on': '[NAME]', Li: '[N]' }), []);

    expect(
      shown(lines)
        .map(([original]) => original)
        .join('\n'),
    ).toBe(text);
    expect(shown(lines)[0]![1]).toBe('\ufeff👩‍⚕️ Amélie [NAME] שלום [N] عربي');
  });

  test('of spans that do not fit the text are refused, rather than shown in the wrong place', () => {
    expect(() => alignLines('abc', { text: 'ab', spans: [] }, [])).toThrow('do not lead');
  });
});

describe('what may have been left', () => {
  test('is a name that was replaced in one place and stands in another', () => {
    const text = 'Rosalind Hartnell came. Mrs Hartnell left with Rosalind.';
    const { spans } = deidentify(text, { 'Rosalind Hartnell': '[NAME]' });

    const kept = keptIdentifiers(text, spans, []);

    expect(kept.map(({ text: word }) => word)).toEqual(['Hartnell', 'Rosalind']);
    expect(kept.map(({ start, end }) => text.slice(start, end))).toEqual(['Hartnell', 'Rosalind']);
  });

  test('is what the analysis calls an identifier and was not replaced', () => {
    const text = 'MRN 00482917 and 00482917.';
    const phi = [{ start: 4, end: 12, text: '00482917', category: 'MRN' }];

    expect(keptIdentifiers(text, [], phi)).toEqual([{ start: 4, end: 12, text: '00482917', why: 'found as mrn' }]);
  });

  test('is not a word that differs in its case, is part of another, or is short', () => {
    const text = 'Will Li Grant came. He will grant it; Grantham, Li.';
    const { spans } = deidentify(text, { 'Will Li Grant': '[NAME]' });

    expect(keptIdentifiers(text, spans, [])).toEqual([]);
  });

  test('is marked on both sides of the grid', () => {
    const text = 'Rosalind Hartnell.\nMrs Hartnell left.';
    const made = deidentify(text, { 'Rosalind Hartnell': '[NAME]' });

    const [, second] = alignLines(text, made, keptIdentifiers(text, made.spans, []));

    for (const side of [second!.original, second!.deidentified]) {
      expect(side.filter(({ kept }) => kept).map(({ text: word }) => word)).toEqual(['Hartnell']);
      expect(side.map(({ text: words }) => words).join('')).toBe('Mrs Hartnell left.');
    }
  });
});
