import { EmbeddedEngine } from '@healthcare-ai/clinical-text/embedded-engine';

const engine = new EmbeddedEngine();
const measured = (note: string) => {
  const { vitals, labs } = engine.analyzeSync(note);
  return [...vitals, ...labs].map(({ name, values, unit, flag }) => [name, values, unit, flag]);
};

describe('vital signs', () => {
  test.each([
    ['Blood pressure: 142/88 mmHg', ['blood pressure', [142, 88], 'mmHg', 'high']],
    ['BP 118/76.', ['blood pressure', [118, 76], null, 'normal']],
    ['BP was 82/40', ['blood pressure', [82, 40], null, 'low']],
    ['heart rate of 125 beats per minute', ['heart rate', [125], 'beats per minute', 'high']],
    ['Temperature: 101.2 degrees F', ['temperature', [101.2], 'degrees F', 'high']],
    ['temperature was 38.9 °C', ['temperature', [38.9], '°C', 'high']],
    ['SpO2: 88% on room air', ['oxygen saturation', [88], '%', 'low']],
    ['respirations 16', ['respiratory rate', [16], null, 'normal']],
  ])('%s', (note, expected) => {
    expect(measured(note)).toEqual([expected]);
  });
});

describe('laboratory values', () => {
  test.each([
    ['Hemoglobin A1c is elevated at 8.', ['hemoglobin A1c', [8], null, 'high']],
    ['creatinine 2.4 mg/dL', ['creatinine', [2.4], 'mg/dL', 'high']],
    ['creatinine 60 μmol/L', ['creatinine', [60], 'μmol/L', 'normal']],
    ['WBC count was 12,700', ['white blood cells', [12700], null, 'high']],
    ['Potassium 3.1 mEq/L', ['potassium', [3.1], 'mEq/L', 'low']],
    ['TSH 9.1', ['TSH', [9.1], null, 'high']],
  ])('%s', (note, expected) => {
    expect(measured(note)).toEqual([expected]);
  });

  test('a marker with a number in its name is no value', () => {
    expect(measured('Immunostains for CK7 and CK20 were done at T4.')).toEqual([]);
  });

  test('an impossible value is not reported', () => {
    expect(measured('Potassium 410.')).toEqual([]);
  });
});

describe('age and sex', () => {
  const people = (note: string) => {
    const { ages, sexes } = engine.analyzeSync(note);
    return { ages: ages.map(({ text, years }) => [text, years]), sexes: sexes.map(({ value }) => value) };
  };

  test.each([
    ['A 57-year-old man presented.', ['57-year-old', 57], 'male'],
    ['This 67 y/o RHF had a stroke.', ['67 y/o', 67], 'female'],
    ['A 34-yr-old primipara was admitted.', ['34-yr-old', 34], 'female'],
    ['A sixty-five-year-old woman came in.', ['sixty-five-year-old', 65], 'female'],
    ['The patient is a 50 yo M with gout.', ['50 yo', 50], 'male'],
  ])('%s', (note, age, sex) => {
    expect(people(note)).toEqual({ ages: [age], sexes: [sex] });
  });

  test('months are told in years', () => {
    expect(people('A 6-month-old girl.').ages).toEqual([['6-month-old', 0.5]]);
  });

  test("a relative's age and the age at an event are not the patient's", () => {
    expect(people('Her 45-year-old brother is well. At age 12 years infliximab was stopped.').ages).toEqual([]);
  });
});
