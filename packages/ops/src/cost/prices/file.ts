import { readFileSync, writeFileSync } from 'node:fs';
import { z } from 'zod';
import { meters } from '../services/index.ts';
import { type Price, PriceError } from './price.ts';

const tiers = z
  .array(z.strictObject({ from: z.number().min(0), usd: z.number().min(0) }))
  .min(1)
  .refine(([first]) => first?.from === 0, 'the first tier must be from 0')
  .refine(
    (list) => list.every(({ from }, index) => index === 0 || from > list[index - 1]!.from),
    'tiers must rise by `from`',
  );

const price = z.strictObject({
  meter: z.string().refine((id) => id in meters, { error: 'is no meter; docs/cost.md lists them' }),
  region: z.string().regex(/^[a-z]{2}(-[a-z]+)+-\d$/, 'must be a region such as us-east-1'),
  unit: z.string().min(1),
  tiers,
  source: z.string().min(1, 'must say where the price comes from'),
  date: z.iso.date('must be the day on which the source said so, YYYY-MM-DD'),
});

const schema = z
  .strictObject({ currency: z.literal('USD'), prices: z.array(price) })
  .refine(({ prices }) => new Set(prices.map(keyOf)).size === prices.length, 'a meter has two prices in one region');

const keyOf = ({ meter, region }: { readonly meter: string; readonly region: string }) => `${meter} ${region}`;

/** Prices by meter and region. */
export class PriceBook {
  readonly #prices: ReadonlyMap<string, Price>;

  constructor(prices: readonly Price[]) {
    this.#prices = new Map(prices.map((one) => [keyOf(one), one]));
  }

  get all(): readonly Price[] {
    return [...this.#prices.values()];
  }

  find(meter: string, region: string): Price | undefined {
    return this.#prices.get(keyOf({ meter, region }));
  }
}

/** @throws PriceError in one line, with the path of the first fault */
export function readPrices(path: string): PriceBook {
  let content: unknown;
  try {
    content = JSON.parse(readFileSync(path, 'utf8'));
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    throw new PriceError(code === undefined ? `${path}: is not JSON` : `${path}: cannot be read (${code})`);
  }
  const { success, data, error } = schema.safeParse(content);
  if (success) return new PriceBook(data.prices);
  const [issue] = error.issues;
  throw new PriceError(`${path}: ${issue!.path.join('.') || 'the file'}: ${issue!.message}`);
}

export function writePrices(path: string, { all }: PriceBook): void {
  writeFileSync(path, `${JSON.stringify({ currency: 'USD', prices: all }, null, 2)}\n`);
}
