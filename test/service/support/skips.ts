import { existsSync } from 'node:fs';
import { findPostgres } from './postgres.ts';

/**
 * `describe` where a part was found; where it was not, the tests are skipped and a line says so. `.ci/run` installs
 * what it can and fails on such a line.
 */
export function describeWith(part: string, found: boolean): jest.Describe {
  if (found) return describe;
  process.stderr.write(`SKIPPED for want of ${part}: ${expect.getState().testPath?.split('/test/').at(-1)}\n`);
  return describe.skip;
}

export const describeWithPostgres = (): jest.Describe => describeWith('PostgreSQL', findPostgres() !== undefined);

/** Clinical text that is not part of the product. */
export const notesFolder = '../shared/notes';
export const describeWithNotes = (): jest.Describe => describeWith('../shared/notes', existsSync(notesFolder));
