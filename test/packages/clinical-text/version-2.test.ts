import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { analyze, type NoteAnalysis } from '@healthcare-ai/clinical-text';
import { EmbeddedEngine } from '@healthcare-ai/clinical-text/embedded-engine';

const folder = join(__dirname, '../../../../shared/notes');
const found = existsSync(folder);
const maybe = found ? describe : describe.skip;

const lists = [
  'problems',
  'medications',
  'allergies',
  'tests',
  'procedures',
  'devices',
  'social',
  'codeStatus',
  'followUp',
] as const;

/** Every object with a place, however deep it is, must give its words. */
const misplaced = (note: string, value: unknown, path = ''): string[] => {
  if (typeof value !== 'object' || value === null) return [];
  if (Array.isArray(value)) return value.flatMap((inner, at) => misplaced(note, inner, `${path}[${at}]`));
  const { start, end, text } = value as { start?: unknown; end?: unknown; text?: unknown };
  const wrong = typeof start === 'number' && typeof text === 'string' && note.slice(start, end as number) !== text;
  return [
    ...(wrong ? [path] : []),
    ...Object.entries(value).flatMap(([name, inner]) => misplaced(note, inner, `${path}.${name}`)),
  ];
};

const faultsOf = (note: string, analysis: NoteAnalysis): string[] => {
  const faults = misplaced(note, { ...analysis, deidentified: undefined });
  for (const list of lists) {
    const mentions = analysis[list];
    if (new Set(mentions.map(({ id }) => id)).size !== mentions.length) faults.push(`${list}: an id twice`);
    for (const { id, start, item, section } of mentions) {
      const of = analysis.structure.items[item];
      if (of === undefined || start < of.start || start >= of.end) faults.push(`${list} ${id}: not in its item`);
      if (section !== null && analysis.sections[section] === undefined) faults.push(`${list} ${id}: no such section`);
    }
  }
  const { sentences, short } = analysis.summary;
  if (/[\p{L}\p{N}]/u.test(note) && sentences.length === 0) faults.push('the summary is empty');
  if (short.map(({ text }) => text).join('\n').length > 1200) faults.push('the short summary is too long');
  if (sentences.length > 0 && short.length === 0) faults.push('the short summary is empty');
  return faults;
};

const hard = [
  '',
  ' \n\t',
  '?',
  '|',
  '[x]',
  'Fever: 𝒩o 😀 cough (+)\r\n\u200bpain',
  `${'a'.repeat(5000)} fever`,
  'Chest pain '.repeat(200),
  '🤒 No fever. 🤒 Allergies: 🥜 nuts - hives; penicillin - rash',
  '||||\n| a | b |\n[ ] [ ] [x]\n(-)(+)\n1. 2. 3.\n: : :\n',
];

test.each(hard.map((note, at) => ({ at, note })))('hard text $at: every place gives its words', ({ note }) => {
  expect(faultsOf(note, analyze(note))).toEqual([]);
});

test('version 2 is the same with and without version 1', () => {
  const engine = new EmbeddedEngine();
  const note = 'Has asthma. Takes aspirin 81 mg. BP 120/80.';

  expect(engine.analyzeSync(note, { schema: 2 }).v2).toEqual(engine.analyzeNote(note));
});

maybe(`version 2 of every shared note${found ? '' : ' (SKIPPED: ../shared/notes is not here)'}`, () => {
  const files = found ? readdirSync(folder).filter((file) => file.endsWith('.jsonl')) : [];

  test.each(files)('%s: every place gives its words, twice gives the same bytes', (file) => {
    const rows = readFileSync(join(folder, file), 'utf8')
      .split('\n')
      .filter((line) => line.trim() !== '');
    const faults: string[] = [];
    rows.forEach((line, at) => {
      const row = JSON.parse(line) as Record<string, string>;
      const note = (row.note_text ?? row.text ?? row.sentence)!;
      const analysis = analyze(note);
      for (const fault of faultsOf(note, analysis)) faults.push(`row ${at + 1}: ${fault}`);
      if (at % 20 === 0 && JSON.stringify(analyze(note)) !== JSON.stringify(analysis))
        faults.push(`row ${at + 1}: differs`);
    });
    expect(rows.length).toBeGreaterThan(0);
    expect(faults.slice(0, 10)).toEqual([]);
  });
});

if (!found) console.warn('version-2.test.ts: ../shared/notes is not here; its tests are skipped');
