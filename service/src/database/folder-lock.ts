import { execFile } from 'node:child_process';
import { closeSync, mkdirSync, openSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';

export interface FolderLock {
  /**
   * Locks a folder in it, too: somebody who takes `lock.db` for a leftover and removes it does not look there.
   *
   * @throws Error that says what to do, when another process holds it
   */
  extendTo(inner: string): void;
  release(): void;
}

/** Result codes of SQLite. https://www.sqlite.org/rescode.html */
const busy = 5;
const ioError = 10;
const notADatabase = 26;

/**
 * Locks a folder that one process at a time may write to, such as that of the embedded database, which two writers
 * would ruin. The lock is an exclusive transaction of SQLite on the file `lock.db`: the kernel holds it for the process,
 * across containers on one kernel, and releases it when the process ends in any way. The content of the file means
 * nothing. It is never removed, because a lock belongs to the file and not to its name.
 *
 * @throws Error that says what to do, when another process holds the folder or its file system has no locks
 */
export async function lockFolder(folder: string): Promise<FolderLock> {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const path = join(folder, 'lock.db');
  const holderPath = join(folder, 'lock');
  closeSync(openSync(path, 'a', 0o600));
  const database = lockFile(path) ?? fail(inUse(folder, holderPath));
  try {
    if (isHeldByOldRelease(holderPath)) throw new Error(inUse(folder, holderPath));
    if (!(await isLockedForOthers(path))) throw new Error(noLocks(folder));
    writeFileSync(holderPath, `${process.pid}\n`, { mode: 0o600 });
  } catch (error) {
    database.close();
    throw error;
  }
  let inside: DatabaseSync | undefined;
  return {
    extendTo(inner) {
      // This process has just written its own id to the file that names the holder.
      inside ??= lockFile(join(inner, 'lock.db')) ?? fail(inUse(folder, undefined));
    },
    release() {
      rmSync(holderPath, { force: true });
      inside?.close();
      database.close();
    },
  };
}

/** @returns undefined when another process has it */
function lockFile(path: string): DatabaseSync | undefined {
  for (let attempt = 0; ; attempt++) {
    const database = new DatabaseSync(path, { timeout: 0 });
    try {
      // Without a journal file nothing is written: a full disk is no reason not to start.
      database.exec('PRAGMA journal_mode = MEMORY; BEGIN EXCLUSIVE');
      return database;
    } catch (error) {
      database.close();
      // Extended codes have the kind of the error in their lowest byte.
      const code = Number((error as { errcode?: number }).errcode) & 0xff;
      if (code === busy) return undefined;
      if (code === ioError) throw new Error(noLocks(path), { cause: error });
      if (code !== notADatabase || attempt > 0) throw error;
      truncateSync(path);
    }
  }
}

/**
 * Whether another process is refused the lock that this one holds. Some network and shared file systems accept every
 * lock and keep none; only a second process can see that.
 */
function isLockedForOthers(path: string): Promise<boolean> {
  const script = `
    const { DatabaseSync } = require('node:sqlite');
    try {
      new DatabaseSync(process.argv[1], { timeout: 0 }).exec('PRAGMA journal_mode = MEMORY; BEGIN EXCLUSIVE');
    } catch (error) {
      process.exit(error.errcode === ${busy} ? 0 : 2);
    }
    process.exit(1);`;
  // It needs none of the settings of this process, and must see none of its secrets. The dynamic linker's stay.
  const env = Object.fromEntries(Object.entries(process.env).filter(([name]) => name.startsWith('LD_')));
  return new Promise((resolve, reject) => {
    execFile(process.execPath, ['-e', script, path], { env, timeout: 30_000 }, (error) => {
      if (error === null) resolve(true);
      else if (error.code === 1) resolve(false);
      else reject(new Error(`Cannot test the lock on ${path}: the test process failed.`, { cause: error }));
    });
  });
}

/**
 * Whether a process of release 0.1.0 holds the folder: it wrote its process id to `lock` and asked no kernel. This
 * release writes the id with a line feed, so that 0.1.0 stays out, and ignores its own leftovers.
 */
function isHeldByOldRelease(holderPath: string): boolean {
  const text = readHolder(holderPath);
  if (text === undefined || !/^\d+$/.test(text)) return false;
  const pid = Number(text);
  if (pid === process.pid) return false;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

function readHolder(holderPath: string): string | undefined {
  try {
    return readFileSync(holderPath, 'utf8');
  } catch {
    return undefined;
  }
}

function inUse(folder: string, holderPath: string | undefined): string {
  const holder = /^(\d+)\n?$/.exec((holderPath && readHolder(holderPath)) ?? '')?.[1];
  return `${folder} is in use by ${holder === undefined ? 'another process' : `process ${holder}`}: stop it, or set DATA_DIR to another folder. In another container, the process id is the one that it has there.`;
}

const noLocks = (path: string): string =>
  `The file system of ${path} does not keep locks, so two processes could ruin the data. Set DATA_DIR to a folder on a local file system.`;

function fail(message: string): never {
  throw new Error(message);
}
