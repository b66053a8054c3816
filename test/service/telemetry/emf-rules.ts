/**
 * The rules of the Embedded Metric Format, as faults found in a line.
 * https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/CloudWatch_Embedded_Metric_Format_Specification.html
 *
 * The form with `Values` and `Counts` is what AWS' own OpenTelemetry exporter writes:
 * https://github.com/open-telemetry/opentelemetry-collector-contrib/pull/22626
 */

// https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_MetricDatum.html
const SIZES = ['', 'Kilo', 'Mega', 'Giga', 'Tera'];
const UNITS = new Set([
  'Seconds',
  'Microseconds',
  'Milliseconds',
  'Percent',
  'Count',
  'Count/Second',
  'None',
  ...['bytes', 'bits'].flatMap((what) =>
    SIZES.flatMap((size) => {
      const unit = size === '' ? what[0]?.toUpperCase() + what.slice(1) : `${size}${what}`;
      return [unit, `${unit}/Second`];
    }),
  ),
]);

type Json = Record<string, unknown>;
const isObject = (value: unknown): value is Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
const isNumber = (value: unknown): value is number => typeof value === 'number' && Number.isFinite(value);
const isText = (value: unknown, most: number): value is string =>
  typeof value === 'string' && value.length >= 1 && value.length <= most;

/** Every rule that the line breaks; none when CloudWatch would take it. */
export function emfFaults(line: string): string[] {
  if (line.includes('\n')) return ['is more than one line'];
  if (Buffer.byteLength(line) > 256 * 1024) return ['is larger than 256 KB'];
  let root: unknown;
  try {
    root = JSON.parse(line);
  } catch {
    return ['is no JSON'];
  }
  if (!isObject(root)) return ['is no object'];
  const aws = root._aws;
  if (!isObject(aws)) return ['_aws is no object'];
  const faults: string[] = [];
  if (!Number.isSafeInteger(aws.Timestamp) || Math.abs((aws.Timestamp as number) - Date.now()) > 14 * 86_400_000) {
    faults.push('Timestamp is no time in milliseconds within two weeks');
  }
  if (!Array.isArray(aws.CloudWatchMetrics)) return [...faults, 'CloudWatchMetrics is no array'];
  for (const directive of aws.CloudWatchMetrics) faults.push(...directiveFaults(directive, root));
  return faults;
}

function directiveFaults(directive: unknown, root: Json): string[] {
  if (!isObject(directive)) return ['a directive is no object'];
  const faults: string[] = [];
  if (!isText(directive.Namespace, 256)) faults.push('Namespace is not 1-256 characters');
  const sets = directive.Dimensions;
  if (!Array.isArray(sets) || sets.length === 0) faults.push('Dimensions is no array of sets');
  else {
    for (const set of sets) {
      if (!Array.isArray(set) || set.length > 30) faults.push('a dimension set is no array of at most 30');
      else {
        for (const name of set) {
          if (!isText(name, 250) || name.startsWith(':')) faults.push('a dimension name is not 1-250 characters');
          else if (!isText(root[name], 1024)) faults.push(`dimension ${name} refers to no string of 1-1024 characters`);
        }
      }
    }
  }
  const metrics = directive.Metrics;
  if (!Array.isArray(metrics)) return [...faults, 'Metrics is no array'];
  if (metrics.length > 100) faults.push('has more than 100 metrics');
  const names = metrics.map((metric) => (isObject(metric) ? metric.Name : undefined));
  if (new Set(names).size !== names.length) faults.push('names a metric twice');
  return [...faults, ...metrics.flatMap((metric) => metricFaults(metric, root))];
}

function metricFaults(metric: unknown, root: Json): string[] {
  if (!isObject(metric) || !isText(metric.Name, 1024)) return ['a metric has no name of 1-1024 characters'];
  const faults: string[] = [];
  const name = metric.Name;
  if (metric.Unit !== undefined && !UNITS.has(metric.Unit as string)) faults.push(`${name} has an unknown unit`);
  if (metric.StorageResolution !== undefined && metric.StorageResolution !== 1 && metric.StorageResolution !== 60) {
    faults.push(`${name} has a storage resolution that is not 1 or 60`);
  }
  if (!Object.hasOwn(root, name)) return [...faults, `${name} refers to no member`];
  return [...faults, ...valueFaults(name, root[name])];
}

function valueFaults(name: string, value: unknown): string[] {
  if (isNumber(value)) return [];
  if (Array.isArray(value)) {
    const good = value.length >= 1 && value.length <= 100 && value.every(isNumber);
    return good ? [] : [`${name} is no array of 1-100 numbers`];
  }
  if (!isObject(value)) return [`${name} is no number`];
  const { Values, Counts, Min, Max, Sum, Count, ...rest } = value;
  if (Object.keys(rest).length > 0) return [`${name} has unknown members`];
  if (!Array.isArray(Values) || !Array.isArray(Counts)) return [`${name} has no Values and Counts`];
  const faults: string[] = [];
  if (Values.length < 1 || Values.length > 100 || Values.length !== Counts.length) {
    faults.push(`${name} has not 1-100 values with a count each`);
  }
  if (![...Values, Min, Max, Sum].every(isNumber)) faults.push(`${name} has a value that is no number`);
  if (!Counts.every((count) => Number.isInteger(count) && (count as number) > 0))
    faults.push(`${name} has a bad count`);
  if (Counts.reduce((sum: number, count) => sum + (count as number), 0) !== Count) faults.push(`${name} miscounts`);
  return faults;
}
