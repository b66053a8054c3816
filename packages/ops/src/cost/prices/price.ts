/** A part of a price that changes with how much is used. */
export interface Tier {
  /** Quantity of a month from which this price holds. */
  readonly from: number;

  /** US dollars for one unit. */
  readonly usd: number;
}

/** What one meter costs in one region, and who says so. */
export interface Price {
  readonly meter: string;
  readonly region: string;

  /** Unit of the source. */
  readonly unit: string;

  /** By `from`, the first from 0. */
  readonly tiers: readonly Tier[];

  /** Address of the page, or the Price List with its SKU. */
  readonly source: string;

  /** Day on which the source said so, YYYY-MM-DD. */
  readonly date: string;
}

/** A price that cannot be used as it is. */
export class PriceError extends Error {
  override readonly name = 'PriceError';
}

/** The Price List has several prices for what is one meter here. */
export class AmbiguousPriceError extends Error {
  override readonly name = 'AmbiguousPriceError';
}

/** What a quantity of one month costs, each part by the price of its tier. */
export const priceOf = (quantity: number, tiers: readonly Tier[]): number =>
  tiers.reduce((total, { from, usd }, index) => {
    const until = tiers[index + 1]?.from ?? Number.POSITIVE_INFINITY;
    return total + Math.max(0, Math.min(quantity, until) - from) * usd;
  }, 0);
