import { createFinder } from '../../../web/src/text/find.ts';

const found = (text: string, query: string) =>
  createFinder(text)(query).map(({ start, end }) => [start, text.slice(start, end)]);

test('finds every occurrence, whatever its case', () => {
  expect(found('Fever. No fever. FEVERISH', 'fever')).toEqual([
    [0, 'Fever'],
    [10, 'fever'],
    [17, 'FEVER'],
  ]);
});

test.each([
  ['composed by decomposed', 'Crème brûlée', 'cre\u0300me', 'Crème'],
  ['decomposed by plain', 'fie\u0300vre', 'fievre', 'fie\u0300vre'],
  ['across the end of a line', 'chest\r\n   pain', 'chest pain', 'chest\r\n   pain'],
  ['behind a byte order mark', '\ufeffBP 120', 'bp', 'BP'],
  ['behind emoji', '👩‍👩‍👧🫀 fever', 'fever', 'fever'],
  ['emoji themselves', 'sad 😢 today', '😢', '😢'],
  ['Arabic with vowel signs by the same without', 'حُمَّى شديدة', 'حمى', 'حُمَّى'],
  ['Hebrew', 'חום גבוה', 'גבוה', 'גבוה'],
  ['where folding makes a character longer', 'ﬁrst İstanbul visit', 'visit', 'visit'],
])('finds %s', (_, text, query, expected) => {
  expect(found(text, query).map(([, words]) => words)).toEqual([expected]);
});

test('ends a hit with the whole character', () => {
  expect(found('cafe\u0301', 'cafe')).toEqual([[0, 'cafe\u0301']]);
});

test('finds nothing for an empty question', () => {
  expect(found('BP 120/80', '  ')).toEqual([]);
});
