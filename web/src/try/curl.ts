/**
 * The command that makes the same request from a shell. It names a file and a variable, so that neither the note nor the
 * key comes into the history of the shell.
 *
 * @param more further members of the body
 */
export function curlOf(origin: string, path: string, more: Readonly<Record<string, unknown>> = {}): string {
  const members = Object.entries(more).map(([name, value]) => `, ${name}: ${JSON.stringify(value)}`);
  return [
    `jq -Rs '{note_text: .${members.join('')}}' note.txt |`,
    `  curl -sS '${origin}${path}' \\`,
    `    -H "Authorization: Bearer $API_KEY" \\`,
    `    -H 'Content-Type: application/json' --data-binary @-`,
  ].join('\n');
}
