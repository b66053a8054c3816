/** What AWS multiplies its price by: time that passes, bytes that move or lie, or things that are asked for. */
export type PaidBy = 'hour' | 'gigabyte' | 'request';

/** Where the AWS Price List keeps a price: https://docs.aws.amazon.com/aws-cost-management/latest/APIReference/API_pricing_GetProducts.html */
export interface PriceListEntry {
  /** Service code, such as `AmazonECS`. */
  readonly service: string;

  /** Usage type without the prefix of the region, such as `Fargate-ARM-GB-Hours`: https://docs.aws.amazon.com/cur/latest/userguide/cur-data-view.html */
  readonly usageType: string;

  /**
   * Other attributes that tell the product from its neighbours.
   *
   * @default - the usage type does
   */
  readonly attributes?: Readonly<Record<string, string>>;

  /** @default regionCode */
  readonly regionField?: string;
}

/** One thing that AWS has a price for. */
export interface Meter {
  readonly title: string;
  readonly by: PaidBy;

  /** Unit of the quantity, the one of the Price List. */
  readonly unit: string;

  /**
   * Where its price is.
   *
   * @default - its name in the Price List is not known: a price can only come from a file
   */
  readonly priceList?: PriceListEntry;
}

/** How much of a meter one resource uses in a month: at least and at most. */
export interface Usage {
  readonly meter: string;
  readonly low: number;

  /** @default low */
  readonly high?: number;

  /** How the figures come about: numbers from the template and names of assumptions. */
  readonly how: string;
}
