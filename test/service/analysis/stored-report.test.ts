import { EmbeddedEngine } from '@healthcare-ai/clinical-text/embedded-engine';
import { reportV1, reviewReasons, type StoredReport, storedReport } from '../../../service/src/analysis/report.ts';

const note = 'CC: cough.\nAllergies: penicillin (rash).\nPlan: chest x-ray in 2 weeks.';
const engine = new EmbeddedEngine();

test('a report is stored with both versions, and what both hold is stored once', () => {
  const stored = storedReport(engine.analyzeSync(note, { schema: 2 }));

  expect(stored.schema).toBe(2);
  expect(stored.v2?.allergies).toMatchObject([{ text: 'penicillin', reactions: [{ text: 'rash' }] }]);
  expect(stored.v2).not.toHaveProperty('deidentified');
});

test('version 1 of a stored report is the same bytes as an analysis of version 1', () => {
  const read = JSON.parse(JSON.stringify(storedReport(engine.analyzeSync(note, { schema: 2 })))) as StoredReport;

  expect(JSON.stringify(reportV1(read))).toBe(JSON.stringify(engine.analyzeSync(note)));
});

test('a report that a release before stored is given back byte for byte', () => {
  const text = JSON.stringify(engine.analyzeSync(note));

  expect(JSON.stringify(reportV1(JSON.parse(text)))).toBe(text);
});

test.each([
  ['Allergie à la codéine. Toux depuis deux semaines, pas de fièvre.', ['other-language']],
  ['Alergia al ibuprofeno.', ['other-language']],
  ['HTN, DM2, CKD3a. Lisinopril 10 mg qd, metformin 1 g bid.', []],
  ['Seen with Mrs Oyelaran. Feels well.', []],
  ['BP 120/80', []],
])('a note in a language that the rules do not read must be reviewed: %s', (other, reasons) => {
  expect(reviewReasons(storedReport(engine.analyzeSync(other, { schema: 2 })))).toEqual(reasons);
});
