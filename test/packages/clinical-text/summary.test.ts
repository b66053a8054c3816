import { EmbeddedEngine } from '@healthcare-ai/clinical-text/embedded-engine';

const engine = new EmbeddedEngine();
const note = `CHIEF COMPLAINT

Back pain.

HISTORY OF PRESENT ILLNESS

The weather was fine. He takes metformin 500 mg twice daily. He likes gardening and long walks.

VITALS

Blood pressure: 162/98. Heart rate: 72 bpm.

ASSESSMENT AND PLAN

Lumbar strain. Start meloxicam 15 mg daily. We will refer him to physical therapy.

INSTRUCTIONS

Return in two weeks.`;
const summary = engine.analyzeSync(note).summary.sentences;
const said = summary.map(({ text }) => text);

test('keeps the complaint, every medication and dose, the abnormal vital and every plan item', () => {
  for (const fact of [
    'Back pain.',
    'metformin 500 mg',
    'meloxicam 15 mg',
    '162/98',
    'physical therapy',
    'Return in two weeks.',
  ]) {
    expect(said.join('\n')).toContain(fact);
  }
});

test('leaves out what carries no fact', () => {
  expect(said.join('\n')).not.toMatch(/weather|gardening|Heart rate/);
});

test('is made of whole sentences of the note, in its order, each with its reasons', () => {
  for (const { start, end, text, reasons } of summary) {
    expect(note.slice(start, end)).toBe(text);
    expect(reasons.length).toBeGreaterThan(0);
  }
  expect([...summary].sort((a, b) => a.start - b.start)).toEqual(summary);
});

test('a sentence that says nothing new is left out', () => {
  const twice = engine.analyzeSync('He takes aspirin 81 mg. He takes aspirin 81 mg.').summary.sentences;
  expect(twice).toHaveLength(1);
});
