import type { Command, Option } from 'commander';

/** The words of one command: what follows a comment, a pipe or another command is cut off, quotes are kept together. */
export function wordsOf(line: string): string[] {
  const words = line.match(/"[^"]*"|'[^']*'|\S+/g) ?? [];
  const end = words.findIndex((word) => /^([|;&>#]|&&|\|\||[0-9]?>.*)$/.test(word));
  return (end < 0 ? words : words.slice(0, end)).map((word) => word.replace(/[.,;:]+$/, ''));
}

const withOuter = (command: Command): Command[] => [command, ...(command.parent ? withOuter(command.parent) : [])];

const isPlaceholder = (word: string) => /^(\.{3}|[A-Z_]+|<[^>]+>)$/.test(word);

/** The words that `ops keys` forwards to the command of the image. */
function withoutGlobals(words: readonly string[], globals: readonly Option[]): string {
  const kept: string[] = [];
  for (let at = 0; at < words.length; at++) {
    const option = globals.find(({ long, short }) => [long, short].includes(words[at]!.split('=')[0]!));
    if (option === undefined) kept.push(words[at]!);
    else if (option.required && !words[at]!.includes('=')) at += 1;
  }
  return kept.join(' ');
}

/**
 * What is wrong with a command line for a program.
 *
 * @param line what stands after the program's name
 * @param forwarded the program to which `ops keys` forwards its words
 * @returns nothing where the commands and options exist
 */
export function faultOf(program: Command, line: string, forwarded?: Command): string | undefined {
  let command = program;
  const words = wordsOf(line);
  const options = (): readonly Option[] => withOuter(command).flatMap((item) => item.options);
  const takesMore = () => command.commands.length > 0;
  for (let at = 0; at < words.length; at++) {
    const word = words[at]!;
    if (command !== program && command.name() === 'keys' && forwarded !== undefined)
      return faultOf(forwarded, withoutGlobals(words.slice(at), options()));
    if (word.startsWith('-')) {
      const [flag] = word.split('=');
      if (flag === '--help' || flag === '-h') continue;
      const option = options().find(({ long, short }) => long === flag || short === flag);
      if (option === undefined) return `${command.name()} has no option ${flag}`;
      if ((option.required || option.optional) && !word.includes('=')) at += 1;
      while (option.variadic && words[at + 1] !== undefined && !words[at + 1]!.startsWith('-')) at += 1;
      continue;
    }
    const subcommand = (name: string) => command.commands.find((item) => item.name() === name);
    // `status|rollout` names several at once.
    const several = word.split('|');
    if (several.length > 1 && several.every(subcommand)) return undefined;
    const inner = subcommand(word);
    if (inner !== undefined) command = inner;
    else if (takesMore() && !isPlaceholder(word)) return `${command.name()} has no command ${word}`;
    else if (!takesMore() && command.registeredArguments.length === 0) return `${command.name()} takes no ${word}`;
  }
  return undefined;
}
