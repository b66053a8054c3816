import { FilterLogEventsCommand } from '@aws-sdk/client-cloudwatch-logs';
import type { OpsContext } from '../context.ts';
import { type LogLine, lineOf } from './line.ts';
import { type LogQuery, matches, patternOf } from './query.ts';

type LogsContext = Pick<OpsContext, 'clients' | 'signal' | 'clock'>;

export interface LogRange {
  readonly group: string;
  /** Where the names of the streams begin, before the id of a task: `service/service/`. */
  readonly streams: string;
  readonly query: LogQuery;
  /** From then on, in milliseconds since 1970. */
  readonly since: number;
  /** Before then; @default - now */
  readonly until?: number;
}

/** Lines of a range in the order in which they were written, page by page. */
export async function* readLines({ clients, signal }: LogsContext, range: LogRange): AsyncGenerator<LogLine> {
  const { group, streams, query, since, until } = range;
  let nextToken: string | undefined;
  do {
    signal.throwIfAborted();
    const page = await clients.logs.send(
      new FilterLogEventsCommand({
        logGroupName: group,
        startTime: since,
        endTime: until,
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
