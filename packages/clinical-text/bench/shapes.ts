import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import type { Case } from './cases.ts';

export interface ConceptRow {
  readonly concept: string;
  readonly sentence: string;
  readonly negation: string;
  readonly temporality: string;
  readonly experiencer: string;
}
export interface SectionRow {
  readonly section: string;
  readonly text: string;
}
export interface NoteRow {
  readonly note_text: string;
}
export interface Entity {
  readonly type: string;
  readonly start: number;
  readonly end: number;
  readonly text?: string;
}
export interface EntityRow {
  readonly text: string;
  readonly entities: readonly Entity[];
}

export type Dataset =
  | { readonly shape: 'concepts'; readonly rows: readonly ConceptRow[] }
  | { readonly shape: 'sections'; readonly rows: readonly SectionRow[] }
  | { readonly shape: 'notes'; readonly rows: readonly NoteRow[] }
  | { readonly shape: 'entities'; readonly rows: readonly EntityRow[] }
  | { readonly shape: 'cases'; readonly rows: readonly Case[] };

/** Whose message is for the user, in one line. */
export class BadFile extends Error {}

type Json = Record<string, unknown>;
const isString = (value: unknown): boolean => typeof value === 'string';

const isEntity = (value: unknown): boolean => {
  const entity = value as Json | null;
  return (
    typeof entity === 'object' &&
    entity !== null &&
    isString(entity.type) &&
    Number.isInteger(entity.start) &&
    Number.isInteger(entity.end)
  );
};

/** By the fields that a row has, never by the file's name. */
const recognisers: readonly (readonly [Dataset['shape'], (row: Json) => boolean])[] = [
  [
    'concepts',
    (row) => ['concept', 'sentence', 'negation', 'temporality', 'experiencer'].every((field) => isString(row[field])),
  ],
  ['entities', (row) => isString(row.text) && Array.isArray(row.entities) && row.entities.every(isEntity)],
  ['cases', (row) => isString(row.id) && isString(row.area) && isString(row.text) && typeof row.expect === 'object'],
  ['sections', (row) => isString(row.section) && isString(row.text)],
  ['notes', (row) => isString(row.note_text)],
];

const parse = (path: string, content: string): Json[] =>
  content.split(/\r?\n/).flatMap((line, index) => {
    if (line.trim() === '') return [];
    try {
      const row: unknown = JSON.parse(line);
      if (typeof row === 'object' && row !== null && !Array.isArray(row)) return [row as Json];
    } catch {
      // The parser's message would quote the note.
    }
    throw new BadFile(`${path}: line ${index + 1} is not a JSON object; give one object a line (JSON Lines)`);
  });

export type Half = 'a' | 'b';

/** A row's half is fixed by its content, so that rules written against half a never saw half b. */
const halfOf = (row: Json): Half =>
  createHash('sha256')
    .update(String(row.text ?? row.note_text ?? row.sentence))
    .digest()[0]! %
    2 ===
  0
    ? 'a'
    : 'b';

/** @throws BadFile when it cannot be read, is empty, or has a row of no known or of another shape */
export const readDataset = (path: string, half?: Half): Dataset => {
  let content: string;
  try {
    content = readFileSync(path, 'utf8');
  } catch (error) {
    throw new BadFile(`${path}: cannot be read (${(error as NodeJS.ErrnoException).code})`);
  }
  const rows = parse(path, content);
  const first = rows[0];
  if (first === undefined) throw new BadFile(`${path}: holds no rows`);
  const found = recognisers.find(([, matches]) => matches(first));
  if (found === undefined) {
    throw new BadFile(
      `${path}: fields {${Object.keys(first).join(', ')}} are of no known shape; see docs/model-card.md`,
    );
  }
  const [shape, matches] = found;
  const odd = rows.findIndex((row) => !matches(row));
  if (odd >= 0) throw new BadFile(`${path}: row ${odd + 1} is not of the first row's shape (${shape})`);
  const kept = half === undefined ? rows : rows.filter((row) => halfOf(row) === half);
  return { shape, rows: kept } as unknown as Dataset;
};
