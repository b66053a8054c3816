import { FilterLogEventsCommand } from '@aws-sdk/client-cloudwatch-logs';
import type { OpsContext } from '../context.ts';
import { isMetric, type Level, type LogLine, levels, lineOf } from './line.ts';

type LogsContext = Pick<OpsContext, 'clients' | 'signal' | 'clock'>;

/** Which lines are asked for. */
export interface LogQuery {
  readonly requestId?: string;
  readonly auditId?: string;
  /** This level and the more severe ones. */
  readonly level?: Level;
  /** Beginning of the id of a task. */
  readonly task?: string;
  /** Whether lines of metrics are shown, too. */
  readonly metrics: boolean;
}

export interface LogRange {
  readonly group: string;
  /** Where the names of the streams begin, before the id of a task: `service/service/`. */
  readonly streams: string;
  readonly query: LogQuery;
  /** From then on, in milliseconds since 1970. */
  readonly since: number;
}

/** Lines of a range in the order in which they were written, page by page. */
export async function* readLines({ clients, signal }: LogsContext, range: LogRange): AsyncGenerator<LogLine> {
  const { group, streams, query, since } = range;
  let nextToken: string | undefined;
  do {
    signal.throwIfAborted();
    const page = await clients.logs.send(
      new FilterLogEventsCommand({
        logGroupName: group,
        startTime: since,
        filterPattern: patternOf(query),
        logStreamNamePrefix: query.task === undefined ? undefined : streams + query.task,
        nextToken,
      }),
    );
    for (const event of page.events ?? []) {
      const line = lineOf(event);
      if (matches(line, query)) yield line;
    }
    // An endpoint that repeats its token would never end.
    nextToken = page.nextToken === nextToken ? undefined : page.nextToken;
  } while (nextToken !== undefined);
}

/** How often is looked for new lines, in ms: FilterLogEvents is allowed five times a second in an account. */
const EVERY_MS = 2_000;

/** How late a line may arrive after one that was written later, in ms: the tasks send in batches of their own. */
const LATE_MS = 30_000;

/** Lines of a range and then, without end, those that follow; each once. */
export async function* followLines(context: LogsContext, range: LogRange): AsyncGenerator<LogLine> {
  const shown = new Map<string, number>();
  let newest = range.since;
  for (;;) {
    const since = Math.max(range.since, newest - LATE_MS);
    for (const [id, at] of shown) if (at < since) shown.delete(id);
    for await (const line of readLines(context, { ...range, since })) {
      if (shown.has(line.id)) continue;
      shown.set(line.id, line.at);
      newest = Math.max(newest, line.at);
      yield line;
    }
    await context.clock.sleep(EVERY_MS, context.signal);
  }
}

const from = (level: Level): readonly Level[] => levels.slice(levels.indexOf(level));

/**
 * The filter pattern by which CloudWatch Logs leaves out what is not asked for; undefined is everything. It saves time
 * and decides nothing: `matches` looks again, because not every endpoint heeds patterns.
 */
function patternOf({ requestId, auditId, level }: LogQuery): string | undefined {
  const same = (field: string, value: string | undefined) => (value === undefined ? [] : [`($.${field} = "${value}")`]);
  const terms = [
    ...same('request_id', requestId),
    ...same('audit_id', auditId),
    ...(level === undefined
      ? []
      : [
          `(${from(level)
            .map((one) => `($.level = "${one}")`)
            .join(' || ')})`,
        ]),
  ];
  return terms.length === 0 ? undefined : `{ ${terms.join(' && ')} }`;
}

function matches(line: LogLine, { requestId, auditId, level, task, metrics }: LogQuery): boolean {
  const { fields } = line;
  return (
    (requestId === undefined || fields?.request_id === requestId) &&
    (auditId === undefined || fields?.audit_id === auditId) &&
    (level === undefined || from(level).includes(fields?.level as Level)) &&
    (task === undefined || line.task.startsWith(task)) &&
    (metrics || !isMetric(line))
  );
}
