import type { Analysis, NotePart } from '../src/engine.ts';
import { ErrorLog, type Evaluation } from './measure.ts';
import type { NoteRow } from './shapes.ts';
import { wilson } from './statistics.ts';

/**
 * The headings of ACI-Bench (Yim et al. 2023) by the division that its authors put them in. Written from the corpus's
 * paper and headings, apart from the engine's list, which it is compared with. The authors' own division files leave
 * VITALS with the subjective part, since it is dictated there; here it is an examination, as clinicians file it.
 */
const divisions: Record<NotePart, readonly string[]> = {
  subjective: [
    'CHIEF COMPLAINT',
    'CC',
    'HISTORY OF PRESENT ILLNESS',
    'HPI',
    'REVIEW OF SYSTEMS',
    'ROS',
    'SOCIAL HISTORY',
    'FAMILY HISTORY',
    'MEDICAL HISTORY',
    'PAST HISTORY',
    'PAST MEDICAL HISTORY',
    'SURGICAL HISTORY',
    'PAST SURGICAL HISTORY',
    'MEDICATIONS',
    'CURRENT MEDICATIONS',
    'ALLERGIES',
    'BIRTH HISTORY',
    'SUBJECTIVE',
    'PAST SURGICAL',
    'OBSTETRIC HISTORY',
    'GYNECOLOGICAL HISTORY',
    'MEDICATION',
    'HOME MEDICATIONS',
    'IMMUNIZATIONS',
    'PROBLEM LIST',
  ],
  'objective-exam': [
    'PHYSICAL EXAM',
    'PHYSICAL EXAMINATION',
    'EXAM',
    'VITALS',
    'VITALS REVIEWED',
    'VITAL SIGNS',
    'OBJECTIVE',
    'EXAMINATION',
  ],
  'objective-results': [
    'RESULTS',
    'PROCEDURE',
    'PROCEDURES',
    'LABS',
    'IMAGING',
    'LABORATORY',
    'TEST RESULTS',
    'DIAGNOSTIC TEST RESULTS',
    'DIAGNOSTIC STUDIES',
  ],
  'assessment-and-plan': [
    'ASSESSMENT',
    'ASSESSMENT AND PLAN',
    'PLAN',
    'IMPRESSION',
    'INSTRUCTIONS',
    'ASSESSMENT & PLAN',
    'ASSESSMENT/PLAN',
    'IMPRESSION AND PLAN',
    'RECOMMENDATIONS',
    'PATIENT INSTRUCTIONS',
    'FOLLOW-UP',
    'DIAGNOSIS',
    'PLAN OF CARE',
  ],
};
const divisionOf = new Map(
  Object.entries(divisions).flatMap(([part, headings]) => headings.map((heading) => [heading, part as NotePart])),
);

interface Line {
  readonly start: number;
  readonly text: string;
}
const linesOf = (note: string): Line[] => {
  const lines: Line[] = [];
  let start = 0;
  for (const text of note.split('\n')) {
    if (text.trim() !== '') lines.push({ start: start + text.length - text.trimStart().length, text: text.trim() });
    start += text.length + 1;
  }
  return lines;
};

const headingOf = (text: string): NotePart | undefined => {
  const bare = text.replace(/:$/, '');
  return bare === bare.toUpperCase() || text.endsWith(':') ? divisionOf.get(bare.toUpperCase()) : undefined;
};

const majorityPart: NotePart = 'subjective';

/**
 * What part of the note each line belongs to. Gold: the corpus's headings; lines before the first are left out. In a second pass
 * the headings are taken away from the engine, so that only the words are left.
 */
export const evaluateNotes = (rows: readonly NoteRow[], analyse: (note: string) => Analysis): Evaluation => {
  const errors = new ErrorLog();
  const hits = { engine: 0, majority: 0, bare: 0, position: 0 };
  let total = 0;
  for (const { note_text: note } of rows) {
    const lines = linesOf(note);
    const gold: (readonly [Line, NotePart])[] = [];
    let part: NotePart | undefined;
    for (const line of lines) {
      part = headingOf(line.text) ?? part;
      if (part !== undefined && headingOf(line.text) === undefined) gold.push([line, part]);
    }
    const { sections } = analyse(note);
    const without = bareNote(gold);
    const bareSections = analyse(without.note).sections;
    gold.forEach(([line, expected], at) => {
      total++;
      const section = sections.find(({ start, end }) => start <= line.start && line.start < end);
      if (section?.part === expected) hits.engine++;
      else errors.add('line of a note', `${expected} taken for ${section?.part ?? 'nothing'}`, line.text);
      if (expected === majorityPart) hits.majority++;
      const quarter: NotePart =
        at < gold.length * 0.5 ? 'subjective' : at < gold.length * 0.65 ? 'objective-exam' : 'assessment-and-plan';
      if (quarter === expected) hits.position++;
      if (
        bareSections.find(({ start, end }) => start <= without.starts[at]! && without.starts[at]! < end)?.part ===
        expected
      )
        hits.bare++;
    });
  }
  const measure = (system: string, count: number) => ({
    task: 'line of a note',
    system,
    metric: 'accuracy',
    score: wilson(count, total),
    support: total,
  });
  return {
    measures: [
      measure('engine', hits.engine),
      measure('engine, headings taken away', hits.bare),
      measure('by place in the note', hits.position),
      measure('always subjective', hits.majority),
    ],
    errors: errors.list(),
    notes: ['gold: the division of the heading above a line; heading lines are not counted'],
  };
};

/** The same lines, parted by blank lines, without their headings. */
const bareNote = (
  gold: readonly (readonly [Line, NotePart])[],
): { readonly note: string; readonly starts: readonly number[] } => {
  const starts: number[] = [];
  let note = '';
  for (const [{ text }] of gold) {
    starts.push(note.length);
    note += `${text}\n\n`;
  }
  return { note, starts };
};
