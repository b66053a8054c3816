import { overridesIn } from '@healthcare-ai/lib/config/overrides';
import { InvalidArgumentError, Option } from 'commander';

const units = { s: 1000, m: 60_000, h: 3_600_000 } as const;

/** @returns milliseconds of `90s`, `30m`, `2h`, or seconds without a unit */
export function parseDuration(text: string): number {
  const [, amount, unit = 's'] = /^(\d{1,6})([smh])?$/.exec(text) ?? [];
  const ms = Number(amount) * units[unit as keyof typeof units];
  // Timers of Node.js take 24 days at most.
  if (!(ms > 0 && ms <= 24 * units.h)) throw new InvalidArgumentError('use a time such as 90s, 30m or 2h.');
  return ms;
}

/** @returns a whole number that is at least `low` */
export function parseInteger(low: number): (text: string) => number {
  return (text) => {
    if (!/^\d{1,9}$/.test(text) || Number(text) < low)
      throw new InvalidArgumentError(`use a whole number from ${low}.`);
    return Number(text);
  };
}

/** @returns the UUID in small letters */
export function parseUuid(text: string): string {
  const id = text.toLowerCase();
  if (!/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(id)) throw new InvalidArgumentError('use a whole UUID.');
  return id;
}

/** Adds a value to those that were given before it. */
export const collect = (value: string, before: readonly string[] = []): string[] => [...before, value];

/** Adds a `key=value` to those before it. */
export function collectPair(pair: string, before: readonly string[]): string[] {
  if (!/^[^=]+=/.test(pair)) throw new InvalidArgumentError('use key=value.');
  return collect(pair, before);
}

/** @returns the settings of a stage that `-c` gives */
export const overridesOf = (pairs: readonly string[]): Record<string, unknown> =>
  overridesIn(
    Object.fromEntries(pairs.map((pair) => [pair.slice(0, pair.indexOf('=')), pair.slice(pair.indexOf('=') + 1)])),
  );

export interface GlobalOptions {
  readonly stage?: string;

  /** Each `key=value`. */
  readonly context: readonly string[];
  readonly region?: string;
  readonly profile?: string;
  readonly json: boolean;
  readonly yes: boolean;
  readonly timeout: number;
}

/** Default timeout of a command. */
export const DEFAULT_TIMEOUT = 45 * units.m;

/** `-c key=value`, as often as wanted. */
export const contextOption = (): Option =>
  new Option('-c, --context <key=value>', 'setting of the stage, instead of lib/config/stages.ts')
    .argParser(collectPair)
    .default([], 'none');

export const jsonOption = (): Option => new Option('--json', 'answer with one JSON document').default(false);

export const timeoutOption = (ms: number, text: string): Option =>
  new Option('--timeout <time>', 'how long the command may take').argParser(parseDuration).default(ms, text);

/** Options of the commands that work on a deployed stage. */
export const globalOptions = (): Option[] => [
  new Option('-s, --stage <name>', 'stage to work on: dev, staging, prod'),
  contextOption(),
  new Option('--region <region>', "AWS region (default: the stage's)"),
  new Option('--profile <name>', 'profile of ~/.aws/config (default: AWS_PROFILE)'),
  jsonOption(),
  new Option('-y, --yes', 'change without asking').default(false),
  timeoutOption(DEFAULT_TIMEOUT, '45m'),
];
