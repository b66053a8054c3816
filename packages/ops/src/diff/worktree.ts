import { execFileSync } from 'node:child_process';
import { existsSync, globSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { UsageError } from '../errors.ts';

const git = (repository: string, ...args: readonly string[]): string =>
  execFileSync('git', ['-C', repository, ...args], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] }).trim();

interface Manifest {
  readonly name: string;
  readonly workspaces?: readonly string[];
}

const manifestOf = (folder: string) => JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as Manifest;

/** Links `checkout/name` to `target`, and makes the folders above it. */
function link(target: string, checkout: string, name: string): void {
  const path = join(checkout, name);
  if (existsSync(path)) return;
  mkdirSync(dirname(path), { recursive: true });
  symlinkSync(target, path, 'dir');
}

/** Gives a checkout the third-party packages of the repository, and links to its own workspaces. */
export function linkModules(repository: string, checkout: string): void {
  const modules = (folder: string) => join(folder, 'node_modules');
  const workspaces = (manifestOf(checkout).workspaces ?? []).flatMap((pattern) => globSync(pattern, { cwd: checkout }));
  for (const workspace of workspaces) {
    const folder = join(checkout, workspace);
    if (!existsSync(join(folder, 'package.json'))) continue;
    link(folder, modules(checkout), manifestOf(folder).name);
    const own = modules(join(repository, workspace));
    if (existsSync(own)) link(own, folder, 'node_modules');
  }
  const scope = manifestOf(repository).name;
  for (const name of readdirSync(modules(repository))) {
    // Links of our own scope lead to the workspaces of the repository, which are at another commit.
    if (name !== `@${scope}`) link(join(modules(repository), name), modules(checkout), name);
  }
}

/**
 * Runs `work` in a checkout of a commit outside the repository, which is removed afterwards. The checkout uses the
 * third-party packages of the repository: what a change of dependencies does to the templates shows only after `npm ci`.
 *
 * @throws UsageError when there is no such commit
 */
export function inWorktree<Result>(repository: string, ref: string, work: (folder: string) => Result): Result {
  let commit: string;
  try {
    commit = git(repository, 'rev-parse', '--verify', '--quiet', '--end-of-options', `${ref}^{commit}`);
  } catch {
    throw new UsageError(`there is no commit ${JSON.stringify(ref)}; name a branch, a tag or a commit`);
  }
  const parent = mkdtempSync(join(tmpdir(), 'healthcare-ai-diff-'));
  const folder = join(parent, 'tree');
  try {
    git(repository, 'worktree', 'add', '--quiet', '--detach', folder, commit);
    linkModules(repository, folder);
    return work(folder);
  } finally {
    rmSync(parent, { recursive: true, force: true });
    git(repository, 'worktree', 'prune');
  }
}
