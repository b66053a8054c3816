/** What a pattern such as `/app/notes/:id` finds in a path; undefined where it does not match. */
export function matchPath(pattern: string, path: string): Record<string, string> | undefined {
  const expected = pattern.split('/');
  const found = path.replace(/(.)\/$/, '$1').split('/');
  if (expected.length !== found.length) return undefined;
  const parameters: Record<string, string> = {};
  for (const [index, part] of expected.entries()) {
    if (part.startsWith(':')) parameters[part.slice(1)] = found[index]!;
    else if (part !== found[index]) return undefined;
  }
  return parameters;
}
