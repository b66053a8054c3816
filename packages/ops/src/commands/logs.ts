import { InvalidArgumentError, Option } from 'commander';
import type { OpsContext } from '../context.ts';
import { OpsFailure } from '../errors.ts';
import { document, type Level, type LogLine, levels, readable } from '../logs/line.ts';
import type { LogRange } from '../logs/read.ts';
import { parseDuration, parseInteger, parseUuid } from '../options.ts';
import { example, type OpsCommand } from '../program.ts';

interface Options {
  readonly follow?: boolean;
  readonly since: number;
  readonly requestId?: string;
  readonly auditId?: string;
  readonly level?: Level;
  readonly task?: string;
  readonly group: 'service' | 'migrate';
  readonly metrics?: boolean;
  readonly limit: number;
}

function parseTask(text: string): string {
  if (!/^[0-9a-f-]{4,36}$/.test(text))
    throw new InvalidArgumentError("use a task's id, or its first 4 digits or more.");
  return text;
}

/** `logs`: what the service wrote, found by request, note, level or task. */
export const logsCommand: OpsCommand = (program, contextOf) =>
  void program
    .command('logs')
    .description('show what the service wrote: no words of a note are in it')
    .option('-f, --follow', 'keep showing new lines until Ctrl-C')
    .addOption(new Option('--since <time>', 'start this long ago').argParser(parseDuration).default(900_000, '15m'))
    .option('--request-id <uuid>', 'lines of one request: X-Request-Id of its answer', parseUuid)
    .option('--audit-id <uuid>', 'lines of one note', parseUuid)
    .addOption(
      new Option(
        '--level <level>',
        'this level and more severe ones; lines that are no JSON (a crash) have none',
      ).choices(levels),
    )
    .option('--task <id>', 'lines of one task, by the beginning of its id', parseTask)
    .addOption(new Option('--group <name>', 'whose log').choices(['service', 'migrate']).default('service'))
    .option('--metrics', 'show the lines that carry metrics, too')
    .option('--limit <lines>', 'show so many lines at most, without --follow', parseInteger(1), 10_000)
    .addHelpText(
      'after',
      example(
        'npm run ops -- logs --stage dev --since 2h --level warn',
        'npm run ops -- logs --stage prod --follow --request-id 01a20969-dbd9-7ae5-9280-60e82f650675',
      ),
    )
    .action(async (options: Options, command) => {
      const context = contextOf(command);
      context.state('Nothing was changed.');
      await (options.follow ? follow : show)(context, rangeOf(context, options), options);
    });

const rangeOf = ({ names, clock }: OpsContext, options: Options): LogRange => ({
  group: names.logGroups[options.group],
  streams: `${options.group}/${options.group}/`,
  query: { ...options, metrics: options.metrics ?? false },
  since: clock.now() - options.since,
});

const print = ({ output }: OpsContext, line: LogLine): void => output.row(document(line), readable(line));

async function show(context: OpsContext, range: LogRange, { limit }: Options): Promise<void> {
  const { readLines } = await import('../logs/read.ts');
  let count = 0;
  for await (const line of explained(readLines(context, range), range.group)) {
    if (count === limit) {
      context.output.progress(`Stopped after ${limit} lines; there are more: a shorter --since, or a larger --limit`);
      return;
    }
    print(context, line);
    count += 1;
  }
  if (count === 0) context.output.progress(`No such line since ${new Date(range.since).toISOString()}`);
}

async function follow(context: OpsContext, range: LogRange): Promise<void> {
  const { followLines } = await import('../logs/read.ts');
  try {
    for await (const line of explained(followLines(context, range), range.group)) print(context, line);
  } catch (error) {
    // Ctrl-C is how following ends.
    if (!context.signal.aborted) throw error;
    context.output.progress('Stopped following. Nothing was changed.');
  }
}

async function* explained(lines: AsyncGenerator<LogLine>, group: string): AsyncGenerator<LogLine> {
  try {
    yield* lines;
  } catch (error) {
    if ((error as Error).name !== 'ResourceNotFoundException') throw error;
    throw new OpsFailure(`There is no log group ${group}: the stack that makes it is not deployed in this region.`);
  }
}
