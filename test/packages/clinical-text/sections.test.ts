import { EmbeddedEngine } from '@healthcare-ai/clinical-text/embedded-engine';

const engine = new EmbeddedEngine();
const sectionsOf = (note: string) =>
  engine.analyzeSync(note).sections.map(({ label, heading }) => [label, heading?.text ?? null]);

test('headings on lines of their own divide a note', () => {
  const note = 'CHIEF COMPLAINT\n\nCough.\n\nVITALS\n\nBP 120/80.\n\nASSESSMENT AND PLAN\n\nBronchitis.\nRest.';
  expect(sectionsOf(note)).toEqual([
    ['chief-complaint', 'CHIEF COMPLAINT'],
    ['vitals', 'VITALS'],
    ['assessment-and-plan', 'ASSESSMENT AND PLAN'],
  ]);
});

test('headings before a colon divide a note, on a line or within one', () => {
  expect(
    sectionsOf('HPI: Cough for a week. PAST MEDICAL HISTORY: Asthma. ALLERGIES: None.').map(([label]) => label),
  ).toEqual(['history-of-present-illness', 'past-medical-history', 'allergies']);
});

test('Markdown headings count', () => {
  expect(sectionsOf('## Medications\n\n- aspirin\n\n## Plan\n\nRest.').map(([label]) => label)).toEqual([
    'medications',
    'plan',
  ]);
});

test('where headings are in capitals, a problem that reads like a heading is none', () => {
  const note = 'ASSESSMENT AND PLAN\n\nAllergies\nContinue cetirizine.\n\nINSTRUCTIONS\n\nReturn in a year.';
  expect(sectionsOf(note).map(([label]) => label)).toEqual(['assessment-and-plan', 'plan']);
});

test('a note without headings is divided by what its paragraphs say', () => {
  const note =
    'The patient is a 60-year-old male who presents with chest pain that began two hours ago and radiates to the left arm.\n\nHis mother died of heart disease. His father had diabetes. He smokes a pack a day.';
  expect(sectionsOf(note)).toEqual([
    ['history-of-present-illness', null],
    ['social-history', null],
  ]);
});

test.each([
  ['No known drug allergies.', 'allergies'],
  ['Cholecystectomy and appendectomy.', 'past-surgical-history'],
  ['LUNGS: Clear to auscultation bilaterally. No wheezes.', 'physical-exam'],
  ['Up to date.', 'immunizations'],
  ['He denies tobacco or alcohol use. He is married.', 'social-history'],
])('the words alone tell the section: %s', (text, label) => {
  expect(engine.labelOf(text)).toBe(label);
});

test('a finding takes its section: history and family', () => {
  const { findings } = engine.analyzeSync('PAST MEDICAL HISTORY\n\nPneumonia.\n\nFAMILY HISTORY\n\nColon cancer.\n');
  expect(findings).toMatchObject([
    { text: 'Pneumonia', temporality: 'historical', experiencer: 'patient', section: 'past-medical-history' },
    { text: 'Colon cancer', experiencer: 'other', section: 'family-history' },
  ]);
});

describe('findings', () => {
  const namesOf = (note: string) => engine.analyzeSync(note).findings.map(({ text }) => text);

  test.each([
    ["He has Bowen's disease.", ["Bowen's disease"]],
    ['Growth hormone deficiency was found.', ['hormone deficiency']],
    ['She has nephrolithiasis and cholangitis.', ['nephrolithiasis', 'cholangitis']],
    ['Type 2 diabetes mellitus and chronic kidney disease.', ['Type 2 diabetes mellitus', 'chronic kidney disease']],
  ])('%s', (note, expected) => {
    expect(namesOf(note)).toEqual(expected);
  });

  test.each(['The disease was discussed.', 'The diagnosis is unclear; dialysis was offered.', 'No other syndrome.'])(
    'a word that names no problem is none: %s',
    (note) => {
      expect(namesOf(note)).toEqual([]);
    },
  );
});
