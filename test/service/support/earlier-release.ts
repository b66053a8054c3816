import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

/** The commit that release 0.1.0 was tested as. */
const commit = '8b7b651';

/** Whether the clone has the commit: a shallow one, or a copy without history, does not. */
export function hasEarlierRelease(): boolean {
  try {
    execFileSync('git', ['cat-file', '-e', `${commit}^{commit}`], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}

/** The service of release 0.1.0 as it was shipped, built from its commit with the packages that are installed. */
export interface EarlierRelease {
  readonly bundle: string;
  remove(): void;
}

export function buildEarlierRelease(): EarlierRelease {
  const root = mkdtempSync(join(tmpdir(), 'healthcare-ai-release-'));
  const sources = join(root, 'sources');
  execFileSync('mkdir', [sources]);
  const archive = execFileSync('git', ['archive', commit, 'package.json', 'service', 'scripts', 'tsconfig.json'], {
    maxBuffer: 1 << 28,
  });
  execFileSync('tar', ['x', '-C', sources], { input: archive });
  symlinkSync(resolve('node_modules'), join(sources, 'node_modules'));
  const ofService = resolve('service/node_modules');
  if (existsSync(ofService)) symlinkSync(ofService, join(sources, 'service/node_modules'));
  execFileSync(process.execPath, ['scripts/build.ts'], { cwd: sources, stdio: ['ignore', 'ignore', 'inherit'] });
  return {
    bundle: join(sources, 'service/dist/main.cjs'),
    remove: () => rmSync(root, { recursive: true, force: true }),
  };
}
