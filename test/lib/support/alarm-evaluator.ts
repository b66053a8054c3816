import type { Properties } from './stage.ts';

/** Raw values of a metric by minute; a minute without a key is a minute in which nothing was published. */
export type Samples = Readonly<Record<number, readonly number[]>>;

type Aggregate = (values: readonly number[]) => number;

const sum: Aggregate = (values) => values.reduce((total, value) => total + value, 0);

const statistics: Readonly<Record<string, Aggregate>> = {
  Sum: sum,
  Average: (values) => sum(values) / values.length,
  Minimum: (values) => Math.min(...values),
  Maximum: (values) => Math.max(...values),
  SampleCount: (values) => values.length,
};

function percentile(name: string): Aggregate | undefined {
  const rank = /^p(\d+(?:\.\d+)?)$/.exec(name)?.[1];
  if (rank === undefined) return undefined;
  return (values) => {
    const sorted = [...values].sort((a, b) => a - b);
    return sorted[Math.max(0, Math.ceil((Number(rank) / 100) * sorted.length) - 1)]!;
  };
}

const comparisons: Readonly<Record<string, (value: number, threshold: number) => boolean>> = {
  GreaterThanOrEqualToThreshold: (value, threshold) => value >= threshold,
  GreaterThanThreshold: (value, threshold) => value > threshold,
  LessThanThreshold: (value, threshold) => value < threshold,
  LessThanOrEqualToThreshold: (value, threshold) => value <= threshold,
};

/** CloudWatch looks this many periods further back for real datapoints before it fills in missing ones. */
const LOOK_BACK = 2;

function known<Value>(table: Readonly<Record<string, Value>>, key: string, what: string): Value {
  const value = table[key];
  if (value === undefined) throw new Error(`this evaluator knows no ${what} ${key}`);
  return value;
}

/**
 * What CloudWatch makes of an alarm, of its synthesized properties alone, at the end of minute `end - 1`.
 *
 * Missing data as in the tables of
 * https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/alarms-and-missing-data.html : when the evaluation
 * range holds as many real datapoints as there are evaluation periods, the newest of them decide; else the gap is
 * filled as `TreatMissingData` says.
 *
 * @throws Error for an alarm that it cannot evaluate faithfully, such as one with metric math
 */
export function alarmState(alarm: Properties, samples: Samples, end: number): 'OK' | 'ALARM' | 'INSUFFICIENT_DATA' {
  if (alarm.Metrics !== undefined) throw new Error('this evaluator knows no metric math');
  const name = (alarm.Statistic ?? alarm.ExtendedStatistic) as string;
  const aggregate = percentile(name) ?? known(statistics, name, 'statistic');
  const breaches = known(comparisons, alarm.ComparisonOperator, 'comparison');
  const minutes = alarm.Period / 60;
  if (!Number.isInteger(minutes)) throw new Error(`this evaluator knows no period of ${alarm.Period} s`);
  const periods: number = alarm.EvaluationPeriods;
  const needed: number = alarm.DatapointsToAlarm ?? periods;

  const real: number[] = [];
  for (let index = 0; index < periods + LOOK_BACK && real.length < periods; index += 1) {
    const last = end - index * minutes;
    const values = Array.from({ length: minutes }, (_, offset) => samples[last - 1 - offset] ?? []).flat();
    if (values.length > 0) real.push(aggregate(values));
  }
  const breaching = real.filter((value) => breaches(value, alarm.Threshold)).length;
  const gap = periods - real.length;
  const treatment: string = alarm.TreatMissingData ?? 'missing';
  if (real.length === 0 && (treatment === 'missing' || treatment === 'ignore')) return 'INSUFFICIENT_DATA';
  return breaching + (treatment === 'breaching' ? gap : 0) >= needed ? 'ALARM' : 'OK';
}
