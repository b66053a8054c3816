import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { filesIn } from './files-in.ts';

/** The file beside the templates that says which templates, and which gates, once agreed. */
const FILE = 'judged.sha256';

/** What the judgement depends on: the gates themselves, and the versions of what they use. */
const gates = [
  'packages/cloud-policies/src',
  'packages/contract/src',
  'packages/ops/src/gate-profile.ts',
  'lib/config',
  'package-lock.json',
];

function fingerprint(folder: string): string {
  const hash = createHash('sha256');
  const files = [
    ...filesIn(folder).filter((file) => !file.endsWith(FILE)),
    ...gates.filter((path) => existsSync(path)).flatMap(filesIn),
  ];
  for (const file of files.sort()) hash.update(`${file}\0`).update(readFileSync(file)).update('\0');
  return hash.digest('hex');
}

/**
 * Whether every gate has passed these templates: a resumed deploy need not run the gates again.
 * A user who can forge the file can run `cdk deploy`, too.
 *
 * @param folder of the assembly
 */
export function isJudged(folder: string): boolean {
  const file = join(folder, FILE);
  return existsSync(file) && readFileSync(file, 'utf8').trim() === fingerprint(folder);
}

/** Notes that every gate has passed the templates in a folder. */
export function noteJudgement(folder: string): void {
  writeFileSync(join(folder, FILE), `${fingerprint(folder)}\n`);
}
