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
    [
      'Creatinine 0.9/1.9/3.4 and sodium 129/133/141.',
      [
        'creatinine 0.9 normal',
        'creatinine 1.9 high',
        'creatinine 3.4 high',
        'sodium 129 low',
        'sodium 133 low',
        'sodium 141 normal',
      ],
    ],
    ['Lactate cleared 6.1 -> 1.2.', ['lactate 6.1 high', 'lactate 1.2 normal']],
    ['INR was 1.2, is now 4.4.', ['INR 1.2 normal', 'INR 4.4 high']],
    ['BP by ambulance 200/110, now 150/85.', ['blood pressure 200/110 high', 'blood pressure 150/85 high']],
    ['BP-90/50, T-39.2, RR-30', ['blood pressure 90/50 normal', 'temperature 39.2 high', 'respiratory rate 30 high']],
    ['B.P. 178/98, P/R 104/min', ['blood pressure 178/98 high', 'heart rate 104 high']],
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

describe('the columns of a table are the values of one test over time', () => {
  const columns = (note: string) =>
    testsOf(note).map(({ name, values }) =>
      [name, ...values.map(({ low, newest }) => `${low}${newest ? ' newest' : ''}`), values[0]?.rangeOfNote?.text.text]
        .filter((part) => part !== undefined)
        .join(', '),
    );
  test.each([
    ['without a head', 'Urea 19 H  11  2.5-7.8', ['urea, 19 newest, 11, 2.5-7.8']],
    ['newest first', 'Test  05/03/2024  04/03/2024\nUrea  19 H  11', ['urea, 19 newest, 11']],
    [
      'oldest first',
      'Test\t2024-03-04\t2024-03-05\nUrea\t11\t19\nHb\t130\t121',
      ['urea, 11, 19 newest', 'hemoglobin, 130, 121 newest'],
    ],
    ['days in words', 'Lab  Yesterday  Today\nUrea  11  19', ['urea, 11, 19 newest']],
    ['between bars', '| Test | 5/3/24 | 4/3/24 |\n| Urea | 19 | 11 |', ['urea, 19 newest, 11']],
    ['limits in columns', 'Test  Result  Low  High\nUrea  19  2  8', ['urea, 19 newest']],
    ['several tests on a line', 'Urea 19  Potassium 5.9', ['urea, 19 newest', 'potassium, 5.9 newest']],
  ])('%s', (_, note, expected) => {
    expect(columns(note)).toEqual(expected);
  });
});

test.each([
  ['Known CKD, baseline creatinine 160.', [[160, true]]],
  [
    'Baseline creatinine 0.9, now 3.1.',
    [
      [0.9, true],
      [3.1, false],
    ],
  ],
  ['Creatinine 160.', [[160, false]]],
])('a value that is called a baseline is one: %s', (note, expected) => {
  expect(testsOf(note).flatMap(({ values }) => values.map(({ low, baseline }) => [low, baseline]))).toEqual(expected);
});

test.each([
  ["Mother's ferritin was 8.", []],
  ['His brother had a potassium of 6.4.', []],
  ['Wife reports a blood pressure of 180/95.', ['blood pressure']],
  ["Her sister's ferritin is 9, her own ferritin is 40.", ['ferritin']],
])("a relative's value is not the patient's: %s", (note, expected) => {
  expect(testsOf(note).map(({ name }) => name)).toEqual(expected);
});

describe('courses without arrows', () => {
  test.each([
    ['Urea 6, 11 and 19 mmol/L over 48 hours.', [6, 11, 19]],
    ['Platelets 180, 92, 40 over the last 4 days.', [180, 92, 40]],
    ['CRP 12, 60, 210 over three days.', [12, 60, 210]],
    ['Ferritin 8 (Feb), 22 (May), 61 (Aug)', [8, 22, 61]],
    ['HbA1c 58 in March, 64 in June, 71 in September', [58, 64, 71]],
    ['Hb 118 on admission -> 94 post-op -> 82 today.', [118, 94, 82]],
    ['Sodium 140, potassium 4.2, urea 5 over the counter.', [140, 4.2, 5]],
  ])('%s', (note, expected) => {
    expect(testsOf(note).flatMap(({ values }) => values.map(({ low }) => low))).toEqual(expected);
  });
});

describe('names joined by one word share their values in order', () => {
  test.each([
    ['Sodium and potassium were 119 and 5.9 respectively.', ['sodium 119 low', 'potassium 5.9 high']],
    ['Ca/PO4 2.9/0.5', ['calcium 2.9 high', 'phosphate 0.5 low']],
    ['HR and RR 124 and 30', ['heart rate 124 high', 'respiratory rate 30 high']],
    ['Ferritin and folate normal, Hb 90', ['hemoglobin 90 low']],
    [
      'HR 150 irregular, now 92. Pulse irregularly irregular at 104.',
      ['heart rate 150 high', 'heart rate 92 normal', 'heart rate 104 high'],
    ],
    ['Repeat platelets post transfusion 51. Hb post-op 83.', ['platelets 51 low', 'hemoglobin 83 low']],
    ['The normal range for sodium is 135-145.', []],
    ['Potassium 6.2 mmol/L, rechecked 5.9.', ['potassium 6.2 high', 'potassium 5.9 high']],
  ])('%s', (note, expected) => {
    expect(shown(note)).toEqual(expected);
  });
});

describe('increases to a value, powers of ten, and vital signs beside a descriptive word', () => {
  test.each([
    ['Creatinine up to 310 from 140.', 'creatinine 310 high'],
    ['Amylase up to 900.', 'amylase 900 high'],
    ['Temp up to 39.1 overnight.', 'temperature 39.1 high'],
    ['WBC 18.2 x10^9/L', 'white blood cells 18.2 high'],
    ['Platelets 44 x 10^9/L', 'platelets 44 low'],
    ['Neutrophils 0.3 x 10*9/L', 'neutrophils 0.3 low'],
    ['Hypotensive 78/40, hypothermic 33.9.', 'blood pressure 78/40 low'],
    ['Bradycardic 36, afebrile 36.4.', 'heart rate 36 low'],
    ['Tachypnoeic 32.', 'respiratory rate 32 high'],
    ['Supine 150/84 sitting 118/70.', 'blood pressure 118/70 normal'],
  ])('%s', (note, expected) => {
    expect(shown(note)).toContain(expected);
  });

  test.each(['Fever 3 days ago.', 'Tachycardia 2 episodes.'])('%s', (note) => {
    expect(shown(note)).toEqual([]);
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

/** `name: value, value*`, the newest marked, with its position and the note's own flag. */
const series = (note: string) =>
  testsOf(note).map(
    ({ name, values }) =>
      `${name}: ${values
        .map(({ text, newest, position, flagOfNote }) =>
          [text.text + (newest ? '*' : ''), position, flagOfNote?.value].filter((part) => part !== undefined).join(' '),
        )
        .join(', ')}`,
  );

describe('values with a time beside them are one course', () => {
  test.each([
    ['Lactate 5.8 at 02:15, 2.1 at 06:00.', ['lactate: 5.8, 2.1*']],
    ['Potassium 6.3 at 22:00, 4.8 after.', ['potassium: 6.3, 4.8*']],
    ['Sodium 121 on admission, 133 today.', ['sodium: 121, 133*']],
    ['WCC 19.2 on Saturday, 14.1 yesterday and 9.8 this morning.', ['white blood cells: 19.2, 14.1, 9.8*']],
    ['Troponin 8 ng/L (0 h), 112 ng/L (3 h).', ['troponin: 8 ng/L, 112 ng/L*']],
    ['Creatinine 98 today, 240 last week.', ['creatinine: 98*, 240']],
    ['Hb 71 at presentation, 89 post transfusion.', ['hemoglobin: 71, 89*']],
    ['Glucose 2.1 at 07:00, given juice, 6.4 after.', ['glucose: 2.1, 6.4*']],
    ['Bilirubin 210 on day 1 and 88 on day 5.', ['bilirubin: 210, 88*']],
  ])('%s', (note, expected) => {
    expect(series(note)).toEqual(expected);
  });

  test.each([
    ['another test', 'Sodium 138 at 06:00, potassium 4.1.', ['sodium: 138*', 'potassium: 4.1*']],
    ['a dose', 'Potassium 3.1 today, 40 mmol given.', ['potassium: 3.1*']],
    ['a number of days', 'CRP 88 on Monday, 5 days of antibiotics.', ['C-reactive protein: 88*']],
  ])('but not with %s', (_, note, expected) => {
    expect(series(note)).toEqual(expected);
  });
});

describe('pressures by position', () => {
  test.each([
    [
      'Orthostatic vitals: supine 128/70 HR 68, standing 96/58 HR 112.',
      ['blood pressure: 128/70* lying', 'heart rate: 68*', 'blood pressure: 96/58* standing', 'heart rate: 112*'],
    ],
    [
      'Lying 144/82, sitting 130/76, standing 102/60.',
      ['blood pressure: 144/82 lying, 130/76 sitting, 102/60* standing'],
    ],
    ['Postural drop: lying BP 160/90; erect 124/78 after 3 min.', ['blood pressure: 160/90 lying, 124/78* standing']],
  ])('%s', (note, expected) => {
    expect(series(note)).toEqual(expected);
  });
});

describe('a specimen has its own range', () => {
  test.each([
    ['Urine sodium <10, urine osmolality 620.', ['sodium: <10*', 'osmolality: 620*']],
    ['Urinary sodium 24 mmol/L; serum sodium 124 mmol/L.', ['sodium: 24 mmol/L*', 'sodium: 124 mmol/L*']],
    ['CSF glucose 1.9, CSF protein raised.', ['glucose: 1.9*']],
  ])('%s', (note, expected) => {
    expect(series(note)).toEqual(expected);
  });
});

describe('dots that lead to a value', () => {
  test.each([
    ['Calcium ........ 2.71 mmol/L\nAlbumin ....... 31 g/L', ['calcium: 2.71 mmol/L*', 'albumin: 31 g/L*']],
    ['Platelets.......... 88\nINR................ 1.9', ['platelets: 88*', 'INR: 1.9*']],
    ['Urea ..... 14.2 H\nTSH ..... <0.05 L', ['urea: 14.2* high', 'TSH: <0.05* low']],
  ])('%s', (note, expected) => {
    expect(series(note)).toEqual(expected);
  });
});

describe('a long name with its short form', () => {
  test.each([
    ['Body mass index (BMI) of 34.', ['body mass index: 34*']],
    ['The ejection fraction (EF) was 25%.', ['ejection fraction: 25%*']],
    ['Thyroid stimulating hormone (TSH) level of 9.8 mIU/L.', ['TSH: 9.8 mIU/L*']],
    ['Glasgow coma scale (GCS) score of 9.', ['Glasgow coma scale: 9*']],
  ])('%s', (note, expected) => {
    expect(series(note)).toEqual(expected);
  });
});

describe('ranges of rates and percentages', () => {
  test.each([
    ['HR 110s-120s, sats 91-93%.', ['heart rate 110/120 high', 'oxygen saturation 91/93 low']],
    ['EF 30%-35%.', ['ejection fraction 30/35 low']],
    ['LVEF 15% – 20%.', ['ejection fraction 15/20 low']],
  ])('%s', (note, expected) => {
    expect(shown(note)).toEqual(expected);
  });
});

describe('a verdict in the note precedes the value', () => {
  test.each([
    ['An elevated ALT of 52 U/L.', ['ALT: 52 U/L* high']],
    ['Ferritin was low at 14.', ['ferritin: 14* low']],
    ['Ammonia is raised (61 umol/L).', ['ammonia: 61 umol/L* high']],
    ['Normal potassium of 5.2.', ['potassium: 5.2* normal']],
    ['Sodium has decreased to 137.', ['sodium: 137*']],
    ['Sodium not low at 136.', ['sodium: 136*']],
  ])('%s', (note, expected) => {
    expect(series(note)).toEqual(expected);
  });
});

describe('a change as a noun, a treatment between, a score by its parts', () => {
  test.each([
    ['Hb drop from 141 to 79 overnight.', ['hemoglobin: 141, 79*']],
    ['Platelet fall from 210 to 45.', ['platelets: 210, 45*']],
    ['Creatinine rise from 80 to 210 in two days.', ['creatinine: 80, 210*']],
    ['BM 1.9, after glucose gel 5.5.', ['glucose: 1.9, 5.5*']],
    ['Potassium 6.6, after insulin 4.9.', ['potassium: 6.6, 4.9*']],
    ['SpO2 84%, post nebuliser 93%.', ['oxygen saturation: 84%, 93%*']],
    ['GCS E3 V4 M6 = 13.', ['Glasgow coma scale: 13*']],
    ['GCS (E2V2M4) 8', ['Glasgow coma scale: 8*']],
    ['NEWS 5 overnight.', ['NEWS: 5*']],
    ['No good news 3 days later.', []],
  ])('%s', (note, expected) => {
    expect(series(note)).toEqual(expected);
  });
});

describe('a treatment between two arrows', () => {
  test.each([
    ['Glucose 48 -> given juice -> 96.', ['glucose: 48, 96*']],
    ['K+ 2.7 -> replaced -> 3.9.', ['potassium: 2.7, 3.9*']],
    ['Hb 61 → 2 units → 84.', ['hemoglobin: 61, 84*']],
  ])('%s', (note, expected) => {
    expect(series(note)).toEqual(expected);
  });
});

describe('numbers that are not test values', () => {
  test.each([
    ['Staining for cytokeratin (CK) 7 was positive.', []],
    ['An infusion of dextrose, glucose (6.5 mg/kg/min), was begun.', []],
    ['Measured by PTH 2nd generation assay.', []],
    ['Creatine kinase (CK) 2100 U/L.', ['CK: 2100 U/L*']],
  ])('%s', (note, expected) => {
    expect(series(note)).toEqual(expected);
  });
});
