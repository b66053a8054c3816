import { execFileSync } from 'node:child_process';
import { statSync } from 'node:fs';
import { join } from 'node:path';

/** What is judged: a commit, and whether the files differ from it. */
export interface Revision {
  /** @default - this is no checkout of git, so nothing can be said about the age of results */
  readonly commit?: string;
  readonly committedAt?: Date;

  /** Whether tracked files have changes that are not committed. */
  readonly changed: boolean;

  /** When the last of those files was written. @default - nothing was changed, or a file was removed */
  readonly changedAt?: Date;
}

/** The commit of a checkout. */
export function revisionOf(root: string): Revision {
  const git = (...args: string[]) =>
    execFileSync('git', ['-C', root, ...args], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }).trim();
  try {
    const [commit, committed] = git('log', '-1', '--format=%H %ct').split(' ');
    const changed = git('diff', '--name-only', '-z', 'HEAD')
      .split('\0')
      .filter((file) => file !== '');
    const times = changed.map((file) => statSync(join(root, file), { throwIfNoEntry: false })?.mtimeMs ?? 0);
    return {
      commit,
      committedAt: new Date(Number(committed) * 1000),
      changed: changed.length > 0,
      changedAt: changed.length > 0 ? new Date(Math.max(...times)) : undefined,
    };
  } catch {
    // No git, or an export without its history: the report says that the age is unknown.
    return { changed: false };
  }
}
