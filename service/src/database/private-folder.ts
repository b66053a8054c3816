import { chmodSync, mkdirSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';

const others = 0o077;

/**
 * Makes a folder that its owner alone can open, or closes one that others can open. Closes the files in it, too: they
 * are keys, which somebody may copy together with their permissions.
 *
 * @throws Error that says what to do, when others can open the folder and another user owns it
 */
export function openPrivateFolder(folder: string): void {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  closeFolder(folder);
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    if (entry.isFile()) closeFile(join(folder, entry.name));
  }
}

function closeFile(path: string): void {
  const { mode, uid } = statSync(path);
  // Another user's file cannot be closed, but lies in a folder that is.
  if ((mode & others) !== 0 && (uid === process.getuid?.() || process.getuid?.() === 0)) chmodSync(path, mode & 0o700);
}

function closeFolder(folder: string): void {
  const { mode, uid } = statSync(folder);
  if ((mode & others) === 0) return;
  try {
    chmodSync(folder, mode & 0o700);
  } catch (error) {
    throw new Error(
      `Other users can open ${folder}, and user ${uid} owns it. Run chmod 700 on it as that user, or set DATA_DIR to another folder.`,
      { cause: error },
    );
  }
  // Some file systems, such as those mounted from Windows, accept the change and ignore it.
  if ((statSync(folder).mode & others) !== 0) {
    throw new Error(
      `The file system of ${folder} keeps no permissions. Set DATA_DIR to a folder on a local file system.`,
    );
  }
}
