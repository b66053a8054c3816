import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const git = (repository: string, ...args: readonly string[]): string =>
  execFileSync('git', ['-C', repository, ...args], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] }).trim();

/**
 * Runs `work` in a checkout of a commit outside the repository, which is gone afterwards. The checkout uses the
 * repository's node_modules: what a change of dependencies does to the templates shows only after `npm ci`.
 *
 * @throws TypeError when there is no such commit
 */
export function inWorktree<Result>(repository: string, ref: string, work: (folder: string) => Result): Result {
  let commit: string;
  try {
    commit = git(repository, 'rev-parse', '--verify', '--quiet', '--end-of-options', `${ref}^{commit}`);
  } catch {
    throw new TypeError(`there is no commit ${JSON.stringify(ref)}; name a branch, a tag or a commit`);
  }
  const parent = mkdtempSync(join(tmpdir(), 'healthcare-ai-diff-'));
  const folder = join(parent, 'tree');
  try {
    git(repository, 'worktree', 'add', '--quiet', '--detach', folder, commit);
    for (const name of ['node_modules', join('service', 'node_modules')]) {
      const modules = join(repository, name);
      if (existsSync(modules)) symlinkSync(modules, join(folder, name), 'dir');
    }
    return work(folder);
  } finally {
    rmSync(parent, { recursive: true, force: true });
    git(repository, 'worktree', 'prune');
  }
}
