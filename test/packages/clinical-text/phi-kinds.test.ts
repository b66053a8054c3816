import { EmbeddedEngine } from '@healthcare-ai/clinical-text/embedded-engine';
import type { AnalysisOptions } from '@healthcare-ai/clinical-text/engine';

const engine = new EmbeddedEngine();

interface Row {
  readonly note: string;
  readonly hidden?: readonly string[];
  readonly kept?: readonly string[];
}

const row = (note: string, hidden: readonly string[], kept: readonly string[] = []): Row => ({ note, hidden, kept });

/** By kind of foreign case: sentences of other wording, each wrong before its kind was mended. */
const kinds: Readonly<Record<string, readonly Row[]>> = {
  'names in small letters': [
    row('rang jennifer this morning, she is happy with the plan.', ['jennifer'], ['happy with the plan']),
    row('pt seen w/ husband (desmond), bp ok. mrs adeyemi to book f/u.', ['desmond', 'adeyemi'], ['bp ok', 'book']),
    row('son oisin at bedside, says mum not eating; sw bernadette aware', ['oisin', 'bernadette'], ['not eating']),
  ],
  'names in capitals within prose': [
    row('DAUGHTER IMOGEN VISITING. WIFE PADMAVATI WENT HOME.', ['IMOGEN', 'PADMAVATI'], ['VISITING', 'WENT HOME']),
    row('SPOKE TO BROTHER CORMAC ABOUT CONSENT. WOUND CLEAN AND DRY.', ['CORMAC'], ['CONSENT', 'WOUND CLEAN']),
    row('PT ASKING FOR HER FRIEND LUDMILLA. SLEPT WELL OVERNIGHT.', ['LUDMILLA'], ['SLEPT WELL']),
  ],
  'surname before given name without a label': [
    row('FITZGERALD, SEAN P\nDOB noted\nSeen for asthma', ['FITZGERALD', 'SEAN'], ['asthma']),
    row("O'Shaughnessy, Bridget\nAge 61\nFor hip review", ['Shaughnessy', 'Bridget'], ['hip review']),
    row('YOUNG, MARGARET A\nAdmitted with pneumonia', ['YOUNG', 'MARGARET'], ['pneumonia']),
  ],
  'surnames that are words or towns': [
    row('Ms. P. Rivers and Dr. J. Sale attended, then Mr. Hull.', ['Rivers', 'Sale', 'Hull'], ['attended']),
    row('Named nurse Emily Banks. Physio: Martin Cross.', ['Emily', 'Banks', 'Martin', 'Cross'], ['Physio']),
    row(
      'Lead clinician: Susan Marsh-Hill; keyworker Paul Winters.',
      ['Susan', 'Marsh', 'Hill', 'Paul', 'Winters'],
      ['clinician'],
    ),
  ],
  'nicknames and later mentions': [
    row(
      'Robert ("Bobby") Adeyinka-Cole came. Bobby is well; Adeyinka-Cole agreed.',
      ['Robert', 'Bobby', 'Adeyinka', 'Cole'],
      ['is well'],
    ),
    row(
      "Margaret (known as Peggy) Trevelyan attended. Peggy's pain is less.",
      ['Margaret', 'Peggy', 'Trevelyan'],
      ['pain is less'],
    ),
    row(
      "Grace Okonedo's husband, Femi, drove. Femi's back hurts too.",
      ['Grace', 'Okonedo', 'Femi'],
      ['drove', 'back hurts'],
    ),
  ],
  'rare names that the speaker gives': [
    row('She said: I am called Thangamuthu and I am from Tiruchirappalli.', ['Thangamuthu', 'Tiruchirappalli'], []),
    row('My name is Oluwadamilola, please ring me.', ['Oluwadamilola'], ['please ring']),
    row('He introduced himself as Wojciechowski and lives in Radomsko.', ['Wojciechowski', 'Radomsko'], ['lives']),
  ],
  'ages over 89 in other forms': [
    row('96M with chest pain. Wife is 91 yo.', ['96M', '91'], ['chest pain']),
    row('She will be ninety-seven in May; AGE: 96.', ['ninety-seven', '96'], []),
    row(
      'Aged one hundred and two; his brother is in his late nineties.',
      ['one hundred and two', 'nineties'],
      ['brother'],
    ),
  ],
  'British and bracketed telephone numbers, extensions': [
    row(
      'Call back on 01904 496 0112 or 07700 900 461; switchboard ext 4417.',
      ['496 0112', '900 461', '4417'],
      ['switchboard'],
    ),
    row(
      'Daughter: (020) 7946 0733. GP surgery 0131 496 0222. Bleep 5566 for the reg.',
      ['7946 0733', '496 0222', '5566'],
      ['Daughter'],
    ),
    row(
      'Phone +353 87 555 0123 or +44 (0)161 496 0345; dect x2231',
      ['87 555 0123', '161 496 0345', '2231'],
      ['Phone'],
    ),
  ],
  'postcodes outside the United States': [
    row('Lives alone, postcode M14 6PL. Sister at CF10 3AT.', ['M14 6PL', 'CF10 3AT'], ['Lives alone']),
    row('Eircode D08 XY52, previously Toronto M5V 2T6.', ['D08 XY52', 'M5V 2T6'], ['previously']),
    row('Home visit to Newtown NSW 2042, then SW1A 2AA.', ['NSW 2042', 'SW1A 2AA'], ['Home visit']),
  ],
  'British streets': [
    row(
      'Of 27 Larch Gardens, Otley; moved from The Old Forge, Chapel Road, Grassington.',
      ['27 Larch Gardens', 'Otley', 'Chapel Road', 'Grassington'],
      ['moved'],
    ),
    row('Address: 3 Bramble Mews, Ilkley.', ['3 Bramble Mews', 'Ilkley'], ['Address']),
    row(
      'RE: MR OSWALD PICKERING, 9 WESTFIELD RISE, HALIFAX HX1 5TB. HE HAD A FALL.',
      ['OSWALD', 'PICKERING', '9 WESTFIELD RISE', 'HX1 5TB'],
      ['HAD A FALL'],
    ),
  ],
  'German forms': [
    row(
      'Patientin Ännchen Überwald, geb. 02.11.1948, wohnhaft Lindenweg 7, 10115 Berlin.',
      ['Ännchen', 'Überwald', '02.11.1948', 'Lindenweg', 'Berlin'],
      [],
    ),
    row(
      'Herr Dr. Schäuffele, Goethestr. 14a, 70173 Stuttgart, Tel. 0711 5550199.',
      ['Schäuffele', 'Goethestr', '70173', 'Stuttgart', '5550199'],
      [],
    ),
    row(
      'Frau Lieselotte Grünewald, geboren am 5. März 1951, Marktplatz 3, 8010 Graz.',
      ['Lieselotte', 'Grünewald', '5. März 1951', 'Marktplatz 3', 'Graz'],
      [],
    ),
  ],
  'vehicle plates': [
    row('Cyclist hit by a car, reg BD61 SMR, on the ring road.', ['BD61 SMR'], ['Cyclist', 'ring road']),
    row(
      'Passenger in a van, number plate YF19XKC; other vehicle 191-D-40417.',
      ['YF19XKC', '191-D-40417'],
      ['Passenger'],
    ),
    row('Driver of the truck with plates 7XYZ219 was unhurt.', ['7XYZ219'], ['unhurt']),
  ],
  'hospitals known by name alone': [
    row(
      "Transferred from Addenbrooke's; scan done at the Royal Marsden, GOSH aware.",
      ['Addenbrooke', 'Marsden', 'GOSH'],
      ['scan done'],
    ),
    row(
      "Followed at Mayo and MGH, records from Mount Sinai and St. Bartholomew's.",
      ['Mayo', 'MGH', 'Sinai', 'Bartholomew'],
      ['records'],
    ),
    row('came over from st. judes ed at 0300, bloods at sunnybrook', ['st. judes', 'sunnybrook'], ['0300', 'bloods']),
  ],
  'short dates beside full ones': [
    row('Seen 4/18/24, stitches out 4/27, cast off 5/30.', ['4/27', '5/30'], ['stitches out', 'cast off']),
    row('Scan on 2024-06-02; biopsy 19/6, result 28/6.', ['19/6', '28/6'], ['biopsy', 'result']),
    row('Surgery 15/08/2024, drain out 17/8, home 21/8.', ['17/8', '21/8'], ['drain out']),
  ],
  'birth years of people over 89': [
    row('Born in 1929, still drives.', ['1929'], ['still drives']),
    row('d.o.b. 3/7/31; b. 1931 in Cork.', ['3/7/31', '1931'], []),
    row('Date of birth: 19 Oct 1933. Year of birth 1933.', ['19 Oct 1933', '1933'], []),
  ],
  'values beside brackets, and dates that are no codes': [
    row(
      'Pump (serial 88K204X) and chart (hospital no. 7714402) seen.',
      ['88K204X', '7714402'],
      [') and chart', ') seen'],
    ),
    row(
      'Arrived 2024-11-02T23:10:00+01:00, left 2024-11-03T01:15:00Z.',
      ['2024-11-02', '[OTHER_ID]', '2024-11-03'],
      ['Arrived'],
    ),
    row('Lens (lot LX4471A) fitted 05-Feb-2024 (ref 99231).', ['LX4471A', '05-Feb-2024', '99231'], [') fitted', ').']),
  ],
};

describe.each(Object.entries(kinds))('%s', (_, rows) => {
  test.each(
    rows.flatMap((each) => (['balanced', 'recall-first'] as const).map((mode) => [mode, each.note, each] as const)),
  )('%s: %s', (mode, note, { hidden = [], kept = [] }) => {
    const { text } = engine.analyzeSync(note, { mode }).deidentified;
    expect(hidden.filter((word) => text.includes(word))).toEqual([]);
    expect(kept.filter((word) => !text.includes(word))).toEqual([]);
  });
});

describe('what is no identifier stays, in either mode', () => {
  test.each([
    'PMH: NSTEMI, TAVI 2021, CPAP at night, HOCM. Hx of HFmrEF, AVNRT, PCI, EVAR, DEXA scan.',
    'Rovsing sign negative, Homans sign absent, Kerley A lines, Mallampati 2, Waterlow 14, Rinne positive.',
    'BD insulin, FHx of IHD, SpO2 94%, HbA1c 58, eGFR 45, PaCO2 high, NT-proBNP raised, pO2 9.',
    'Take 1-0-1; 5/7 course, pain 3/10, power 4/5, VA 6/18, GCS 14/15, BP 11/12/75 mmHg, BiPAP 16/8.',
    'Seen Monday, worse since last summer, review in 3 days, POD 2, at 14:30.',
    'Temp 97F, T 98.4 F, weight 95 kg, sats 97, HR 96, 100M walk, 90 mg.',
    'Range 150-400, INR 2.0-3.0, sodium 135-145, EF 55-60%, T4N1M0, C5-C6.',
  ])('%s', (note) => {
    for (const mode of ['balanced', 'recall-first'] as const)
      expect(engine.analyzeSync(note, { mode }).phi).toEqual([]);
  });
});

describe('dates moved by whole weeks', () => {
  const moved = (note: string, options: AnalysisOptions = {}) =>
    engine.analyzeSync(note, { dateShiftDays: -280, ...options }).deidentified.text;

  test.each([
    [
      'the note decides the order',
      'In 2 May 2025, seen 05/05/2025, home 23/05/2025, clinic 06/06/2025.',
      'In 26 July 2024, seen 29/07/2024, home 16/08/2024, clinic 30/08/2024.',
    ],
    [
      'month first where a figure says so',
      'Op 03/04/2025, drain out 03/14/2025.',
      'Op 05/28/2024, drain out 06/07/2024.',
    ],
    [
      'day and month take the year before them',
      'Theatre on 2025-03-12; catheter out 14/3; clips out 22/3.',
      'Theatre on 2024-06-05; catheter out 7/6; clips out 15/6.',
    ],
    [
      'across the turn of a year',
      'Admitted 28 Dec 2024, theatre 30 Dec, home 4 Jan.',
      'Admitted 23 Mar 2024, theatre 25 Mar, home 30 Mar.',
    ],
    [
      'written weekdays stay true',
      'Tuesday 4th March 2025 and Thursday 6th March 2025',
      'Tuesday 28th May 2024 and Thursday 30th May 2024',
    ],
    [
      'month and year',
      'Since March 2024; scan 11/2024. Op 12-Mar-2025.',
      'Since June 2023; scan 02/2024. Op 05-Jun-2024.',
    ],
    ['a year', 'Stroke in 2019, seen 2025-03-12.', 'Stroke in 2018, seen 2024-06-05.'],
    ['time and zone stay', 'Triage 2025-03-12T08:00:00Z.', 'Triage 2024-06-05T08:00:00Z.'],
    ['dots are day-first', 'OP 14.03.2025, Kontrolle am 3. April 2025', 'OP 07.06.2024, Kontrolle am 27. Juni 2024'],
  ])('%s', (_, note, expected) => {
    expect(moved(note)).toBe(expected);
  });

  test.each([
    ['a pressure is not moved', 'BP 11/12/75 mmHg on 2025-03-12', 'BP 11/12/75 mmHg on 2024-06-05'],
    ['an order that nothing tells', 'Seen 03/04/2025.', 'Seen [DATE].'],
    [
      'figures that vote both ways',
      'On 13/02/2025 and 02/13/2025 and 03/04/2025.',
      'On 09/05/2024 and 05/09/2024 and [DATE].',
    ],
    [
      'feasts, seasons and quarters',
      'Fell at Christmas 2023, summer of 2024 and Q3 2024; seen 2025-03-12.',
      'Fell at [DATE], [DATE] and [DATE]; seen 2024-06-05.',
    ],
    [
      'a feast beside a moved date',
      'Worse since Thanksgiving, seen 2025-03-12.',
      'Worse since [DATE], seen 2024-06-05.',
    ],
    [
      'a figure that may be a month of a year',
      'Seen 12/3/24 and 13/3/24. Echo 2/24.',
      'Seen 6/6/23 and 7/6/23. Echo [DATE].',
    ],
    [
      'two small figures beside moved dates',
      'Op on 2025-03-12; out 14/3; review 4/4, power 4/5.',
      'Op on 2024-06-05; out 7/6; review [DATE], power 4/5.',
    ],
    ['a range of days', 'Ward stay 3-5 March 2025.', 'Ward stay [DATE].'],
    ['a birth date of a person over 89', 'DOB 11 Feb 1931, seen 2025-03-12.', 'DOB [DATE], seen 2024-06-05.'],
  ])('not surely a date, so masked or left: %s', (_, note, expected) => {
    expect(moved(note)).toBe(expected);
  });

  test('the locale decides where the note does not', () => {
    expect(moved('Seen 03/04/2025.', { locale: 'en-GB' })).toBe('Seen 27/06/2024.');
    expect(moved('Seen 03/04/2025.', { locale: 'en-US' })).toBe('Seen 05/28/2024.');
  });

  test('the answer says in which order dates were read and how many could not be moved', () => {
    const { dates } = engine.analyzeSync('Seen 03/04/2025 and 04/05/2025.', { dateShiftDays: -280 }).deidentified;
    expect(dates).toEqual({ order: 'unclear', unmoved: 2 });
  });

  test('a shift that is not of whole weeks is rounded up to them: written weekdays would give it away', () => {
    expect(moved('Seen Wednesday 2025-03-12.', { dateShiftDays: -11 })).toBe('Seen Wednesday 2025-02-26.');
    expect(moved('Seen Wednesday 2025-03-12.', { dateShiftDays: -1 })).toBe('Seen Wednesday 2025-03-05.');
  });
});
