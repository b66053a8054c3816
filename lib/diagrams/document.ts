import type { StackTemplate } from '../synth/templates.ts';
import { architecture } from './architecture.ts';
import { dataFlow } from './data-flow.ts';
import { References } from './references.ts';
import { storesOf } from './stores.ts';

const row = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;

const table = (head: readonly string[], rows: readonly (readonly string[])[]): string =>
  [head, head.map(() => '---'), ...rows].map(row).join('\n');

/** Lines of a picture that another stage has or lacks: its nodes and edges, without the fence. */
function differences(stage: string, of: string, from: string): readonly (readonly string[])[] {
  const lines = (text: string) =>
    text
      .split('\n')
      .map((line) => line.trim())
      .filter((line) => !line.startsWith('subgraph') && line !== 'end');
  const here = lines(of);
  const there = lines(from);
  const escaped = (line: string) => `\`${line.replaceAll('|', '\\|')}\``;
  return [
    ...there.filter((line) => !here.includes(line)).map((line) => ['prod', escaped(line)]),
    ...here.filter((line) => !there.includes(line)).map((line) => [stage, escaped(line)]),
  ];
}

/**
 * The generated parts of docs/architecture.md, by the name of their marker. A test compares them with the file.
 *
 * @param stages their stacks; the pictures are of `prod`, the others are told by what differs
 */
export function architectureParts(
  stages: Readonly<Record<string, readonly StackTemplate[]>>,
): Readonly<Record<string, string>> {
  const all = Object.entries(stages).map(([stage, stacks]) => [stage, new References(stacks)] as const);
  const prod = all.find(([stage]) => stage === 'prod')![1];
  const others = all.filter(([stage]) => stage !== 'prod');
  return {
    architecture: architecture(prod),
    'other stages': others
      .map(
        ([stage, one]) =>
          `**${stage}**\n\n${table(['Stage', 'In the source of the picture'], differences(stage, architecture(one), architecture(prod)))}`,
      )
      .join('\n\n'),
    'data flow': dataFlow(prod),
    stores: table(
      ['Store', 'Holds', 'Of patients', 'Key', 'Kept'],
      storesOf(prod).map(({ title, holds, content, key, kept }) => [
        title,
        holds,
        content,
        key === undefined ? "AWS' own (SSE-S3)" : `\`${key}\``,
        kept,
      ]),
    ),
  };
}
