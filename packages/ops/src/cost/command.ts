import type { PricingClient } from '@aws-sdk/client-pricing';
import { ConfigurationError, loadStages } from '@healthcare-ai/lib/config/load';
import { overridesIn } from '@healthcare-ai/lib/config/overrides';
import { stages } from '@healthcare-ai/lib/config/stages';
import { contextOf } from '@healthcare-ai/lib/context';
import { templatesOf } from '@healthcare-ai/lib/synth/templates';
import { Command, CommanderError } from 'commander';
import { explain, isAwsError } from '../aws/explain.ts';
import { type Assumptions, assume } from './assumptions.ts';
import { type Count, count, type Sum, sums } from './count.ts';
import { estimate } from './estimate.ts';
import { fetchPrices } from './prices/fetch.ts';
import { type PriceBook, readPrices, writePrices } from './prices/file.ts';
import { PriceError } from './prices/price.ts';
import { countLines, estimateLines } from './print.ts';

/** What the command needs from outside. */
export interface CostIo {
  readonly out: (line: string) => void;
  readonly err: (line: string) => void;

  /** Makes a client of the Price List; only called when prices are to be fetched. */
  readonly pricing: (profile: string | undefined) => PricingClient;

  /** Aborted by Ctrl-C. */
  readonly signal: AbortSignal;
}

interface Options {
  readonly prices?: string;
  readonly save?: string;
  readonly profile?: string;
  readonly count?: boolean;
  readonly json?: boolean;
  readonly assume: Readonly<Record<string, string>>;
  readonly context: Readonly<Record<string, string>>;
}

interface StageCount {
  readonly stage: string;
  readonly counted: Count;
  readonly used: readonly Sum[];
}

const explanation = `
Prices come from the AWS Price List (right: pricing:GetProducts), or from a file, whose form docs/cost.md describes.

Exit code: 0 told, 1 the prices could not be had, 2 used wrongly.

Example:
  npm run cost -- prod --save prices.json
  npm run cost -- prod --prices prices.json --assume requests=5000000 -c service.maxTasks=20`;

const pair = (text: string, before: Readonly<Record<string, string>>): Record<string, string> => {
  const at = text.indexOf('=');
  if (at < 1) throw new TypeError(`${text}: use name=value`);
  return { ...before, [text.slice(0, at)]: text.slice(at + 1) };
};

/** @param tell what the command does */
export const costProgram = (
  { out }: Pick<CostIo, 'out'>,
  tell: (wanted: string[], options: Options) => Promise<void>,
): Command =>
  new Command('cost')
    .description('says what each stage uses in a month, and what that costs')
    .argument('[stage...]', 'stages to tell of (default: all)')
    .option('--prices <file>', 'read the prices from here instead of asking AWS')
    .option('--save <file>', 'write the prices that were fetched here')
    .option('--count', 'only say what is used')
    .option('--assume <name=value>', 'another value of an assumption of docs/cost.md', pair, {})
    .option('-c, --context <key=value>', 'setting of the stage, instead of lib/config/stages.ts', pair, {})
    .option('--profile <name>', 'profile of ~/.aws/config (default: AWS_PROFILE)')
    .option('--json', 'one JSON document on standard output')
    .addHelpText('after', explanation)
    .exitOverride()
    .configureOutput({ writeOut: (text) => out(text.trimEnd()), writeErr: () => {} })
    .action(tell);

/** @returns the exit code: 0 told, 1 the prices could not be had, 2 used wrongly */
export async function costCommand(args: readonly string[], io: CostIo): Promise<0 | 1 | 2> {
  const command = costProgram(io, (wanted, options) => tell(wanted, options, io));
  try {
    await command.parseAsync([...args], { from: 'user' });
    return 0;
  } catch (error) {
    if (error instanceof CommanderError && error.exitCode === 0) return 0;
    return fail(error, io);
  }
}

function fail(error: unknown, { err, signal }: CostIo): 1 | 2 {
  const { message } = error as Error;
  if (error instanceof CommanderError || error instanceof TypeError || error instanceof ConfigurationError) {
    err(`cost: ${message.replace(/^error: /, '')}`);
    return 2;
  }
  if (signal.aborted) err('Interrupted. Nothing was changed.');
  else if (error instanceof PriceError) err(message);
  else if (isAwsError(error)) err(`${explain(error)} Or give the prices by --prices FILE.`);
  else throw error;
  return 1;
}

async function tell(wanted: readonly string[], options: Options, io: CostIo): Promise<void> {
  if (options.prices !== undefined && options.save !== undefined)
    throw new TypeError('--prices and --save exclude each other');
  const assumed: Assumptions = assume(options.assume);
  const configs = loadStages(stages, wanted, overridesIn(options.context));
  const context = contextOf('cdk.json');
  const counts: StageCount[] = configs.map((config) => {
    const counted = count(templatesOf(config, context), assumed);
    return { stage: config.stage, counted, used: sums(counted.lines) };
  });
  if (options.count) {
    for (const { stage, used, counted } of counts) if (!options.json) print(countLines(stage, used, counted), io);
    if (options.json)
      io.out(JSON.stringify(counts.map(({ stage, used, counted: { unknown } }) => ({ stage, used, unknown }))));
    return;
  }
  const prices = await pricesFor(counts, options, io);
  const told = counts.map((one) => ({ ...one, cost: estimate(one.used, prices) }));
  for (const { stage, cost, counted } of told) if (!options.json) print(estimateLines(stage, cost, counted), io);
  if (options.json) {
    io.out(JSON.stringify(told.map(({ stage, cost, counted: { unknown } }) => ({ stage, ...cost, unknown }))));
  }
}

async function pricesFor(
  counts: readonly StageCount[],
  { prices, save, profile }: Options,
  io: CostIo,
): Promise<PriceBook> {
  if (prices !== undefined) return readPrices(prices);
  const all = new Map(counts.flatMap(({ used }) => used.map((sum) => [`${sum.meter} ${sum.region}`, sum] as const)));
  const book = await fetchPrices(io.pricing(profile), [...all.values()], io.signal, io.err);
  if (save !== undefined) {
    writePrices(save, book);
    io.err(`${save}: ${book.all.length} prices`);
  }
  return book;
}

function print(lines: readonly string[], { out }: CostIo): void {
  for (const line of [...lines, '']) out(line);
}
