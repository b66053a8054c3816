import { EmbeddedEngine } from '@healthcare-ai/clinical-text/embedded-engine';

const engine = new EmbeddedEngine();
const found = (note: string, mode: 'balanced' | 'recall-first' = 'balanced') =>
  engine.analyzeSync(note, { mode }).phi.map(({ category, text }) => [category, text]);

describe('every Safe Harbor category that text can hold', () => {
  test.each([
    ['Seen by Dr. Quexley today.', 'NAME', 'Quexley'],
    ['PATIENT NAME: Zorblatt, Finnian Q', 'NAME', 'Zorblatt, Finnian Q'],
    ['Signed, Vexa Trundleby, M.D.', 'NAME', 'Vexa Trundleby'],
    ['His wife Brunhelda drove him here.', 'NAME', 'Brunhelda'],
    ['seen by dr. quexley today', 'NAME', 'quexley'],
    ['patient name: vexa trundleby', 'NAME', 'vexa trundleby'],
    ['Maria Gonzalez is here.', 'NAME', 'Maria Gonzalez'],
    ['She lives at 418 Wickerby Lane, Dunmarsh, PA 15217.', 'LOCATION', '418 Wickerby Lane, Dunmarsh, PA 15217'],
    ['He drove here from Cleveland.', 'LOCATION', 'Cleveland'],
    ['Admitted on 03/14/2019.', 'DATE', '03/14/2019'],
    ['Born July 4, 1976.', 'DATE', 'July 4, 1976'],
    ['Since 14 Aug 2012 he has coughed.', 'DATE', '14 Aug 2012'],
    ['The scan of 2020-01-31 was normal.', 'DATE', '2020-01-31'],
    ['A 93-year-old woman fell.', 'AGE_OVER_89', '93'],
    ['Call (412) 555-0143.', 'PHONE', '(412) 555-0143'],
    ['Fax: 412-555-0199', 'FAX', '412-555-0199'],
    ['Write to f.zorblatt@quexmail.org.', 'EMAIL', 'f.zorblatt@quexmail.org'],
    ['SSN 219-09-9999', 'SSN', '219-09-9999'],
    ['MRN: 4417820', 'MRN', '4417820'],
    ['Member ID: XQZ123456789', 'HEALTH_PLAN', 'XQZ123456789'],
    ['Account #: 88231-0042', 'ACCOUNT', '88231-0042'],
    ["Driver's license number D1234567", 'LICENSE', 'D1234567'],
    ['license plate KLM-4821', 'VEHICLE', 'KLM-4821'],
    ['Pacemaker serial number: PX-448812B', 'DEVICE', 'PX-448812B'],
    ['See https://records.quexmail.org/p/9917', 'URL', 'https://records.quexmail.org/p/9917'],
    ['uploaded from 203.0.113.77', 'IP', '203.0.113.77'],
    ['Fingerprint ID: FP-220913', 'BIOMETRIC', 'FP-220913'],
    ['Transferred from Dunmarsh General Hospital.', 'INSTITUTION', 'Dunmarsh General Hospital'],
    ['Specimen S19-20481 was received.', 'OTHER_ID', 'S19-20481'],
  ])('%s', (note, category, text) => {
    expect(found(note)).toContainEqual([category, text]);
  });
});

describe('clinical words are kept', () => {
  test.each([
    'Parkinson disease and a positive Babinski sign; a Foley catheter is in place.',
    'Strength is 4/5 on the left, blood pressure 120/80, pain 7/10, murmur 2/6.',
    'Zithromax and Lasix were continued; Coumadin was held.',
    'CONSTITUTIONAL: No fever. HEENT: Normocephalic, atraumatic.',
    'The patient is a 72-year-old man seen in 2014.',
    'EXTREMITIES REVEAL NO PERIPHERAL CYANOSIS OR EDEMA.',
    'Hemoglobin 13.1, platelets 250,000, WBC 12.7.',
    'She may march in place; lead aVL, V1-V6, L4-L5, T2N1M0.',
    'Dieulafoy disease and Barth syndrome were considered.',
    'Grade 3 tear of the Achilles tendon, Lachman test negative.',
  ])('%s', (note) => {
    expect(found(note, 'recall-first')).toEqual([]);
  });
});

test('recall-first masks an unknown capitalised word that balanced leaves', () => {
  expect(found('Spoke to the ward; Quexley pending.')).toEqual([]);
  expect(found('Spoke to the ward; Quexley pending.', 'recall-first')).toEqual([['NAME', 'Quexley']]);
});

test('balanced never masks what recall-first does not', () => {
  const note = 'Dr. Quexley saw Finnian Zorblatt of Dunmarsh, PA on 3/4/2020; MRN 4417820. Trundleby came along.';
  const wide = engine.analyzeSync(note, { mode: 'recall-first' }).phi;
  for (const { start, end } of engine.analyzeSync(note).phi) {
    expect(wide.some((other) => other.start <= start && end <= other.end)).toBe(true);
  }
});

test('who is named once is masked wherever the name stands', () => {
  expect(engine.analyzeSync('Mr. Quexley came. Later Quexley left.').deidentified.text).toBe(
    'Mr. [NAME] came. Later [NAME] left.',
  );
});

test('zero-width characters do not hide a name', () => {
  expect(engine.analyzeSync('Dr. Que\u200bxley called.').deidentified.text).toBe('Dr. [NAME] called.');
});
