import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { ConfigurationError, loadStages } from '../config/load.ts';
import { overridesIn } from '../config/overrides.ts';
import { stages } from '../config/stages.ts';
import { contextOf } from '../context.ts';
import type { SynthesizeProps } from './synthesize.ts';

/** Where a command writes: lines without their end. */
export interface Output {
  readonly out: (line: string) => void;
  readonly err: (line: string) => void;
}

const usage = `usage: npm run synth -- [stage ...] [-c key=value ...] [--out cdk.out] [--no-gates]

Writes the templates of each stage (all without a name) into <out>/<stage>. Needs no account, network or Docker.
example: npm run synth -- dev -c service.maxTasks=8`;

/** Loads the gates: they take a second, which a command that refuses its arguments does not spend. */
export type LoadGates = () => Promise<NonNullable<SynthesizeProps['gates']>>;

/** `--help` and `-h`, of a command that reads its arguments by itself. */
export const asksForHelp = (args: readonly string[]): boolean => args.includes('--help') || args.includes('-h');

interface Arguments {
  readonly wanted: string[];
  readonly context: Record<string, string>;
  readonly out: string;
  readonly gates: boolean;
}

/** @throws TypeError when the command is used wrongly */
export function readSynthArguments(args: readonly string[]): Arguments {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    allowNegative: true,
    options: {
      context: { type: 'string', short: 'c', multiple: true, default: [] },
      out: { type: 'string', short: 'o', default: 'cdk.out' },
      gates: { type: 'boolean', default: true },
    },
  });
  const pairs = values.context.map((pair) => {
    const at = pair.indexOf('=');
    if (at < 1) throw new TypeError(`-c ${pair}: use -c key=value`);
    return [pair.slice(0, at), pair.slice(at + 1)] as const;
  });
  return { wanted: positionals, context: Object.fromEntries(pairs), out: values.out, gates: values.gates };
}

/**
 * Synthesizes stages, each into a folder of its own.
 *
 * @param loadGates what validates the templates, unless `--no-gates` is given
 * @returns 0 done; 1 the configuration or a gate refused, and no stage is written if it was the configuration; 2 used wrongly
 */
export async function synthCommand(
  args: readonly string[],
  { out, err }: Output,
  loadGates: LoadGates,
): Promise<number> {
  if (asksForHelp(args)) {
    out(usage);
    return 0;
  }
  let given: Arguments;
  try {
    given = readSynthArguments(args);
  } catch (error) {
    err(`${(error as Error).message}\n${usage}`);
    return 2;
  }
  const context = contextOf('cdk.json');
  try {
    // All stages first, so that a fault of the last one is told before the first is written.
    const configs = loadStages(stages, given.wanted, overridesIn(given.context));
    // CDK and the gates take a second to load: a fault is told before.
    const { isRefusal, synthesize } = await import('./synthesize.ts');
    const gates = given.gates ? await loadGates() : undefined;
    let code = 0;
    for (const config of configs) {
      const folder = join(given.out, config.stage);
      rmSync(folder, { recursive: true, force: true });
      const start = performance.now();
      try {
        const templates = synthesize({ config, folder, context, gates });
        const seconds = ((performance.now() - start) / 1000).toFixed(1);
        out(`${config.stage}: ${templates} templates in ${folder} (${seconds} s)`);
      } catch (error) {
        // CDK has printed the findings, each with the line of code that made the resource.
        if (!isRefusal(error)) throw error;
        err(`${config.stage}: ${(error as Error).message}`);
        code = 1;
      }
    }
    return code;
  } catch (error) {
    if (!(error instanceof ConfigurationError)) throw error;
    err(error.message);
    return 1;
  }
}
