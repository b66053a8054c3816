import { EmbeddedEngine } from '@healthcare-ai/clinical-text/embedded-engine';

const engine = new EmbeddedEngine();
const medicationsOf = (note: string) =>
  engine.analyzeSync(note).medications.map(({ text, doses, routes, frequencies, negation }) => ({
    text,
    doses: doses.map((dose) => dose.text),
    routes: routes.map((route) => route.text),
    frequencies: frequencies.map((frequency) => frequency.text),
    negation,
  }));
const dosesOf = (note: string) => Object.fromEntries(medicationsOf(note).map(({ text, doses }) => [text, doses]));

test('a medication carries its dose, route and frequency', () => {
  expect(medicationsOf('Continue lisinopril 20 mg by mouth daily.')).toEqual([
    { text: 'lisinopril', doses: ['20 mg'], routes: ['by mouth'], frequencies: ['daily'], negation: 'affirmed' },
  ]);
});

describe('a dose belongs to its own drug', () => {
  test('in a list, to the drug before it', () => {
    expect(dosesOf('His medication was perindopril 2.5 mg, torasemide 7.5 mg and esomeprazole 40 mg.')).toEqual({
      perindopril: ['2.5 mg'],
      torasemide: ['7.5 mg'],
      esomeprazole: ['40 mg'],
    });
  });

  test('where it is "of" a drug, to the drug after it', () => {
    expect(dosesOf('The patient received 40 mg of intravenous furosemide.')).toEqual({ furosemide: ['40 mg'] });
  });

  test('in brackets, to the drug that the brackets follow', () => {
    expect(dosesOf('Chemotherapy with cisplatin (60 mg/m2), vincristine (1.5 mg/m2).')).toEqual({
      Chemotherapy: [],
      cisplatin: ['60 mg/m2'],
      vincristine: ['1.5 mg/m2'],
    });
  });

  test('when it changes, both doses are kept', () => {
    expect(dosesOf('Prednisolone was reduced from 60 mg daily to 5 mg daily.')).toEqual({
      Prednisolone: ['60 mg daily', '5 mg daily'],
    });
  });
});

test('a laboratory result is no dose and no medication', () => {
  expect(medicationsOf('Serum albumin was 3.1 g/dL, potassium 4.1 mmol/L, vitamin B12 level normal.')).toEqual([]);
});

test('a substance of the body is a medication where it is given', () => {
  expect(dosesOf('She was treated with an infusion of albumin 25 g.')).toEqual({ albumin: ['25 g'] });
});

test.each(['plomitinib', 'ravolizumab', 'tespasartan', 'quinoprazole'])(
  'a drug that no list holds is known by its stem: %s',
  (name) => {
    expect(medicationsOf(`Started ${name} 10 mg.`)).toMatchObject([{ text: name, doses: ['10 mg'] }]);
  },
);

test('salts belong to the name', () => {
  expect(medicationsOf('metoprolol succinate 25 mg')[0]?.text).toBe('metoprolol succinate');
});

test.each([
  'Stop aspirin.',
  'She is allergic to penicillin.',
  'He denies taking ibuprofen.',
  'Metformin was not given; avoid metformin.',
])('what is not taken is marked: %s', (note) => {
  expect(medicationsOf(note).at(-1)?.negation).toBe('negated');
});

test("frequencies in prescribers' Latin and in hours are read", () => {
  expect(
    medicationsOf('Vancomycin 1 g IV q12h, acetaminophen 650 mg every 6 hours as needed, atorvastatin 40 mg qhs.').map(
      ({ doses }) => doses,
    ),
  ).toEqual([['1 g'], ['650 mg every 6 hours'], ['40 mg qhs']]);
});

test('a drug in a list of allergies is not taken', () => {
  const [penicillin, aspirin] = medicationsOf('ALLERGIES\n\nPenicillin.\n\nMEDICATIONS\n\nAspirin 81 mg daily.');
  expect([penicillin?.negation, aspirin?.negation]).toEqual(['negated', 'affirmed']);
});
