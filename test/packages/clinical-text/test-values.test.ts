import { EmbeddedEngine } from '@healthcare-ai/clinical-text/embedded-engine';

const engine = new EmbeddedEngine();
const testsOf = (note: string) => engine.analyzeNote(note).tests;
/** Each value as version 1 shows it. */
const shown = (note: string) => {
  const { vitals, labs } = engine.analyzeSync(note);
  return [...vitals, ...labs].map(({ name, values, flag }) => `${name} ${values.join('/')} ${flag}`);
};

describe('a course of values is read as a whole', () => {
  test.each([
    ['Platelets 210 -> 96 -> 41.', ['platelets 210 normal', 'platelets 96 low', 'platelets 41 low']],
    ['Bilirubin rose from 1.1 to 7.4 mg/dL.', ['bilirubin 1.1 normal', 'bilirubin 7.4 high']],
    ['Sodium 128, now 134.', ['sodium 128 low', 'sodium 134 low']],
    ['Urea 22.4 mmol/L (was 6.1).', ['urea 22.4 high', 'urea 6.1 normal']],
  ])('%s', (note, expected) => {
    expect(shown(note)).toEqual(expected);
  });

  test.each([
    ['Haemoglobin 71 g/L, down from 118.', [71]],
    ['Ferritin 4 -> 12 -> 60', [60]],
    ['Creatinine 3.0 mg/dL (baseline 0.9).', [3]],
  ])('the newest value is marked: %s', (note, expected) => {
    expect(testsOf(note).flatMap(({ values }) => values.filter(({ newest }) => newest).map(({ low }) => low))).toEqual(
      expected,
    );
  });
});

describe('bounds are values', () => {
  test.each([
    ['Ferritin >2000', ['ferritin 2000 high']],
    ['eGFR <15', ['estimated GFR 15 low']],
    ['Lipase > 900', ['lipase 900 high']],
  ])('%s', (note, expected) => {
    expect(shown(note)).toEqual(expected);
  });
});

describe('vital signs in prose', () => {
  test.each([
    ['Bradycardic at 38, tachypnoeic to 34.', ['heart rate 38 low', 'respiratory rate 34 high']],
    ['Desaturated to 81% on room air.', ['oxygen saturation 81 low']],
    ['Febrile to 39.6 with systolics in the 80s.', ['temperature 39.6 high', 'systolic blood pressure 80 low']],
    ['He has had a fever for 3 days.', []],
  ])('%s', (note, expected) => {
    expect(shown(note)).toEqual(expected);
  });
});

describe('runs of vital signs without spaces', () => {
  test.each([
    [
      'T38.4 P104 R22 BP96/58',
      ['temperature 38.4 high', 'heart rate 104 high', 'respiratory rate 22 high', 'blood pressure 96/58 normal'],
    ],
    ['HR118 RR26 SpO2 90%', ['heart rate 118 high', 'respiratory rate 26 high', 'oxygen saturation 90 low']],
    ['t 36.9 p 64 bp 118/70', ['temperature 36.9 normal', 'heart rate 64 normal', 'blood pressure 118/70 normal']],
    ['Immunostains for CK7 and CK20; T2 N0; L4 fracture.', []],
  ])('%s', (note, expected) => {
    expect(shown(note)).toEqual(expected);
  });
});

describe('decimal commas', () => {
  test.each([
    ['Natrium 131 mmol/l, Laktat 4,1 mmol/l', ['sodium 131 low', 'lactate 4.1 high']],
    ['HbA1c 8,9 %', ['hemoglobin A1c 8.9 high']],
    ['Kalium 2,9 mmol/l, CRP 143,5 mg/l', ['potassium 2.9 low', 'C-reactive protein 143.5 high']],
    ['WBC 12,400', ['white blood cells 12400 high']],
  ])('%s', (note, expected) => {
    expect(shown(note)).toEqual(expected);
  });
});

describe('tables', () => {
  test.each([
    ['Potassium | 6.1 | H\nSodium | 129 | L', ['potassium 6.1 high', 'sodium 129 low']],
    ['Test | Result | Unit | Range\nTSH | 9.4 | mIU/L | 0.4-4.0', ['TSH 9.4 high']],
    ['| Albumin | 24 | g/L | L |', ['albumin 24 low']],
  ])('%s', (note, expected) => {
    expect(shown(note)).toEqual(expected);
  });
});

describe('blood gases and joined names', () => {
  test.each([
    ['VBG: pH 7.18, pCO2 72, HCO3 25', ['pH 7.18 low', 'pCO2 72 high', 'bicarbonate 25 normal']],
    ['ABG 7.30/58/61/28', ['pH 7.3 low', 'pCO2 58 high', 'pO2 61 low', 'bicarbonate 28 normal']],
    ['H/H 8.2/25', ['hemoglobin 8.2 low', 'hematocrit 25 low']],
  ])('%s', (note, expected) => {
    expect(shown(note)).toEqual(expected);
  });
});

test('positions stand before or after their values', () => {
  const positions = (note: string) =>
    testsOf(note).flatMap(({ values }) => values.map(({ text, position }) => [text.text, position]));
  expect(positions('BP supine 138/84, erect 102/66.')).toEqual([
    ['138/84', 'lying'],
    ['102/66', 'standing'],
  ]);
  expect(positions('BP 150/92 sitting, 118/74 standing.')).toEqual([
    ['150/92', 'sitting'],
    ['118/74', 'standing'],
  ]);
});

test("the note's own flag and range are kept apart from the range of the rule pack", () => {
  expect(testsOf('Calcium 2.45 mmol/L (H) [2.10-2.40]')[0]?.values[0]).toMatchObject({
    flagOfNote: { value: 'high' },
    rangeOfNote: { low: 2.1, high: 2.4 },
    flagOfRange: { value: 'normal' },
  });
});

describe('goals and conditions are no measurements', () => {
  test.each([
    'Aim for sats 88-92%.',
    'Call if HR >120.',
    'Target Hb > 90.',
    'Keep MAP > 65.',
    'Hold digoxin if pulse <55.',
  ])('%s', (note) => {
    expect(shown(note)).toEqual([]);
  });
});

test('a result that is awaited has no value', () => {
  expect(
    testsOf('TSH pending, ferritin 9.').map(({ name, pending, values }) => [name, pending, values.length]),
  ).toEqual([
    ['TSH', true, 0],
    ['ferritin', false, 1],
  ]);
});

test.each(['Potassium 40 mEq given.', 'Magnesium 400 mg daily.', 'Glucose 10% 150 ml IV.'])(
  'a dose is no result: %s',
  (note) => {
    expect(shown(note)).toEqual([]);
  },
);

test('offsets are exact beside characters of every plane', () => {
  const note = '𝔹𝕡 😷 BP 142/88 mmHg → 118/76; K⁺: K 3.1 (L)';
  for (const { start, end, text, values } of testsOf(note)) {
    expect(note.slice(start, end)).toBe(text);
    for (const value of values) expect(note.slice(value.text.start, value.text.end)).toBe(value.text.text);
  }
  expect(testsOf(note).map(({ name }) => name)).toEqual(['blood pressure', 'potassium']);
});
