import { assumptions } from './assumptions.ts';
import { type Count, type Sum, sums } from './count.ts';
import { freeTypes } from './free.ts';
import type { PaidBy } from './meter.ts';
import { span } from './print.ts';
import { meters } from './services/index.ts';

const row = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;

const table = (head: readonly string[], rows: readonly (readonly string[])[]): string =>
  [head, head.map(() => '---'), ...rows].map(row).join('\n');

const titles: Readonly<Record<PaidBy, string>> = {
  hour: 'By the hour: also when nobody calls',
  gigabyte: 'By the gigabyte',
  request: 'By the request',
};

/** Quantities of one meter: of the stage's own region first, others with their name. */
const cell = (used: readonly Sum[]): string =>
  used
    .map(({ low, high, region }, index) => (index === 0 ? span(low, high) : `${region}: ${span(low, high)}`))
    .join('; ');

/**
 * The generated parts of docs/cost.md, by the name of their marker. A test compares them with the file.
 *
 * @param counts of every stage, with the assumptions as they are
 */
export function costTables(counts: Readonly<Record<string, Count>>): Readonly<Record<string, string>> {
  const used = Object.entries(counts).map(([stage, { lines }]) => [stage, sums(lines)] as const);
  const of = (by: PaidBy) =>
    Object.entries(meters)
      .filter(([id, meter]) => meter.by === by && used.some(([, list]) => list.some((sum) => sum.meter === id)))
      .map(([id, meter]) => {
        const mine = used.map(([, list]) => list.filter((sum) => sum.meter === id));
        const how = [...new Set(mine.flat().flatMap((sum) => sum.how))];
        return [meter.title, meter.unit, ...mine.map(cell), how.join('; '), `\`${id}\``];
      });
  const stages = used.map(([stage]) => stage);
  const quantities = (Object.keys(titles) as PaidBy[]).map(
    (by) => `### ${titles[by]}\n\n${table(['What', 'Unit', ...stages, 'How it is counted', 'Meter'], of(by))}`,
  );
  const free = Object.entries(freeTypes)
    .map(([type, why]) => [`\`${type}\``, ...stages.map((stage) => String(counts[stage]!.free[type] ?? 0)), why])
    .filter(([, ...cells]) => cells.slice(0, stages.length).some((number) => number !== '0'));
  const unknown = stages.flatMap((stage) => counts[stage]!.unknown.map((one) => `- ${stage}: ${one}`));
  return {
    quantities: quantities.join('\n\n'),
    assumptions: table(
      ['Name', 'Value', 'Meaning'],
      Object.entries(assumptions).map(([name, { value, means }]) => [
        `\`${name}\``,
        value.toLocaleString('en-US'),
        means,
      ]),
    ),
    free: table(['Type', ...stages, 'Why'], free),
    unknown:
      unknown.length === 0 ? 'None: every resource of every stage is counted or known to be free.' : unknown.join('\n'),
    unlisted: Object.entries(meters)
      .filter(([, { priceList }]) => priceList === undefined)
      .map(([id, { title }]) => `- \`${id}\`: ${title}`)
      .join('\n'),
  };
}
