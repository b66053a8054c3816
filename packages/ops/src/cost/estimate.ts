import type { Sum } from './count.ts';
import type { PriceBook } from './prices/file.ts';
import { type Price, priceOf } from './prices/price.ts';

/** One meter with its price, in US dollars a month. */
export interface Position extends Sum {
  readonly price: Price;
  readonly lowUsd: number;
  readonly highUsd: number;
}

/** What a stage costs a month, as far as prices are known. */
export interface Estimate {
  /** The dearest first. */
  readonly positions: readonly Position[];
  readonly lowUsd: number;
  readonly highUsd: number;

  /** What is used and has no price: the totals are too low by it. */
  readonly unpriced: readonly Sum[];
}

/** Multiplies what is used by its prices. Free tiers are taken off only where the Price List has them as a tier. */
export function estimate(used: readonly Sum[], prices: PriceBook): Estimate {
  const positions: Position[] = [];
  const unpriced: Sum[] = [];
  for (const sum of used) {
    const price = prices.find(sum.meter, sum.region);
    if (price === undefined) unpriced.push(sum);
    else
      positions.push({ ...sum, price, lowUsd: priceOf(sum.low, price.tiers), highUsd: priceOf(sum.high, price.tiers) });
  }
  positions.sort((a, b) => b.highUsd - a.highUsd);
  const total = (end: 'lowUsd' | 'highUsd') => positions.reduce((sum, position) => sum + position[end], 0);
  return { positions, lowUsd: total('lowUsd'), highUsd: total('highUsd'), unpriced };
}
