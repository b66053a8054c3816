import { readFileSync } from 'node:fs';
import { overridesOf } from '@healthcare-ai/ops/options';
import type { Command } from 'commander';
import { loadStages } from '../../../../lib/config/load.ts';
import { stages } from '../../../../lib/config/stages.ts';
import { wordsOf } from './command-line.ts';
import { programs } from './programs.ts';

/** Throws what the program would say of its arguments. */
type Read = (words: readonly string[]) => unknown;

const nothing = () => {};

/** Parses as the program does, and runs nothing. */
function parsing(
  program: Command,
  judge: (options: Record<string, unknown>, path: readonly string[], args: readonly string[]) => void,
): Read {
  const prepare = (command: Command, path: readonly string[]): void => {
    command.exitOverride().configureOutput({ writeOut: nothing, writeErr: nothing });
    if (command.commands.length === 0) command.action(() => judge(command.optsWithGlobals(), path, command.args));
    for (const inner of command.commands) prepare(inner, [...path, inner.name()]);
  };
  prepare(program, []);
  return (words) => program.parse([...words], { from: 'user' });
}

/** The stage and the settings that a command of AWS is given. */
function judgeStage(options: Record<string, unknown>, [command]: readonly string[]): void {
  const { stage, context } = options as { stage?: string; context: string[] };
  // The audit trail may be that of a laptop; the others need no stage.
  if (stage === undefined && !['audit', 'evidence', 'token'].includes(command!)) throw new Error('give --stage');
  // Where a document leaves it open.
  if (stage !== undefined && !/^[A-Z]+$/.test(stage)) loadStages(stages, [stage], overridesOf(context));
}

/** The stages and the settings that a command without AWS is given. */
function judgeStages({ context }: Record<string, unknown>, _path: readonly string[], wanted: readonly string[]): void {
  loadStages(stages, wanted, overridesOf(context as readonly string[]));
}

/** Names of the parts, as the program lists them. */
function parts(path: string): Read {
  const [, list] = /const parts = \{\n([\s\S]*?)\n\};/.exec(readFileSync(path, 'utf8'))!;
  const known = list!.split('\n').map((line) => line.trim().split(':')[0]!.replaceAll("'", ''));
  return (words) => {
    for (const word of words) if (!known.includes(word)) throw new Error(`there is no part ${word}`);
  };
}

const readers: Readonly<Record<string, Read>> = {
  ops: parsing(programs.ops!, judgeStage),
  deploy: parsing(programs.deploy!, judgeStage),
  keys: parsing(programs.keys!, nothing),
  migrate: parsing(programs.migrate!, nothing),
  cost: parsing(programs.cost!, judgeStages),
  smoke: parsing(programs.smoke!, nothing),
  synth: parsing(programs.synth!, judgeStages),
  gates: parsing(programs.gates!, nothing),
  diff: parsing(programs.diff!, nothing),
  rehearse: parts('rehearse/aws.ts'),
  'rehearse:containers': parts('rehearse/containers.ts'),
};

/** What stands for something else, as that could be. */
const filledIn = (line: string): string =>
  line
    .replace(/\bAUDIT_ID\b/g, '01a208e7-4b9b-7e3d-9d27-f7f5a63ebefe')
    .replace(/([0-9a-f]{4,})\.\.\./g, (_all, start: string) => start.padEnd(64, '0'));

/** The commands of npm in a line that is meant to be copied, with the words of each. */
export function npmCommandsIn(line: string): { readonly script: string; readonly words: readonly string[] }[] {
  const found = filledIn(line).matchAll(
    /\bnpm run (?:-s |--silent )?([a-z][\w:-]*)(?: --(?= |$))?([^\n`]*?)(?=\bnpm run\b|$)/g,
  );
  return [...found].map(([, script, rest]) => ({
    script: script!,
    words: wordsOf(rest!.replace(/ {2,}#? .*$/, '')).map((word) => word.replaceAll(/^'|'$|^"|"$/g, '')),
  }));
}

/**
 * What the programs of this project would say of the commands in a line: their own parsers read them.
 *
 * @returns nothing where they take them, or where the line says by `...` or COMMAND that it is not whole
 */
export function refusalsOf(line: string): string[] {
  if (/(^|\s)(\.\.\.|FILE\.\.\.|COMMAND)(\s|$)/.test(line)) return [];
  return npmCommandsIn(line).flatMap(({ script, words }) => {
    const read = readers[script];
    if (read === undefined || words.includes('--help')) return [];
    try {
      read(words);
      return [];
    } catch (error) {
      return [`npm run ${script}: ${(error as Error).message}`];
    }
  });
}
