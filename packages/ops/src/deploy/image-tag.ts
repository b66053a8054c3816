import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { filesIn } from './files-in.ts';

/** The files that go into the image: those that .dockerignore lets in, and those that say how it is built. */
const inputsOf = (root: string): string[] => [
  '.dockerignore',
  'service/Dockerfile',
  ...readFileSync(join(root, '.dockerignore'), 'utf8')
    .split('\n')
    .flatMap((line) => /^!(\S+)$/.exec(line)?.[1] ?? []),
];

/**
 * Tag of the image of these sources: its version and a hash of everything that goes into it. Tags of the repository
 * cannot be moved, so an image under this tag is the image of these sources, and need not be built again.
 *
 * @param root folder of the checkout
 * @param buildArguments `NAME=value`: another base is another image
 */
export function imageTag(root: string, buildArguments: readonly string[]): string {
  const hash = createHash('sha256');
  for (const file of inputsOf(root)
    .flatMap((input) => filesIn(join(root, input)))
    .sort()) {
    hash
      .update(`${file.slice(root.length)}\0`)
      .update(readFileSync(file))
      .update('\0');
  }
  hash.update(buildArguments.join('\0'));
  return `${versionOf(root)}-${hash.digest('hex').slice(0, 12)}`;
}

export const versionOf = (root: string): string =>
  (JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { version: string }).version;
