import { PassThrough } from 'node:stream';
import { text } from 'node:stream/consumers';
import { opsCommands } from '@healthcare-ai/ops/commands/index';
import { OpsProgram } from '@healthcare-ai/ops/program';
import type { Command } from 'commander';
import { stages } from '../../../lib/config/stages.ts';

const make = () => {
  const [stdin, stdout, stderr] = [new PassThrough(), new PassThrough(), new PassThrough()];
  const interrupted = new AbortController().signal;
  const options = { name: 'npm run ops --', description: 'd', commands: opsCommands, examples: ['npm run ops -- x'] };
  return { program: new OpsProgram(options, { env: {}, stdin, stdout, stderr, interrupted, stages }), stdout };
};

const pathOf = (command: Command): string[] =>
  command.parent === null ? [] : [...pathOf(command.parent), command.name()];

test.each(
  make()
    .program.commands.filter(({ parent, commands }) => parent === null || commands.length === 0)
    .map((command) => pathOf(command).join(' ')),
)('the help of "%s" ends with an example that can be run', async (path) => {
  const { program, stdout } = make();
  expect(await program.run([...path.split(' ').filter(Boolean), '--help'])).toBe(0);
  stdout.end();
  const help = await text(stdout);
  const [, examples] = /\nExamples?:\n([\s\S]+)$/.exec(help) ?? [];
  expect(examples).toMatch(new RegExp(`^ {2}npm run ops -- ${path}`, 'm'));
});
