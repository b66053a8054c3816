import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

export interface Document {
  /** Path from the root of the repository. */
  readonly path: string;
  readonly text: string;

  /** What stands as code: each line of a fenced block, continued lines joined, and each span in backticks. */
  readonly code: readonly string[];

  /** Of that, the lines of fenced blocks: what is meant to be copied. */
  readonly blocks: readonly string[];
}

const fence = /^[ \t]*```[^\n]*\n([\s\S]*?)^[ \t]*```/gm;
const trimmed = (lines: readonly string[]) => lines.map((line) => line.trim()).filter((line) => line !== '');

const blocksOf = (text: string): string[] =>
  trimmed([...text.matchAll(fence)].flatMap(([, block]) => block!.replaceAll(/\\\n\s*/g, ' ').split('\n')));

const spansOf = (text: string): string[] =>
  trimmed([...text.replaceAll(fence, '').matchAll(/`([^`]+)`/g)].map(([, span]) => span!.replaceAll('\n', ' ')));

const documentAt = (path: string): Document => {
  const text = readFileSync(path, 'utf8');
  const blocks = blocksOf(text);
  return { path, text, blocks, code: [...blocks, ...spansOf(text)] };
};

/** The documents of a folder, at any depth. */
export const documentsBelow = (folder: string): Document[] =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.md'))
    .sort()
    .map((file) => documentAt(join(folder, file)));

/** What the repository says to its readers. */
export const allDocuments = (): Document[] => [
  ...['README.md', 'CONTRIBUTING.md'].map(documentAt),
  ...documentsBelow('docs'),
];
