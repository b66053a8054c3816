import { metricDefinitions } from './catalogue.ts';
import { Distribution } from './distribution.ts';
import { type EmfSeries, processSeries } from './emf-series.ts';
import type { CloudWatchDefinition, MetricDefinition } from './metric-definition.ts';
import type { MetricsSink } from './metrics.ts';

export interface EmfProps {
  /** CloudWatch namespace. */
  readonly namespace: string;

  /** The one set of dimensions, by name (`Service`, `Stage`). Every further value is a further metric to pay for. */
  readonly dimensions: Readonly<Record<string, string>>;

  /** Takes one line, without its newline: to standard output, past the logger, whose allow-list knows no metrics. */
  readonly write: (line: string) => void;

  /**
   * Series of other parts of the service.
   *
   * @default - none
   */
  readonly series?: readonly EmfSeries[];

  /**
   * Seconds between two lines. CloudWatch keeps one-minute data points.
   *
   * @default 60
   */
  readonly interval?: number;
}

export interface Emf extends MetricsSink {
  /** Every series of the line. */
  readonly series: readonly EmfSeries[];

  /** Writes a line an interval from now on. The timer keeps no process alive. */
  start(): void;

  /** Writes what has gathered since the last line, and ends the timer. */
  stop(): void;
}

/** CloudWatch's limit of metrics in one directive. */
const MAX_SERIES = 100;

/**
 * Reports to CloudWatch in the Embedded Metric Format: one JSON line a minute on standard output, from which
 * CloudWatch Logs takes the metrics. Counters are the increase since the last line.
 * https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/CloudWatch_Embedded_Metric_Format_Specification.html
 *
 * @throws Error when two series have one name, or there are more than CloudWatch takes
 */
export function createEmf(props: EmfProps): Emf {
  const own: EmfSeries[] = [];
  const takers = new Map<string, Taker[]>();
  for (const [metric, { help, cloudwatch = [] }] of Object.entries<MetricDefinition>(metricDefinitions)) {
    const made = cloudwatch.map((definition) => {
      const { add, take } = gather(definition.value);
      own.push({ name: definition.name, unit: definition.unit, help: definition.help ?? help, take });
      return { add, where: definition.where };
    });
    if (made.length > 0) takers.set(metric, made);
  }

  const ofProcess = processSeries();
  const series = [...own, ...ofProcess.series, ...(props.series ?? [])];
  checkSeries(series, Object.keys(props.dimensions));

  const writeLine = () => props.write(emfLine(props.namespace, props.dimensions, series, Date.now()));
  let timer: NodeJS.Timeout | undefined;

  return {
    series,
    start() {
      timer ??= setInterval(writeLine, (props.interval ?? 60) * 1000).unref();
    },
    stop() {
      clearInterval(timer);
      timer = undefined;
      writeLine();
      ofProcess.close();
    },
    report(name, value, labels) {
      for (const { add, where } of takers.get(name) ?? []) if (!where || where(...labels)) add(value);
    },
  };
}

interface Taker {
  readonly add: (value: number) => void;
  readonly where: CloudWatchDefinition['where'];
}

/** Gathers the reports of a minute; `take` returns their value and begins the next minute. */
function gather(kind: CloudWatchDefinition['value']): {
  readonly add: (value: number) => void;
  readonly take: EmfSeries['take'];
} {
  if (kind === 'distribution') {
    const gathered = new Distribution();
    return { add: (value) => gathered.add(value), take: () => gathered.take() };
  }
  const isTotal = kind === 'sum' || kind === 'count';
  let value: number | undefined = isTotal || kind === 'most' ? 0 : undefined;
  let newest = 0;
  return {
    add(reported) {
      newest = reported;
      if (isTotal) value = value! + (kind === 'sum' ? reported : 1);
      else value = kind === 'most' ? Math.max(value!, reported) : reported;
    },
    take() {
      const taken = value;
      if (isTotal) value = 0;
      else if (kind === 'most') value = newest;
      else if (kind === 'once') value = undefined;
      return taken;
    },
  };
}

function checkSeries(series: readonly EmfSeries[], dimensions: readonly string[]): void {
  const names = [...series.map(({ name }) => name), ...dimensions];
  const twice = names.find((name, index) => names.indexOf(name) !== index);
  if (twice !== undefined) throw new Error(`Two EMF members are named ${twice}: rename one.`);
  if (series.length > MAX_SERIES)
    throw new Error(`${series.length} EMF series: CloudWatch takes ${MAX_SERIES} a line.`);
}

function emfLine(
  namespace: string,
  dimensions: Readonly<Record<string, string>>,
  series: readonly EmfSeries[],
  timestamp: number,
): string {
  const taken = series.map((one) => ({ ...one, value: one.take() })).filter(({ value }) => value !== undefined);
  return JSON.stringify({
    _aws: {
      Timestamp: timestamp,
      CloudWatchMetrics: [
        {
          Namespace: namespace,
          Dimensions: [Object.keys(dimensions)],
          Metrics: taken.map(({ name, unit }) => ({ Name: name, Unit: unit })),
        },
      ],
    },
    event: 'metrics',
    ...dimensions,
    ...Object.fromEntries(taken.map(({ name, value }) => [name, value])),
  });
}
