import { userInfo } from 'node:os';

/** Name of who runs this process, by the operating system; a container may know no name for its user. */
export function systemUser(): string {
  try {
    return userInfo().username;
  } catch {
    return `uid ${process.getuid?.() ?? 'unknown'}`;
  }
}
