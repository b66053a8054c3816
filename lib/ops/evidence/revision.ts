import { execFileSync } from 'node:child_process';

/** What is judged: a commit, and whether the files differ from it. */
export interface Revision {
  /** @default - this is no checkout of git, so nothing can be said about the age of results */
  readonly commit?: string;
  readonly committedAt?: Date;

  /** Whether the working tree has changes that are not committed. */
  readonly changed: boolean;
}

/** The commit of a checkout. */
export function revisionOf(root: string): Revision {
  const git = (...args: string[]) =>
    execFileSync('git', ['-C', root, ...args], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }).trim();
  try {
    const [commit, committed] = git('log', '-1', '--format=%H %ct').split(' ');
    return {
      commit,
      committedAt: new Date(Number(committed) * 1000),
      changed: git('status', '--porcelain', '--untracked-files=no') !== '',
    };
  } catch {
    // No git, or an export without its history: the report says that the age is unknown.
    return { changed: false };
  }
}
