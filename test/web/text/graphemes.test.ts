import { graphemeWidener } from '../../../web/src/text/graphemes.ts';

const widened = (text: string, start: number, end: number) => {
  const place = graphemeWidener(text)({ start, end });
  return text.slice(place.start, place.end);
};

test.each([
  ['an accent that combines', 'e\u0301te', 0, 1, 'e\u0301'],
  ['an emoji of several parts', 'a👩‍👩‍👧b', 3, 5, '👩‍👩‍👧'],
  ['half of a surrogate pair', 'x🫀y', 1, 2, '🫀'],
  ['CR without its LF', 'a\r\nb', 0, 2, 'a\r\n'],
  ['a Devanagari vowel sign', 'क\u093fक', 0, 1, 'क\u093f'],
  ['an Arabic vowel sign', 'حُمى', 0, 1, 'حُ'],
  ['a flag', '🇩🇪x', 2, 4, '🇩🇪'],
])('widens to %s', (_, text, start, end, expected) => {
  expect(widened(text, start, end)).toBe(expected);
});

test('leaves what is whole as it is', () => {
  const text = 'BP 120/80, naïve, حمى';
  for (let start = 0; start < text.length; start += 1)
    expect(widened(text, start, text.length)).toBe(text.slice(start));
});
