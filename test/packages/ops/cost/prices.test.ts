import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createPricingClient } from '@healthcare-ai/ops/cost/prices/client';
import { fetchPrices } from '@healthcare-ai/ops/cost/prices/fetch';
import { PriceBook, readPrices, writePrices } from '@healthcare-ai/ops/cost/prices/file';
import { priceOf } from '@healthcare-ai/ops/cost/prices/price';
import { isUsage, parseProduct } from '@healthcare-ai/ops/cost/prices/product';
import { meters } from '@healthcare-ai/ops/cost/services/index';
import { PriceListServer, product } from './price-list.ts';

const east = { regionCode: 'us-east-1' };
const sum = (meter: string, region = 'us-east-1') => ({ meter, region, low: 1, high: 1, resources: 1, how: [] });

async function ask(products: readonly string[], ...wanted: ReturnType<typeof sum>[]) {
  const server = await new PriceListServer(products).start();
  const signal = AbortSignal.timeout(100_000);
  const client = createPricingClient({
    endpoint: server.endpoint,
    credentials: { accessKeyId: 'AKIAIOSFODNN7EXAMPLE', secretAccessKey: 'secret' },
    signal,
  });
  try {
    const said: string[] = [];
    const book = await fetchPrices(client, wanted, signal, (line) => void said.push(line));
    return { book, said, questions: server.questions };
  } finally {
    server.close();
  }
}

describe('The AWS Price List', () => {
  const arm = product(
    'AmazonECS',
    { ...east, usagetype: 'USE1-Fargate-ARM-vCPU-Hours:perCPU' },
    [['0', 'Inf', '7.5']],
    'hours',
  );
  const neighbours = [
    product('AmazonECS', { ...east, usagetype: 'USE1-Fargate-vCPU-Hours:perCPU' }, [['0', 'Inf', '9']]),
    product('AmazonECS', { ...east, usagetype: 'USE1-Other-Fargate-ARM-vCPU-Hours:perCPU' }, [['0', 'Inf', '9']]),
    product('AmazonECS', { regionCode: 'eu-west-1', usagetype: 'EU-Fargate-ARM-vCPU-Hours:perCPU' }, [
      ['0', 'Inf', '9'],
    ]),
  ];

  it('gives the price of the meter and not of its neighbours, with its SKU and date', async () => {
    const { book } = await ask([...neighbours, arm], sum('fargate-arm-vcpu'));
    expect(book.all).toEqual([
      {
        meter: 'fargate-arm-vcpu',
        region: 'us-east-1',
        unit: 'hours',
        tiers: [{ from: 0, usd: 7.5 }],
        source: expect.stringMatching(/^AWS Price List, AmazonECS, SKU [0-9A-F]{16}, in force since 2026-11-01$/),
        date: '2026-11-20',
      },
    ]);
  });

  it('is asked for the region, and for a part of the usage type, because its prefix is not known', async () => {
    const { questions } = await ask([arm], sum('fargate-arm-vcpu'));
    expect(questions[0]).toMatchObject({
      ServiceCode: 'AmazonECS',
      Filters: [
        { Type: 'TERM_MATCH', Field: 'regionCode', Value: 'us-east-1' },
        { Type: 'CONTAINS', Field: 'usagetype', Value: 'Fargate-ARM-vCPU-Hours:perCPU' },
      ],
    });
  });

  it('is read to its last page', async () => {
    const products = [0, 1, 2, 3].map((n) =>
      product('AWSELB', { ...east, usagetype: `USE1-${n}-LCUUsage`, operation: 'LoadBalancing:Application' }, [
        ['0', 'Inf', '9'],
      ]),
    );
    const last = product('AWSELB', { ...east, usagetype: 'LCUUsage', operation: 'LoadBalancing:Application' }, [
      ['0', 'Inf', '3'],
    ]);
    const { book, questions } = await ask([...products, last], sum('alb-lcu'));
    expect(book.find('alb-lcu', 'us-east-1')?.tiers).toEqual([{ from: 0, usd: 3 }]);
    expect(questions).toHaveLength(5);
  });

  it('has tiers, given in no order', async () => {
    const tiers = [
      ['0', '10000', '0.3'],
      ['10000', '250000', '0.1'],
      ['250000', 'Inf', '0.05'],
    ] as const;
    const { book } = await ask(
      [product('AmazonCloudWatch', { ...east, usagetype: 'CW:MetricMonitorUsage' }, tiers, 'Metrics')],
      sum('custom-metric'),
    );
    expect(book.find('custom-metric', 'us-east-1')?.tiers.map(({ from }) => from)).toEqual([0, 10_000, 250_000]);
  });

  it('knows nothing of some meters: they have no price, rather than none to pay', async () => {
    const { book, questions } = await ask([], sum('fargate-arm-vcpu'), sum('spot-arm-vcpu'));
    expect(book.all).toEqual([]);
    // Of Spot it is not even asked.
    expect(questions).toHaveLength(1);
  });

  it('with two prices for one meter leaves that one without a price, says so, and goes on', async () => {
    const alb = { ...east, operation: 'LoadBalancing:Application' };
    const products = [
      product('AWSELB', { ...alb, usagetype: 'LCUUsage', group: 'one' }, [['0', 'Inf', '1']]),
      product('AWSELB', { ...alb, usagetype: 'LCUUsage', group: 'two' }, [['0', 'Inf', '2']]),
      product('AWSELB', { ...alb, usagetype: 'LoadBalancerUsage' }, [['0', 'Inf', '3']]),
    ];
    const { book, said } = await ask(products, sum('alb-lcu'), sum('alb-hours'));
    expect(book.all.map(({ meter }) => meter)).toEqual(['alb-hours']);
    expect(said).toContainEqual(
      expect.stringMatching(
        /^alb-lcu: the Price List has several prices in us-east-1 \(SKUs \w+, \w+\): left without a price$/,
      ),
    );
  });

  it.each([
    ['not JSON', '<html>', 'the Price List answered with something that is not JSON'],
    ['another form', '{"product":{}}', 'the Price List answered in a form that is not known: product.sku'],
  ])('that answers in %s is refused, in one line', (_, text, message) => {
    expect(() => parseProduct(text)).toThrow(message);
  });
});

it.each([
  ['KMS-Keys', 'us-east-1-KMS-Keys', true],
  ['KMS-Keys', 'KMS-Keys', true],
  ['KMS-Requests', 'us-east-1-KMS-Requests-Asymmetric', false],
  ['NatGateway-Hours', 'USE1-RegionalNatGateway-Hours', false],
  ['Requests-Tier1', 'EUC1-Requests-Tier1', true],
  ['Requests-Tier1', 'USE1-Requests-SIA-Tier1', false],
  ['RequestV2-Tier1', 'USE1-ShieldProtected-RequestV2-Tier1', false],
  ['PaidEventsAnalyzed', 'EU-PaidEventsAnalyzed-Bytes', false],
])('The usage type of %s in %s: %j', (wanted, usageType, fits) => {
  expect(isUsage(usageType, wanted)).toBe(fits);
});

it.each([
  [100, 30],
  [10_000, 3000],
  [10_001, 3000.1],
  [300_000, 3000 + 24_000 + 2500],
  [0, 0],
])('%d metrics cost %d where the price falls twice', (quantity, usd) => {
  const tiers = [
    { from: 0, usd: 0.3 },
    { from: 10_000, usd: 0.1 },
    { from: 250_000, usd: 0.05 },
  ];
  expect(priceOf(quantity, tiers)).toBeCloseTo(usd);
});

describe('A file of prices', () => {
  const folder = mkdtempSync(join(tmpdir(), 'healthcare-ai-prices-'));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));
  const path = join(folder, 'prices.json');
  const price = {
    meter: 'alb-hours',
    region: 'us-east-1',
    unit: 'Hrs',
    tiers: [{ from: 0, usd: 2 }],
    source: 'https://aws.amazon.com/elasticloadbalancing/pricing/',
    date: '2026-11-23',
  };

  it('gives back what was saved', () => {
    writePrices(path, new PriceBook([price]));
    expect(readPrices(path).all).toEqual([price]);
  });

  it.each([
    ['no date', { ...price, date: undefined }, 'prices.0.date'],
    ['no source', { ...price, source: '' }, 'must say where the price comes from'],
    ['a day that is none', { ...price, date: '2026-13-01' }, 'the day on which the source said so'],
    ['a meter that is none', { ...price, meter: 'alb' }, 'is no meter'],
    ['a price below nothing', { ...price, tiers: [{ from: 0, usd: -1 }] }, 'prices.0.tiers.0.usd'],
    ['a gap below the first tier', { ...price, tiers: [{ from: 5, usd: 1 }] }, 'the first tier must be from 0'],
    ['a misspelt key', { ...price, currency: 'EUR' }, 'currency'],
  ])('with %s is refused, in one line that says where', (_, one, message) => {
    writeFileSync(path, JSON.stringify({ currency: 'USD', prices: [one] }));
    expect(() => readPrices(path)).toThrow(message);
    expect(() => readPrices(path)).toThrow(/^[^\n]+prices\.json: [^\n]+$/);
  });

  it('with two prices of one meter, of another currency, or without JSON is refused', () => {
    writeFileSync(path, JSON.stringify({ currency: 'USD', prices: [price, price] }));
    expect(() => readPrices(path)).toThrow('a meter has two prices in one region');
    writeFileSync(path, JSON.stringify({ currency: 'EUR', prices: [] }));
    expect(() => readPrices(path)).toThrow('currency');
    writeFileSync(path, 'x');
    expect(() => readPrices(path)).toThrow('is not JSON');
    expect(() => readPrices(join(folder, 'nope'))).toThrow('cannot be read (ENOENT)');
  });
});

it('No two meters have one price in the Price List', () => {
  const keys = Object.values(meters).flatMap(({ priceList }) => (priceList ? [JSON.stringify(priceList)] : []));
  expect(new Set(keys).size).toBe(keys.length);
});
