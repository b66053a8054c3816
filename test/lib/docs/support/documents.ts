import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

export interface Document {
  /** Path from the root of the repository. */
  readonly path: string;
  readonly text: string;

  /** What stands as code: each line of a fenced block, continued lines joined, and each span in backticks. */
  readonly code: readonly string[];
}

function codeOf(text: string): string[] {
  const fence = /^[ \t]*```[^\n]*\n([\s\S]*?)^[ \t]*```/gm;
  const blocks = [...text.matchAll(fence)].flatMap(([, block]) => block!.replaceAll(/\\\n\s*/g, ' ').split('\n'));
  const spans = [...text.replaceAll(fence, '').matchAll(/`([^`]+)`/g)].map(([, span]) => span!.replaceAll('\n', ' '));
  return [...blocks, ...spans].map((line) => line.trim()).filter((line) => line !== '');
}

const documentAt = (path: string): Document => {
  const text = readFileSync(path, 'utf8');
  return { path, text, code: codeOf(text) };
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
