import { SectionFeatures } from '@healthcare-ai/clinical-text/sections/features';
import { KnownFeatures } from '@healthcare-ai/clinical-text/sections/known-features';
import { tokenize } from '@healthcare-ai/clinical-text/text/tokens';
import { FeatureNames } from '../../../packages/clinical-text/bench/section-trainer.ts';
import { generator } from '../../../packages/clinical-text/bench/statistics.ts';

const extractor = new SectionFeatures();

const namesIn = (text: string): string[] => {
  const tokens = tokenize(text);
  const sink = new FeatureNames();
  extractor.read(tokens, 0, tokens.count, sink);
  return [...sink.names];
};

/** The names of what the model has of a text, and how many features the text has. */
const readBy = (known: KnownFeatures, model: readonly string[], text: string) => {
  const tokens = tokenize(text);
  known.clear();
  extractor.read(tokens, 0, tokens.count, known);
  return { names: [...known.found.subarray(0, known.count)].map((at) => model[at]!), size: known.size };
};

const texts = [
  'Cough for 3 days, cough at night, cough with sputum for 12 days.',
  'Zorbling worse; the zorbling came 4 of 7 nights. Müdigkeit, Erschöpfung, schläfrig.',
  'Menière for years, now Menière again.',
  'Took 20 mg of quandrolin and 5 mg of quandrolin: better.',
  'Lives alone. Smokes 10 a day.',
  'Appendectomy 1999. Cholecystectomy later, without complications or complications of anaesthesia.',
  '',
];

test('finds each feature of a model once per text, in order', () => {
  const model = texts.flatMap(namesIn).filter((name, at, all) => all.indexOf(name) === at);
  const known = new KnownFeatures(model);
  for (const text of texts)
    expect(readBy(known, model, text)).toEqual({ names: namesIn(text), size: namesIn(text).length });
});

test('features that are not in the model count only toward the size', () => {
  const model = texts.flatMap(namesIn).filter((name, at, all) => all.indexOf(name) === at && at % 3 === 0);
  const known = new KnownFeatures(model);
  for (const text of texts) {
    const names = namesIn(text);
    expect(readBy(known, model, text)).toEqual({
      names: names.filter((name) => model.includes(name)),
      size: names.length,
    });
  }
});

test('the features of a text do not depend on earlier texts', () => {
  const model = texts.flatMap(namesIn).filter((name, at, all) => all.indexOf(name) === at);
  const known = new KnownFeatures(model);
  const first = texts.map((text) => readBy(known, model, text));
  for (let round = 0; round < 300; round++)
    texts.forEach((text, at) => {
      expect(readBy(known, model, text)).toEqual(first[at]);
    });
});

/** A made-up word for each number below 676. */
const made = (start: string, number: number): string =>
  `${start}${String.fromCharCode(97 + (number % 26), 97 + Math.floor(number / 26))}v`;

test('unlisted words count once per text, also after earlier texts with the same words', () => {
  const known = new KnownFeatures(['cough', 'cough for']);
  const strange = [
    'Wexlin cough wexlin, then trovask cough.',
    'Trovask and wexlin; brimp for trovask.',
    'Brimp wexlin brimp.',
  ];
  for (const text of [...strange, ...strange.toReversed(), ...strange])
    expect(readBy(known, ['cough', 'cough for'], text).size).toBe(namesIn(text).length);
});

test('a text above the read limit has each feature once', () => {
  const random = generator(7);
  const words = Array.from({ length: 600 }, () => made('q', Math.floor(60 * random())));
  const text = words.join(' ');
  const model = namesIn(text);
  expect(model.length).toBeGreaterThan(300);
  expect(readBy(new KnownFeatures(model), model, text)).toEqual({ names: model, size: model.length });
});

test('a word has its feature once, also with hundreds of words between its occurrences', () => {
  const words = Array.from({ length: 650 }, (_, at) => made('z', at));
  const model = [...words];
  const known = new KnownFeatures(model);
  for (const from of [0, 300]) readBy(known, model, words.slice(from, from + 350).join(' '));
  const text = [...words.slice(0, 30), ...words.slice(330), ...words.slice(0, 30)].join(' ');
  expect(readBy(new KnownFeatures(model), model, text).names).toEqual([...words.slice(0, 30), ...words.slice(330)]);
});

test('features of topics are marked as such', () => {
  const known = new KnownFeatures(['cough', 'cough for', '@symptom', '#3', '~ough', '^cough']);
  expect([0, 1, 2, 3, 4, 5].map((feature) => known.isTopic(feature))).toEqual([false, false, true, true, false, false]);
});
