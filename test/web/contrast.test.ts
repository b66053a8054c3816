import { readFileSync } from 'node:fs';

const css = readFileSync('web/src/style/tokens.css', 'utf8');
const pairs = [...css.matchAll(/--([\w-]+): light-dark\((#\w{6}), (#\w{6})\);/g)];
const colours = (scheme: 'light' | 'dark') =>
  Object.fromEntries(pairs.map(([, name, light, dark]) => [name!, scheme === 'light' ? light! : dark!]));

/** https://www.w3.org/TR/WCAG22/#dfn-contrast-ratio */
function contrast(one: string, other: string): number {
  const [low, high] = [luminance(one), luminance(other)].sort((a, b) => a - b);
  return (high! + 0.05) / (low! + 0.05);
}

function luminance(colour: string): number {
  const [red, green, blue] = [1, 3, 5]
    .map((at) => Number.parseInt(colour.slice(at, at + 2), 16) / 255)
    .map((part) => (part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4));
  return 0.2126 * red! + 0.7152 * green! + 0.0722 * blue!;
}

const layers = ['problem', 'drug', 'value', 'care', 'identifier'];
const surfaces = ['desk', 'paper', 'raised'];

describe.each(['light', 'dark'] as const)('in %s', (scheme) => {
  const of = colours(scheme);
  const ratio = (one: string, other: string) => contrast(of[one]!, of[other]!);

  test.each(surfaces.flatMap((surface) => ['ink', 'muted', 'accent', 'alert', 'warn'].map((text) => [text, surface])))(
    '%s can be read on %s',
    (text, surface) => {
      expect(ratio(text!, surface!)).toBeGreaterThanOrEqual(4.5);
    },
  );

  test.each([
    ['on-accent', 'accent'],
    ['ink', 'find'],
    ['ink', 'find-current'],
    ...layers.map((one) => ['ink', `${one}-fill`]),
  ])('%s can be read on %s', (text, fill) => {
    expect(ratio(text!, fill!)).toBeGreaterThanOrEqual(4.5);
  });

  test.each([...layers, 'boundary'])('the line of %s can be seen on every surface that it is drawn on', (line) => {
    for (const surface of ['paper', 'desk']) expect(ratio(line, surface)).toBeGreaterThanOrEqual(3);
  });
});

test('the palette is read: five layers with a line and a fill each', () => {
  expect(Object.keys(colours('light'))).toEqual(expect.arrayContaining(layers.flatMap((one) => [one, `${one}-fill`])));
});
