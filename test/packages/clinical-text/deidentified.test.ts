import { createSecretKey, randomBytes } from 'node:crypto';
import { EmbeddedEngine } from '@healthcare-ai/clinical-text/embedded-engine';
import { dateShiftDays } from '@healthcare-ai/clinical-text/phi/date-shift';

const engine = new EmbeddedEngine();
const note =
  'Mr. Quexley, MRN 4417820, was seen on 03/14/2019 and on March 20, 2019. Quexley is 94 years old. Call 412-555-0143.';

test('masks name the category', () => {
  expect(engine.analyzeSync(note).deidentified.text).toBe(
    'Mr. [NAME], MRN [MRN], was seen on [DATE] and on [DATE]. [NAME] is [AGE_OVER_89] years old. Call [PHONE].',
  );
});

describe('surrogates', () => {
  const surrogates = (seed: string) =>
    engine.analyzeSync(note, { replacement: 'surrogate', surrogateSeed: seed }).deidentified;

  test('are the same for the same name, and none of the identifiers is left', () => {
    const { text, spans } = surrogates('patient-1');
    const names = spans.filter(({ category }) => category === 'NAME').map(({ replacement }) => replacement);
    expect(new Set(names).size).toBe(1);
    for (const secret of ['Quexley', '4417820', '03/14/2019', '412-555-0143', '94']) expect(text).not.toContain(secret);
  });

  test('are the same in every note of a patient, and other ones for another patient', () => {
    expect(surrogates('patient-1').text).toBe(surrogates('patient-1').text);
    expect(surrogates('patient-2').text).not.toBe(surrogates('patient-1').text);
  });

  test('keep the form of an identifier', () => {
    expect(surrogates('patient-1').text).toMatch(/Call \d{3}-\d{3}-\d{4}\./);
  });
});

describe('dates shifted by patient', () => {
  const key = createSecretKey(Buffer.alloc(32, 7));

  test('move by the same days in all notes of a patient and keep the interval between them', () => {
    const days = dateShiftDays(key, 'patient-1');
    expect(Math.abs(days % 7)).toBe(0);
    const { spans } = engine.analyzeSync(note, { dateShiftDays: days }).deidentified;
    const dates = spans
      .filter(({ category }) => category === 'DATE')
      .map(({ replacement }) => Date.parse(`${replacement} UTC`));
    expect(dates[1]! - dates[0]!).toBe(6 * 86_400_000);
    expect(dates[0]! - Date.UTC(2019, 2, 14)).toBe(days * 86_400_000);
  });

  test('the shift is stable, of whole weeks, back by at most 260 of them, and differs with patient and key', () => {
    const patients = Array.from({ length: 500 }, (_, at) => `patient-${at}`);
    const shifts = patients.map((patient) => dateShiftDays(key, patient));
    expect(patients.map((patient) => dateShiftDays(key, patient))).toEqual(shifts);
    expect(shifts.every((days) => days % 7 === 0 && days <= -7 && days >= -7 * 260)).toBe(true);
    expect(new Set(shifts).size).toBeGreaterThan(200);
    const other = createSecretKey(randomBytes(32));
    expect(patients.map((patient) => dateShiftDays(other, patient))).not.toEqual(shifts);
  });

  test.each([
    ['Seen 03/14/2019.', 'Seen 04/04/2019.'],
    ['Seen 3/24/19.', 'Seen 4/14/19.'],
    ['Seen 2020-02-08.', 'Seen 2020-02-29.'],
    ['Seen December 30, 1999.', 'Seen January 20, 2000.'],
    ['Seen Mar 9, 2021.', 'Seen Mar 30, 2021.'],
    ['Seen 14 August 2012.', 'Seen 4 September 2012.'],
    ['Seen 31 MAY 2012.', 'Seen 21 JUNE 2012.'],
  ])('%s moved by three weeks is %s, written as it was', (text, expected) => {
    expect(engine.analyzeSync(text, { dateShiftDays: 21 }).deidentified.text).toBe(expected);
  });

  test.each(['July', '02/31/2020', '7/14'])('%s is no whole date and is masked, not moved', (text) => {
    expect(engine.analyzeSync(`Seen on ${text}.`, { dateShiftDays: 21 }).deidentified.text).not.toMatch(/\d/);
  });
});
