import { userInfo } from 'node:os';

/**
 * Who runs a command, for the event of a look: the name of the user, or `uid 1234` for one who has none, as in a
 * container.
 *
 * @param read gives the user; throws where the system knows no name
 */
export function operatorName(read: () => { readonly username: string } = userInfo): string {
  try {
    return read().username;
  } catch {
    return `uid ${process.getuid?.() ?? 'unknown'}`;
  }
}
