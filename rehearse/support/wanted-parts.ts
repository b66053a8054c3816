/** What a rehearsal's command line asks for: parts, or a text to print and an exit code. */
export type Wanted = { readonly names: readonly string[] } | { readonly text: string; readonly code: 0 | 2 };

/**
 * Reads the arguments of a rehearsal.
 *
 * @param command such as `npm run rehearse`
 * @param known names of its parts; none is named for all of them
 */
export function wantedParts(command: string, known: readonly string[], args: readonly string[]): Wanted {
  if (args.includes('--help') || args.includes('-h')) {
    return { text: `usage: ${command} -- [part ...]\n\nParts, all without a name: ${known.join(', ')}\n`, code: 0 };
  }
  const unknown = args.filter((name) => !known.includes(name));
  if (unknown.length === 0) return { names: args.length === 0 ? known : args };
  return { text: `there is no part ${unknown.join(', ')}: there are ${known.join(', ')}\n`, code: 2 };
}
