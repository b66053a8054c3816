import { z } from 'zod';
import type { Meter } from '../meter.ts';
import { AmbiguousPriceError, type Price, PriceError } from './price.ts';

const dimension = z.object({
  unit: z.string(),
  beginRange: z.string(),
  pricePerUnit: z.record(z.string(), z.string()),
});

/**
 * One product of the Price List, as far as it is read. GetProducts gives each as a string of JSON:
 * https://docs.aws.amazon.com/awsaccountbilling/latest/aboutv2/using-price-list-query-api-finding-prices.html
 */
const product = z.object({
  product: z.object({ sku: z.string(), attributes: z.record(z.string(), z.string()) }),
  serviceCode: z.string(),
  terms: z.object({
    OnDemand: z
      .record(z.string(), z.object({ effectiveDate: z.string(), priceDimensions: z.record(z.string(), dimension) }))
      .optional(),
  }),
  publicationDate: z.string(),
});

export type Product = z.infer<typeof product>;

/** @throws PriceError when the text is no product of the Price List */
export function parseProduct(text: string): Product {
  let content: unknown;
  try {
    content = JSON.parse(text);
  } catch {
    throw new PriceError('the Price List answered with something that is not JSON');
  }
  const { success, data, error } = product.safeParse(content);
  if (success) return data;
  const [issue] = error.issues;
  throw new PriceError(`the Price List answered in a form that is not known: ${issue!.path.join('.')}`);
}

/** Whether a usage type is the wanted one, with or without the prefix of its region: `USE1-`, `us-east-1-`, none. */
export const isUsage = (usageType: string, wanted: string): boolean =>
  usageType === wanted ||
  (/^([A-Z]{2,4}\d?|[a-z]{2}(-[a-z]+)+-\d)-$/.test(usageType.slice(0, -wanted.length)) && usageType.endsWith(wanted));

/** The product of a meter among those that the Price List gave. @throws AmbiguousPriceError when several fit, at different prices */
export function choose(
  id: string,
  { priceList }: Meter,
  region: string,
  products: readonly Product[],
): Price | undefined {
  const { usageType, attributes = {} } = priceList!;
  const fitting = products.filter(
    ({ product: { attributes: has } }) =>
      isUsage(has.usagetype ?? '', usageType) &&
      Object.entries(attributes).every(([name, value]) => has[name] === value),
  );
  const prices = fitting.flatMap((one) => onDemand(id, region, one) ?? []);
  const [first] = prices;
  if (prices.some(({ tiers }) => JSON.stringify(tiers) !== JSON.stringify(first!.tiers))) {
    const skus = fitting.map(({ product: { sku } }) => sku).join(', ');
    throw new AmbiguousPriceError(`${id}: the Price List has several prices in ${region} (SKUs ${skus})`);
  }
  return first;
}

function onDemand(meter: string, region: string, one: Product): Price | undefined {
  const [term] = Object.values(one.terms.OnDemand ?? {});
  if (term === undefined) return undefined;
  const dimensions = Object.values(term.priceDimensions);
  const tiers = dimensions
    .map(({ beginRange, pricePerUnit }) => ({ from: Number(beginRange), usd: Number(pricePerUnit.USD) }))
    .sort((a, b) => a.from - b.from);
  if (tiers.length === 0 || tiers.some(({ from, usd }) => !Number.isFinite(from) || !Number.isFinite(usd)))
    return undefined;
  return {
    meter,
    region,
    unit: dimensions[0]!.unit,
    tiers,
    source: `AWS Price List, ${one.serviceCode}, SKU ${one.product.sku}, in force since ${term.effectiveDate.slice(0, 10)}`,
    date: one.publicationDate.slice(0, 10),
  };
}
