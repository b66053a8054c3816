import { EmbeddedEngine } from '@healthcare-ai/clinical-text/embedded-engine';
import { AnswerVerifier } from '../../../service/src/analysis/verify.ts';

const verifier = new AnswerVerifier(new EmbeddedEngine());
const note =
  'The patient denies chest pain. He has a cough for two weeks. Blood pressure 142/88. Continue lisinopril 20 mg daily and metformin 1,000 mg twice daily.';
const doubtsOf = async (answer: string) => {
  const { status, doubts } = await verifier.verify(note, answer);
  return { status, doubts: doubts.map(({ kind, start, end }) => [kind, answer.slice(start, end)]) };
};

test.each([
  'Cough for 2 weeks; no chest pain. BP 142/88. Lisinopril 20 mg daily, metformin 1000 mg twice daily.',
  '1. Cough\n2. Takes metformin and lisinopril.',
  'No medication changes were discussed.',
])('an answer that adds nothing is verified: %s', async (answer) => {
  expect(await doubtsOf(answer)).toEqual({ status: 'verified', doubts: [] });
});

test.each([
  ['a number that the note has not', 'Blood pressure 152/88.', ['number', '152']],
  ['a drug that the note has not', 'He takes warfarin.', ['drug', 'warfarin']],
  ["another drug's dose", 'Lisinopril 1000 mg daily.', ['dose', '1000 mg daily']],
  ['a denial turned into a complaint', 'He has chest pain.', ['negation', 'chest pain']],
  ['a complaint turned into a denial', 'He denies cough.', ['negation', 'cough']],
  ['a denial that the note has not', 'There is no fever.', ['negation', 'fever']],
])('%s needs review', async (_, answer, doubt) => {
  const { status, doubts } = await doubtsOf(answer);
  expect(status).toBe('needs_review');
  expect(doubts).toContainEqual(doubt);
});

test('a doubt quotes neither the note nor the answer', async () => {
  const verdict = await verifier.verify(note, 'He takes warfarin 7 mg.');
  expect(JSON.stringify(verdict)).not.toMatch(/warfarin|mg/);
});
