import { createSecretKey, randomBytes } from 'node:crypto';
import { EmbeddedEngine } from '@healthcare-ai/clinical-text/embedded-engine';
import { dateShiftDays } from '@healthcare-ai/clinical-text/phi/date-shift';
import { shiftDate } from '@healthcare-ai/clinical-text/phi/shift-date';

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
    const { spans } = engine.analyzeSync(note, { dateShiftDays: days }).deidentified;
    const dates = spans
      .filter(({ category }) => category === 'DATE')
      .map(({ replacement }) => Date.parse(`${replacement} UTC`));
    expect(dates[1]! - dates[0]!).toBe(6 * 86_400_000);
    expect(dates[0]! - Date.UTC(2019, 2, 14)).toBe(days * 86_400_000);
  });

  test('the shift is stable, never nothing, within 548 days, and differs with patient and key', () => {
    const patients = Array.from({ length: 500 }, (_, at) => `patient-${at}`);
    const shifts = patients.map((patient) => dateShiftDays(key, patient));
    expect(patients.map((patient) => dateShiftDays(key, patient))).toEqual(shifts);
    expect(shifts.every((days) => days !== 0 && Math.abs(days) <= 548)).toBe(true);
    expect(new Set(shifts).size).toBeGreaterThan(300);
    expect(shifts.filter((days) => days < 0).length).toBeGreaterThan(150);
    const other = createSecretKey(randomBytes(32));
    expect(patients.map((patient) => dateShiftDays(other, patient))).not.toEqual(shifts);
  });

  test.each([
    ['03/14/2019', 20, '04/03/2019'],
    ['3/4/19', -5, '2/27/19'],
    ['2020-02-28', 1, '2020-02-29'],
    ['December 30, 1999', 3, 'January 2, 2000'],
    ['Mar 9, 2021', 30, 'Apr 8, 2021'],
    ['14 August 2012', 30, '13 September 2012'],
  ])('%s by %i days is %s, written as it was', (text, days, expected) => {
    expect(shiftDate(text, days)).toBe(expected);
  });

  test.each(['July', 'July 2008', '03/2008', '02/31/2020', '7/14'])(
    '%s is no whole date and is masked instead',
    (text) => {
      expect(shiftDate(text, 10)).toBeUndefined();
    },
  );
});
