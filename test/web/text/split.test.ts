import { covered, locate } from '../../../web/src/text/offsets.ts';
import { splitAtItems } from '../../../web/src/text/split.ts';

const at = (id: string, start: number, end: number) => ({ id, start, end });
const shown = (text: string, items: readonly ReturnType<typeof at>[]) =>
  splitAtItems(text.length, items).map(({ start, end, items: found }) => [
    text.slice(start, end),
    found.map(({ id }) => id).join('>'),
  ]);

test('a note is cut where items begin and end, and the fragments are the whole note', () => {
  expect(shown('no chest pain today', [at('p1', 3, 13), at('s1', 0, 19), at('site', 3, 8)])).toEqual([
    ['no ', 's1'],
    ['chest', 's1>p1>site'],
    [' pain', 's1>p1'],
    [' today', 's1'],
  ]);
});

test('items that cross each other share a fragment', () => {
  expect(shown('abcdef', [at('left', 0, 4), at('right', 2, 6)])).toEqual([
    ['ab', 'left'],
    ['cd', 'left>right'],
    ['ef', 'right'],
  ]);
});

test('items that touch stay apart, and those that are empty or beyond the note are left out', () => {
  expect(
    shown('abcd', [at('a', 0, 2), at('b', 2, 4), at('none', 1, 1), at('beyond', 3, 9), at('before', -1, 2)]),
  ).toEqual([
    ['ab', 'a'],
    ['cd', 'b'],
  ]);
});

test('a note without items is one fragment, and an empty note none', () => {
  expect(shown('abc', [])).toEqual([['abc', '']]);
  expect(shown('', [])).toEqual([]);
});

test.each([
  ['CRLF', 'BP 120/80\r\nHR 70\r\n', 'HR 70'],
  ['a byte order mark', '\ufeffBP 120/80', 'BP 120/80'],
  ['emoji', '👩‍👩‍👧 visited. 🫀 failure', 'failure'],
  ['combining characters', 'fie\u0300vre, naïve, fever', 'fever'],
  ['right-to-left text', 'المريض: حمى fever حمى', 'حمى fever'],
  ['a lone surrogate', 'x\ud83dy fever', 'fever'],
])('offsets are right behind %s', (_, note, words) => {
  const start = note.indexOf(words);
  const fragments = splitAtItems(note.length, [{ start, end: start + words.length }]);

  expect(fragments.map((fragment) => note.slice(fragment.start, fragment.end)).join('')).toBe(note);
  const [marked] = fragments.filter(({ items }) => items.length > 0);
  expect(note.slice(marked!.start, marked!.end)).toBe(words);
});

test('an offset leads to its fragment and the place in it', () => {
  const fragments = splitAtItems(10, [at('a', 2, 5), at('b', 5, 8)]);

  expect([0, 1, 2, 4, 5, 9, 10].map((offset) => locate(fragments, offset))).toEqual([
    { index: 0, inside: 0 },
    { index: 0, inside: 1 },
    { index: 1, inside: 0 },
    { index: 1, inside: 2 },
    { index: 2, inside: 0 },
    { index: 3, inside: 1 },
    { index: 3, inside: 2 },
  ]);
  expect(covered(fragments, { start: 2, end: 8 })).toEqual({ from: 1, to: 3 });
  expect(covered(fragments, { start: 0, end: 2 })).toEqual({ from: 0, to: 1 });
});
