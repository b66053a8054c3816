import {
  type Filter,
  GetProductsCommand,
  type GetProductsCommandOutput,
  type PricingClient,
} from '@aws-sdk/client-pricing';
import type { Sum } from '../count.ts';
import type { PriceListEntry } from '../meter.ts';
import { meters } from '../services/index.ts';
import { PriceBook } from './file.ts';
import { AmbiguousPriceError, type Price } from './price.ts';
import { choose, type Product, parseProduct } from './product.ts';

/** Pages of one question that are read at most. A question names a service, a region and a part of a usage type. */
const MAX_PAGES = 20;

const match = (field: string, value: string, type: Filter['Type'] = 'TERM_MATCH'): Filter => ({
  Type: type,
  Field: field,
  Value: value,
});

async function productsOf(client: PricingClient, entry: PriceListEntry, region: string): Promise<Product[]> {
  const { service, usageType, attributes = {}, regionField = 'regionCode' } = entry;
  const products: Product[] = [];
  let token: string | undefined;
  for (let page = 0; page < MAX_PAGES; page++) {
    const answer: GetProductsCommandOutput = await client.send(
      new GetProductsCommand({
        ServiceCode: service,
        FormatVersion: 'aws_v1',
        Filters: [
          match(regionField, region),
          // The prefix of the region differs from service to service.
          match('usagetype', usageType, 'CONTAINS'),
          ...Object.entries(attributes).map(([name, value]) => match(name, value)),
        ],
        MaxResults: 100,
        NextToken: token,
      }),
    );
    products.push(...(answer.PriceList ?? []).map((one: unknown) => parseProduct(String(one))));
    token = answer.NextToken;
    if (token === undefined) break;
  }
  return products;
}

/**
 * Asks the AWS Price List for the price of each meter that is used, one question after the other.
 *
 * @param progress told before each question
 * @returns the prices found; of a meter that the Price List does not know there is none
 * @throws PriceError when an answer cannot be understood; the SDK's errors as they are
 */
export async function fetchPrices(
  client: PricingClient,
  used: readonly Sum[],
  signal: AbortSignal,
  progress: (text: string) => void = () => {},
): Promise<PriceBook> {
  const prices: Price[] = [];
  for (const [index, { meter: id, region }] of used.entries()) {
    const meter = meters[id]!;
    if (meter.priceList === undefined) continue;
    signal.throwIfAborted();
    progress(`${index + 1}/${used.length} ${meter.title}, ${region}`);
    try {
      const price = choose(id, meter, region, await productsOf(client, meter.priceList, region));
      if (price !== undefined) prices.push(price);
    } catch (error) {
      // One meter that cannot be told from its neighbours must not hide what the others cost.
      if (!(error instanceof AmbiguousPriceError)) throw error;
      progress(`${error.message}: left without a price`);
    }
  }
  return new PriceBook(prices);
}
