import type { CloudWatchLogsClient } from '@aws-sdk/client-cloudwatch-logs';

/** What reads a log group. */
export interface LogGroupReader {
  readonly client: Pick<CloudWatchLogsClient, 'send'>;
  readonly group: string;

  /** Ends the reading between two calls. */
  readonly signal: AbortSignal;
}

/** The streams of one trail in a log group. */
export interface TrailStreams {
  /** UUID of the trail: the end of its origin. */
  readonly trail: string;
  /** In the order of their terms. */
  readonly streams: readonly string[];
}

/** There are no streams of a trail in a log group. */
export class NoStreamsError extends Error {
  constructor(group: string, wanted: string | undefined) {
    super(`The log group ${group} holds no streams of ${wanted ?? 'a trail'}.`);
    this.name = 'NoStreamsError';
  }
}

/** There are those of several trails, and none was named. */
export class SeveralTrailsError extends Error {
  constructor(group: string, trails: readonly string[]) {
    super(`the log group ${group} holds several trails; name one with --trail: ${trails.join(', ')}`);
    this.name = 'SeveralTrailsError';
  }
}

/** `<trail>/<term>-<publisher>`: as the service's sink names them, so that names sort by term. */
const streamName = /^([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})\/\d{8}-[0-9a-f-]{36}$/;

/**
 * Finds the streams of a trail in a log group.
 *
 * @param wanted UUID of the trail; undefined when there is only one
 * @throws NoStreamsError, SeveralTrailsError, and what the calls throw
 */
export async function findStreams(reader: LogGroupReader, wanted?: string): Promise<TrailStreams> {
  const found = new Map<string, string[]>();
  for await (const name of namesIn(reader, wanted)) {
    const trail = streamName.exec(name)?.[1];
    if (trail === undefined) continue;
    const streams = found.get(trail) ?? [];
    streams.push(name);
    found.set(trail, streams);
  }
  const [first, ...others] = [...found];
  if (!first) throw new NoStreamsError(reader.group, wanted);
  if (others.length > 0) throw new SeveralTrailsError(reader.group, [...found.keys()]);
  return { trail: first[0], streams: first[1].sort() };
}

async function* namesIn({ client, group, signal }: LogGroupReader, wanted?: string): AsyncGenerator<string> {
  const { DescribeLogStreamsCommand } = await import('@aws-sdk/client-cloudwatch-logs');
  let nextToken: string | undefined;
  do {
    signal.throwIfAborted();
    const page = await client.send(
      new DescribeLogStreamsCommand({
        logGroupName: group,
        logStreamNamePrefix: wanted === undefined ? undefined : `${wanted}/`,
        nextToken,
      }),
    );
    for (const { logStreamName: name = '' } of page.logStreams ?? []) yield name;
    nextToken = page.nextToken === nextToken ? undefined : page.nextToken;
  } while (nextToken !== undefined);
}
