import type { Template } from '@healthcare-ai/cloud-policies';
import { loadStages } from '@healthcare-ai/lib/config/load';
import type { StageConfig } from '@healthcare-ai/lib/config/schema';
import { stages } from '@healthcare-ai/lib/config/stages';
import { idleCost, PRICE_FILE, readPrices } from '../cost/idle-cost.ts';
import { overridesOf } from '../options.ts';
import { example, type OpsCommand } from '../program.ts';
import { aligned } from '../table.ts';

/** `npm run cost`. @param templatesOf synthesizes a stage in memory */
export const costCommand =
  (templatesOf: (config: StageConfig) => readonly Template[]): OpsCommand =>
  (program, _contextOf, localContextOf) =>
    void program
      .description('Estimate what each stage costs in a month without traffic, by resource type.')
      .argument('[stage...]', 'stages (default: all)')
      .option('--prices <file>', 'prices of another region or date, in the form that docs/cost.md describes')
      .addHelpText('after', example('npm run cost -- prod', 'npm run cost -- prod -c service.minTasks=4'))
      .action((wanted: readonly string[], { prices: path }: { readonly prices?: string }, command) => {
        const { output } = localContextOf(command);
        const { context } = command.optsWithGlobals() as { readonly context: readonly string[] };
        const prices = readPrices(path ?? PRICE_FILE);
        const costs = loadStages(stages, wanted, overridesOf(context)).map((config) => ({
          stage: config.stage,
          ...idleCost(templatesOf(config), prices),
        }));
        const text = costs.flatMap(({ stage, usd, lines }) => [
          `${stage}: about $${usd.toFixed(0)} a month without traffic`,
          ...aligned(lines.map(({ type, resources, usd: sum }) => [`  $${sum.toFixed(2)}`, `${resources}`, type])),
          '',
        ]);
        output.result(
          { date: prices.date, region: prices.region, stages: costs },
          `${text.join('\n')}\nPrices of ${prices.date}, ${prices.region}. Not included: requests, data, logs, storage, backups, taxes, support.`,
        );
      });
