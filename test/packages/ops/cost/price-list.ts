import { once } from 'node:events';
import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';

interface Filter {
  readonly Type: string;
  readonly Field: string;
  readonly Value: string;
}

interface Question {
  readonly ServiceCode: string;
  readonly Filters: readonly Filter[];
  readonly MaxResults: number;
  readonly NextToken?: string;
}

/**
 * A product in the form in which GetProducts gives it: one string of JSON, prices as text, tiers by term and rate code.
 * https://docs.aws.amazon.com/awsaccountbilling/latest/aboutv2/using-price-list-query-api-finding-prices.html
 * The prices here are not those of AWS.
 */
export function product(
  serviceCode: string,
  attributes: Readonly<Record<string, string>>,
  tiers: readonly (readonly [begin: string, end: string, usd: string])[],
  unit = 'Hrs',
): string {
  const sku = Buffer.from(JSON.stringify([serviceCode, attributes]))
    .toString('hex')
    .slice(-16)
    .toUpperCase();
  const term = `${sku}.JRTCKXETXF`;
  const dimension = ([beginRange, endRange, USD]: readonly [string, string, string], index: number) => [
    `${term}.${index}`,
    {
      unit,
      endRange,
      description: 'a price',
      appliesTo: [],
      rateCode: `${term}.${index}`,
      beginRange,
      pricePerUnit: { USD },
    },
  ];
  return JSON.stringify({
    product: {
      productFamily: 'Any',
      attributes: { servicecode: serviceCode, locationType: 'AWS Region', ...attributes },
      sku,
    },
    serviceCode,
    terms: {
      OnDemand: {
        [term]: {
          // AWS gives the tiers in no order.
          priceDimensions: Object.fromEntries(tiers.map(dimension).reverse()),
          sku,
          effectiveDate: '2026-11-01T00:00:00Z',
          offerTermCode: 'JRTCKXETXF',
          termAttributes: {},
        },
      },
    },
    version: '20261120181130',
    publicationDate: '2026-11-20T18:11:30Z',
  });
}

/** What the server does instead of an answer. */
export type Trouble = 'cut' | { readonly status: number; readonly type: string; readonly message: string };

/** The query API of the AWS Price List on loopback: it filters and pages as AWS does. */
export class PriceListServer {
  readonly questions: Question[] = [];

  /** Answers, before the real ones. */
  readonly troubles: Trouble[] = [];
  readonly #products: readonly string[];
  readonly #server = createServer(async (request, response) => {
    const question = JSON.parse(await text(request)) as Question;
    this.questions.push(question);
    const trouble = this.troubles.shift();
    if (trouble === 'cut') response.destroy();
    else if (trouble) refuse(response, trouble);
    else if (request.headers['x-amz-target'] !== 'AWSPriceListService.GetProducts') response.writeHead(404).end();
    else answer(response, 200, this.#find(question));
  });

  constructor(products: readonly string[]) {
    this.#products = products;
  }

  async start(): Promise<this> {
    this.#server.listen(0, '127.0.0.1');
    await once(this.#server, 'listening');
    return this;
  }

  get endpoint(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  close(): void {
    this.#server.closeAllConnections();
    this.#server.close();
  }

  #find({ ServiceCode, Filters, NextToken }: Question): unknown {
    const fitting = this.#products.filter((one) => {
      const {
        serviceCode,
        product: { attributes },
      } = JSON.parse(one);
      return serviceCode === ServiceCode && Filters.every((filter) => fits(filter, attributes[filter.Field]));
    });
    // One a page, so that every answer of several has several pages.
    const at = Number(NextToken ?? 0);
    const last = at + 1 >= fitting.length;
    return {
      FormatVersion: 'aws_v1',
      PriceList: fitting.slice(at, at + 1),
      ...(last ? {} : { NextToken: String(at + 1) }),
    };
  }
}

function fits({ Type, Value }: Filter, value: string | undefined): boolean {
  if (Type === 'TERM_MATCH') return value === Value;
  if (Type === 'CONTAINS') return value?.includes(Value) ?? false;
  throw new Error(`the server knows no filter ${Type}`);
}

const answer = (response: ServerResponse, status: number, body: unknown) =>
  response.writeHead(status, { 'content-type': 'application/x-amz-json-1.1' }).end(JSON.stringify(body));

/** Errors of the JSON protocols: https://smithy.io/2.0/aws/protocols/aws-json-1_1-protocol.html#operation-error-serialization */
const refuse = (response: ServerResponse, { status, type, message }: Exclude<Trouble, 'cut'>) =>
  answer(response, status, { __type: type, message });
