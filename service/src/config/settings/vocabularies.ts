import { readFileSync } from 'node:fs';
import { isAbsolute } from 'node:path';
import {
  parseVocabulary,
  VocabularyError,
  type VocabularySource,
  type VocabularySystem,
  vocabularySystems,
} from '@healthcare-ai/clinical-text/vocabulary/vocabulary';
import * as z from 'zod';
import { ConfigurationError } from '../error.ts';

export interface VocabularyFile {
  readonly system: VocabularySystem;
  readonly path: string;
}

const isSystem = (name: string): name is VocabularySystem => (vocabularySystems as readonly string[]).includes(name);

/** `VOCABULARIES`: `system=path` entries with commas between them. */
export const vocabularyFiles = z.string().transform((text, context): VocabularyFile[] => {
  const files: VocabularyFile[] = [];
  for (const entry of text.split(',')) {
    const at = entry.indexOf('=');
    const system = entry.slice(0, Math.max(0, at)).trim();
    const path = entry.slice(at + 1).trim();
    if (!isSystem(system) || !isAbsolute(path)) {
      context.addIssue({
        code: 'custom',
        message: `must be entries system=/absolute/path with commas between them; a system is one of ${vocabularySystems.join(', ')}`,
      });
      return z.NEVER;
    }
    files.push({ system, path });
  }
  return files;
});

/**
 * Reads the mounted lists at start, so that a faulty one stops the process before it analyses anything.
 *
 * @throws ConfigurationError that names the system and the line, never the content
 */
export const readVocabularies = (
  files: readonly VocabularyFile[],
  read: (path: string) => string = (path) => readFileSync(path, 'utf8'),
): VocabularySource[] =>
  files.map(({ system, path }) => {
    const fail = (fault: string) => new ConfigurationError([{ name: 'VOCABULARIES', fault: `${system}: ${fault}` }]);
    let text: string;
    try {
      text = read(path);
    } catch (error) {
      throw fail(`the file cannot be read (${(error as NodeJS.ErrnoException).code ?? 'unknown error'})`);
    }
    try {
      parseVocabulary({ system, text });
    } catch (error) {
      if (error instanceof VocabularyError) throw fail(error.message);
      throw error;
    }
    return { system, text };
  });
