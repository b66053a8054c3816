import type { Count, Sum } from './count.ts';
import type { Estimate } from './estimate.ts';
import { meters } from './services/index.ts';

/** A quantity for people: four digits that count, thousands apart. */
export const quantity = (value: number): string =>
  value.toLocaleString('en-US', { maximumFractionDigits: value >= 1000 ? 0 : value >= 10 ? 1 : 2 });

/** `365 to 1,095`, or one number where there is no span. */
export const span = (low: number, high: number, show: (value: number) => string = quantity): string =>
  show(low) === show(high) ? show(low) : `${show(low)} to ${show(high)}`;

const usd = (value: number): string => value.toLocaleString('en-US', { style: 'currency', currency: 'USD' });

function columns(rows: readonly (readonly string[])[]): string[] {
  const widths = rows[0]!.map((_, column) => Math.max(...rows.map((row) => row[column]!.length)));
  return rows.map((row) =>
    row
      .map((cell, column) => cell.padEnd(widths[column]!))
      .join('  ')
      .trimEnd(),
  );
}

const named = ({ meter, region, low, high }: Sum): string[] => [
  meters[meter]!.title,
  region,
  `${span(low, high)} ${meters[meter]!.unit}`,
];

/** What a stage uses, for a terminal. */
export function countLines(stage: string, used: readonly Sum[], { unknown }: Count): string[] {
  return [
    `${stage}: what it uses in a month`,
    ...columns([['', 'region', 'quantity'], ...used.map(named)]),
    ...unknownLines(unknown),
  ];
}

/** What a stage costs, for a terminal. */
export function estimateLines(
  stage: string,
  { positions, lowUsd, highUsd, unpriced }: Estimate,
  { unknown }: Count,
): string[] {
  const dates = positions.map(({ price }) => price.date).sort();
  return [
    `${stage}: ${span(lowUsd, highUsd, usd)} a month${unpriced.length + unknown.length > 0 ? ', and what has no price' : ''}`,
    ...columns([
      ['US dollars', '', 'region', 'quantity'],
      ...positions.map((position) => [span(position.lowUsd, position.highUsd, usd), ...named(position)]),
    ]),
    ...(unpriced.length > 0
      ? ['No price, so not in the sum:', ...columns(unpriced.map((sum) => ['', ...named(sum)]))]
      : []),
    ...unknownLines(unknown),
    ...(dates.length > 0 ? [`Prices of ${span2(dates)}; taxes, free tiers and support are not in it.`] : []),
  ];
}

const span2 = (dates: readonly string[]) => (dates[0] === dates.at(-1) ? dates[0]! : `${dates[0]} to ${dates.at(-1)}`);

const unknownLines = (unknown: readonly string[]): string[] =>
  unknown.length === 0 ? [] : ['Nothing is known of these, so they may cost:', ...unknown.map((one) => `  ${one}`)];
