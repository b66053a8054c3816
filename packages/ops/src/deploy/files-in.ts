import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';

/** The files below a folder, or the one file that a path names. */
export function filesIn(path: string): string[] {
  if (statSync(path).isFile()) return [path];
  return readdirSync(path, { recursive: true, encoding: 'utf8' })
    .map((name) => join(path, name))
    .filter((name) => statSync(name).isFile());
}
