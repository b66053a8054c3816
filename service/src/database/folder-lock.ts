import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

export interface FolderLock {
  release(): void;
}

/**
 * Locks the folder of the embedded database: PGlite itself would let two processes write into it, and ruin it.
 * A lock whose process has ended, by `kill -9` too, is taken over.
 *
 * @throws Error that names the process which holds the folder
 */
export function lockFolder(folder: string): FolderLock {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const path = join(folder, 'lock');
  for (let attempt = 0; attempt < 2; attempt++) {
    try {
      writeFileSync(path, String(process.pid), { flag: 'wx', mode: 0o600 });
      return { release: () => rmSync(path, { force: true }) };
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
      const holder = Number(readFileSync(path, 'utf8'));
      if (isRunning(holder)) {
        throw new Error(
          `${folder} is in use by process ${holder}: stop it, or set DATA_DIR to another folder; ` +
            `if that process is another program, which got the number of one that was killed, remove ${path}`,
        );
      }
      rmSync(path, { force: true });
    }
  }
  throw new Error(`${folder} could not be locked: another process took it at the same moment`);
}

function isRunning(pid: number): boolean {
  // A container always has the same process id: its own number in a lock is that of the run before.
  if (!Number.isInteger(pid) || pid <= 0 || pid === process.pid) return false;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
