import type { FilteredLogEvent } from '@aws-sdk/client-cloudwatch-logs';

/** Levels of the service's log, from the least to the most severe. */
export const levels = ['debug', 'info', 'warn', 'error'] as const;
export type Level = (typeof levels)[number];

/** One event of a log group. */
export interface LogLine {
  /** Identifies the event within the log group. */
  readonly id: string;
  /** When it was written, in milliseconds since 1970. */
  readonly at: number;
  /** The task that wrote it; empty where the name of the stream ends in none. */
  readonly task: string;
  readonly message: string;
  /** What the service wrote; undefined where the line is no JSON object, such as a crash. */
  readonly fields: Readonly<Record<string, unknown>> | undefined;
}

export function lineOf({ eventId, timestamp = 0, logStreamName = '', message = '' }: FilteredLogEvent): LogLine {
  return {
    id: eventId ?? `${timestamp} ${logStreamName} ${message}`,
    at: timestamp,
    task: /[0-9a-f-]{32,36}$/.exec(logStreamName)?.[0] ?? '',
    message: message.trimEnd(),
    fields: fieldsOf(message),
  };
}

function fieldsOf(message: string): LogLine['fields'] {
  if (!message.startsWith('{')) return undefined;
  try {
    return JSON.parse(message) as Readonly<Record<string, unknown>>;
  } catch {
    return undefined;
  }
}

/** Metrics travel in the same log. https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/CloudWatch_Embedded_Metric_Format_Specification.html */
export const isMetric = ({ fields }: LogLine): boolean => fields?._aws !== undefined;

/** The same on every line of a stage. */
const alwaysSaid = new Set(['timestamp', 'level', 'event', 'service', 'stage']);

/** One line for a person: when, which task, how severe, what, and the fields. */
export function readable({ at, task, message, fields }: LogLine): string {
  const head = `${new Date(at).toISOString()} ${task.slice(0, 8).padEnd(8)}`;
  if (fields === undefined) return `${head} ${message}`;
  const level = String(fields.level ?? '').toUpperCase();
  const pairs = Object.entries(fields)
    .filter(([name]) => !alwaysSaid.has(name))
    .map(([name, value]) => `${name}=${typeof value === 'object' ? JSON.stringify(value) : String(value)}`);
  return [head, level.padEnd(5), String(fields.event ?? ''), ...pairs].join(' ').trimEnd();
}

/** The same as a document. */
export const document = ({ at, task, message, fields }: LogLine): Record<string, unknown> => ({
  timestamp: new Date(at).toISOString(),
  task,
  ...(fields ?? { message }),
});
