import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { EmbeddedEngine } from '@healthcare-ai/clinical-text/embedded-engine';
import type { Analysis } from '@healthcare-ai/clinical-text/engine';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { snakeCase } from '../../../service/src/http/snake-case.ts';

/** Written by release 0.1.0: the schema of an analysis in its API, and what its engine made of a note. */
const read = (name: string) => JSON.parse(readFileSync(join(__dirname, 'release-0.1.0', name), 'utf8'));
const { note, analysis: old } = read('analysis.json') as { note: string; analysis: Analysis };
const validate = new Ajv2020().compile(read('analysis.schema.json'));
const engine = new EmbeddedEngine();

/** The names of the members of every object, in their order, by where the object stands. */
const shapeOf = (value: unknown, path = '', shape = new Map<string, string>()): Map<string, string> => {
  if (Array.isArray(value)) for (const item of value) shapeOf(item, `${path}[]`, shape);
  else if (typeof value === 'object' && value !== null) {
    shape.set(path, Object.keys(value).join(' '));
    for (const [name, inner] of Object.entries(value)) shapeOf(inner, `${path}.${name}`, shape);
  }
  return shape;
};

test('version 1 of an analysis has the members of release 0.1.0, in their order', () => {
  const shape = shapeOf(engine.analyzeSync(note));

  expect([...shape].sort()).toEqual([...shapeOf(old)].sort());
  expect(shape.size).toBeGreaterThan(10);
});

test.each([
  ['the note of the fixture', note],
  ['an empty note', ''],
  [
    'a letter',
    `Clinic letter, 3 June 2024
CC: Wheeze and chest tightness for two days.

HPI: Mrs. Orla Quennell is a 58-year-old woman with asthma. She denies fever. Her brother had a stroke.
PMH: Hypertension, appendicectomy in 1998.
Allergies: penicillin (rash).
Medications:
- salbutamol inhaler 2 puffs prn
- amoxicillin, stopped
Vitals: BP 152/94, HR 104, Temp 37.1 C, SpO2 93 %.
Assessment: Exacerbation of asthma, possible pneumonia.
Plan: Start prednisolone 40 mg daily for 5 days. Chest x-ray. Return if she feels worse. Call 555-0144.`,
  ],
  [
    'statuses that version 1 lacks',
    'Warfarin held. Metformin changed to gliclazide 40 mg bd. Refused aspirin. NKDA. DNACPR.',
  ],
  ['series and bounds', 'Troponin <5 -> 48 ng/L (H). Glucose 4-6. BP 120/80 lying, 95/60 standing. INR pending.'],
  [
    'kinds of problem and of time',
    'Mild left knee pain, resolved. ?PE. Mother: breast cancer. If fever, return. Unlikely sepsis.',
  ],
  [
    'headings that 0.1.0 did not have',
    'Social history: lives alone.\nDisposition: home.\nFollow-up: clinic in 2 weeks.',
  ],
])('version 1 keeps to the schema of release 0.1.0: %s', (_, text) => {
  validate(snakeCase(engine.analyzeSync(text)));

  expect(validate.errors ?? []).toEqual([]);
});

test('the schema accepts the analysis that 0.1.0 made, and no member that it does not have', () => {
  expect(validate(snakeCase(old))).toBe(true);
  expect(validate(snakeCase({ ...old, problems: [] }))).toBe(false);
});
