/** A metric: Prometheus, CloudWatch, Datadog and docs/metrics.md take it from its one definition in `catalogue.ts`. */
export interface MetricDefinition {
  readonly name: string;

  /**
   * Its name in Datadog, after the prefix `healthcare_ai.`.
   *
   * @default - not reported: Datadog's agent knows it already
   */
  readonly datadog?: string;
  readonly type: 'counter' | 'gauge' | 'histogram';
  readonly help: string;

  /** @default - none */
  readonly labels?: readonly string[];

  /**
   * Upper bounds of a histogram.
   *
   * @default - prom-client's
   */
  readonly buckets?: readonly number[];

  /**
   * How `WORKERS=n` processes become one series.
   *
   * @default 'sum'
   */
  readonly aggregator?: 'sum' | 'min' | 'max' | 'first';

  /**
   * What CloudWatch gets of it, each a metric to pay for.
   *
   * @default - nothing
   */
  readonly cloudwatch?: readonly CloudWatchDefinition[];
}

/** A CloudWatch metric: one value a minute, made of the reports of that minute. */
export interface CloudWatchDefinition {
  readonly name: string;
  readonly unit: 'Count' | 'Seconds' | 'None';

  /** @default - that of the metric */
  readonly help?: string;

  /**
   * How reports become the value: their `sum`, their `count`, their `distribution`, the `most` of them, the `last` one
   * for as long as there is no other, or the last one of this minute alone (`once`).
   */
  readonly value: 'sum' | 'count' | 'distribution' | 'most' | 'last' | 'once';

  /**
   * Which reports count, by the values of their labels.
   *
   * @default - all
   */
  readonly where?: (...labels: string[]) => boolean;
}
