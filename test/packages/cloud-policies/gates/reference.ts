import type { Policy } from '@healthcare-ai/cloud-policies';
import type { Mutation } from './draft.ts';

const escaped = (text: string): string => text.replaceAll('|', '\\|');

const table = (head: readonly string[], rows: readonly (readonly string[])[]): string =>
  [head, head.map(() => '---'), ...rows].map((cells) => `| ${cells.map(escaped).join(' | ')} |`).join('\n');

/** The table of policies, as it stands in docs/gates.md. */
export const policyTable = (policies: readonly Policy[]): string =>
  table(
    ['Policy', 'What must hold'],
    policies.map(({ id, description }) => [`\`${id}\``, description]),
  );

/** The tables of mutations, one an area, with the policy that has to speak. */
export const mutationTables = (mutations: Readonly<Record<string, readonly Mutation[]>>): string =>
  Object.entries(mutations)
    .map(([area, faults]) => {
      const rows = faults.map(({ fault, caughtBy }) => [fault, `\`${caughtBy}\``]);
      return `### ${area}\n\n${table(['Fault', 'Caught by'], rows)}`;
    })
    .join('\n\n');

/** `text` with what stands between the markers of a name replaced. */
export function withSection(text: string, name: string, content: string): string {
  const [begin, end] = [`<!-- ${name} -->`, `<!-- /${name} -->`];
  const from = text.indexOf(begin);
  const to = text.indexOf(end);
  if (from < 0 || to < from) throw new Error(`docs/gates.md has no ${begin} ... ${end}; put them back`);
  return `${text.slice(0, from + begin.length)}\n\n${content}\n\n${text.slice(to)}`;
}
