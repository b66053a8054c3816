import { EmbeddedEngine } from '@healthcare-ai/clinical-text/embedded-engine';
import { parseVocabulary, VocabularyError } from '@healthcare-ai/clinical-text/vocabulary/vocabulary';

const rxnorm = { system: 'rxnorm', text: '29046\tlisinopril\n9900001\tZubrixol\n11295\tWater\n' } as const;
const icd = { system: 'icd-10-cm', text: 'I50.22\tchronic systolic heart failure\nJ18.9\tpneumonia\n' } as const;

test('mounted lists add codes to what is found, and their terms to what is looked for', () => {
  const engine = new EmbeddedEngine({ vocabularies: [rxnorm, icd] });
  const { medications, problems } = engine.analyzeNote(
    'Chronic systolic heart failure and pneumonia. Takes lisinopril and Zubrixol. Drinks water.',
  );
  expect(medications.map(({ text, codes }) => [text, codes.map(({ system, code }) => `${system} ${code}`)])).toEqual([
    ['lisinopril', ['rxnorm 29046']],
    ['Zubrixol', ['rxnorm 9900001']],
  ]);
  expect(problems.map(({ text, codes }) => [text, codes.map(({ code }) => code)])).toEqual([
    ['Chronic systolic heart failure', ['I50.22']],
    ['pneumonia', ['J18.9']],
  ]);
});

test('the hash of the rule pack covers every mounted list', () => {
  const hashes = [[], [rxnorm], [icd], [{ ...rxnorm, text: `${rxnorm.text}1\tx-ray dye\n` }]].map(
    (vocabularies) => new EmbeddedEngine({ vocabularies }).rulePackSha256,
  );
  expect(new Set(hashes).size).toBe(4);
  expect(new EmbeddedEngine({ vocabularies: [rxnorm] }).rulePackSha256).toBe(hashes[1]);
});

test('comments, empty lines, a third column, a byte order mark and CRLF are read', () => {
  expect(
    parseVocabulary({ system: 'snomed', text: '\ufeff# release 1\r\n\r\n22298006\tHeart attack\tpreferred\r\n' }),
  ).toEqual([{ system: 'snomed', code: '22298006', term: 'Heart attack' }]);
});

test.each([
  ['A1 term', 'line 1 has no tab between code and term'],
  ['A1\tok\n\t secret', 'line 2 has a code that is empty'],
  ['A1\t12345', 'line 1 has a term without a letter'],
  [`A1\t${'x'.repeat(201)}`, 'line 1 has a term longer than 200 characters'],
])('a faulty line is named by its number, never by its words', (text, message) => {
  const read = () => parseVocabulary({ system: 'local-problems', text });
  expect(read).toThrow(VocabularyError);
  expect(read).toThrow(message);
  expect(read).not.toThrow(/secret/);
});

test('vital signs and sections carry LOINC codes, values carry UCUM units', () => {
  const { tests, sections } = new EmbeddedEngine().analyzeNote(
    'ALLERGIES\n\nLatex.\n\nVITALS\n\nBP 128/76 mmHg, HR 88 bpm.',
  );
  expect(tests.map(({ codes, values }) => [codes[0]?.code, values[0]?.ucum])).toEqual([
    ['85354-9', 'mm[Hg]'],
    ['8867-4', '/min'],
  ]);
  expect(sections.map(({ label, codes }) => [label, codes[0]?.code])).toEqual([
    ['allergies', '48765-2'],
    ['vitals', '8716-3'],
  ]);
});
