import { EmbeddedEngine } from '@healthcare-ai/clinical-text/embedded-engine';
import { faultsOf } from '../../../service/src/analysis/check-analysis.ts';
import { sizeOf } from '../../support/size.ts';
import fc from '../support/properties.ts';

const engine = new EmbeddedEngine();
const analyse = (text: string) =>
  engine.analyzeSync(text, { mode: 'recall-first', replacement: 'surrogate', dateShiftDays: -14 });

const repeat = (unit: string) => (size: number) => unit.repeat(Math.ceil(size / unit.length)).slice(0, size);
const everyPlane = (size: number): string => {
  const parts: string[] = [];
  for (let code = 32, length = 0; length < size; code = (code * 7 + 13) % 0x11_0000) {
    const character = String.fromCodePoint(code);
    parts.push(character);
    length += character.length;
  }
  return parts.join('');
};

/** What makes careless expressions backtrack, and what makes windows and scopes pile up. */
const hostile: Readonly<Record<string, (size: number) => string>> = {
  'opening brackets': repeat('(['),
  'full stops': repeat('.'),
  'one endless word': repeat('a'),
  'one endless number': repeat('1'),
  'numbers and hyphens': repeat('1-'),
  'numbers and slashes': repeat('1/2/'),
  'numbers and dots': repeat('1.'),
  'at signs': repeat('a@b.'),
  'web addresses without end': repeat('www.a/'),
  'unknown names': repeat('Xyzzyq '),
  'titles and initials': repeat('Dr. A. B. '),
  'hyphenated initials': repeat('A-'),
  'hospitals of hospitals': repeat('Foo Hospital of '),
  'streets without a street': repeat('1 A B C '),
  'labels of labels': repeat('Name: MRN: '),
  'nested negations': repeat('no history of no evidence of '),
  'drugs and doses': repeat('aspirin 5 mg daily '),
  'doses without drugs': repeat('5 mg/kg/min every 4 to '),
  'vitals without values': repeat('BP is was of at '),
  ages: repeat('90-year-old '),
  headings: repeat('PLAN:\n'),
  'blank lines': repeat('a\n\n'),
  'zero-width characters': repeat('a\u200b\u2060'),
  'right-to-left overrides': repeat('\u202eשלום '),
  'combining marks': repeat('\u0301'),
  'unpaired surrogates': repeat('\ud800'),
  'every plane of Unicode': everyPlane,
};
const kinds = Object.entries(hostile);

test.each(kinds)('%s: the analysis is sound', (_, make) => {
  const text = make(5000);
  expect(faultsOf(text, analyse(text))).toEqual([]);
});

describe('no rule is super-linear', () => {
  const SMALL = sizeOf(5_000, 20_000);
  const FACTOR = 8;
  /** Linear growth takes 8 times as long, quadratic 64: half-way, in ratios, stays clear of a busy machine's noise. */
  const MOST = 24;
  const timeOf = (text: string): number => {
    const start = process.cpuUsage();
    analyse(text);
    const { user, system } = process.cpuUsage(start);
    return user + system;
  };

  test.each(kinds)('%s', (_, make) => {
    analyse(make(SMALL));
    const [few, many] = [make(SMALL), make(SMALL * FACTOR)];
    let [small, large] = [Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY];
    // The best of each: a pause of the machine makes a run longer, never shorter.
    for (let run = 0; run < 2 || (run < 8 && large / small >= MOST); run++) {
      small = Math.min(small, Math.max(500, timeOf(few)));
      large = Math.min(large, timeOf(many));
    }
    expect(large / small).toBeLessThan(MOST);
  });
});

test('2 MB of brackets end', () => {
  const text = '(['.repeat(2 ** 20);
  expect(analyse(text).phi).toEqual([]);
});

test('any text at all gives a sound analysis, the same twice', () => {
  const words = fc.constantFrom(
    ...['\n', '\n\n', '\u200b'],
    ..."no pain Dr. Smith aspirin 5 mg 3/4/2020 MRN: ( ) PLAN : BP 120/80 90-year-old @ . - 's É 😀 history of Hospital St. ,".split(
      ' ',
    ),
  );
  const texts = fc.oneof(
    fc.string({ unit: 'binary', maxLength: 300 }),
    fc.array(fc.tuple(words, fc.constantFrom(' ', '', '  ')), { maxLength: 60 }).map((parts) => parts.flat().join('')),
  );
  fc.assert(
    fc.property(texts, (text) => {
      const analysis = analyse(text);
      expect(faultsOf(text, analysis)).toEqual([]);
      expect(JSON.stringify(analyse(text))).toBe(JSON.stringify(analysis));
    }),
    { numRuns: sizeOf(500, 2_000) },
  );
});
