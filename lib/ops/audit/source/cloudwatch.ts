import {
  DescribeLogStreamsCommand,
  GetLogEventsCommand,
  type LogStream,
  type OutputLogEvent,
} from '@aws-sdk/client-cloudwatch-logs';
import type { TrailVerifier } from '../../../../service/src/trail/verifier.ts';
import type { OpsContext } from '../../context.ts';
import { OpsFailure, UsageError } from '../../errors.ts';

type LogsContext = Pick<OpsContext, 'clients' | 'signal'>;

/** `<trail>/<term>-<publisher>`: as the service's sink names them, so that names sort by term. */
const streamName = /^([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})\/\d{8}-[0-9a-f-]{36}$/;

export interface TrailStreams {
  readonly group: string;
  /** UUID of the trail: the end of its origin. */
  readonly trail: string;
  /** In the order of their terms. */
  readonly streams: readonly string[];
}

/**
 * Finds the streams of a trail in a log group.
 *
 * @param wanted UUID of the trail; undefined when there is only one
 * @throws OpsFailure when there is none; UsageError when there are several and none was named
 */
export async function findStreams(context: LogsContext, group: string, wanted?: string): Promise<TrailStreams> {
  const found = new Map<string, string[]>();
  for await (const { logStreamName: name = '' } of streamsOf(context, group, wanted)) {
    const trail = streamName.exec(name)?.[1];
    if (trail === undefined) continue;
    const streams = found.get(trail) ?? [];
    streams.push(name);
    found.set(trail, streams);
  }
  const [first, ...others] = [...found];
  if (!first) throw new OpsFailure(`The log group ${group} holds no streams of ${wanted ?? 'a trail'}.`);
  if (others.length > 0) {
    const names = [...found.keys()].join(', ');
    throw new UsageError(`the log group ${group} holds several trails; name one with --trail: ${names}`);
  }
  return { group, trail: first[0], streams: first[1].sort() };
}

async function* streamsOf({ clients, signal }: LogsContext, group: string, wanted?: string): AsyncGenerator<LogStream> {
  let nextToken: string | undefined;
  do {
    signal.throwIfAborted();
    const page = await clients.logs.send(
      new DescribeLogStreamsCommand({
        logGroupName: group,
        logStreamNamePrefix: wanted === undefined ? undefined : `${wanted}/`,
        nextToken,
      }),
    );
    yield* page.logStreams ?? [];
    nextToken = page.nextToken === nextToken ? undefined : page.nextToken;
  } while (nextToken !== undefined);
}

/**
 * Gives a verifier what a log group holds of a trail: stream by stream, each from its head. Lines that a second
 * publisher repeats are recognised.
 *
 * @param onLines told how many lines were read since it was last told
 */
export async function verifyStreams(
  context: LogsContext,
  { group, streams }: TrailStreams,
  verifier: TrailVerifier,
  onLines: (count: number) => void,
): Promise<void> {
  for (const stream of streams) {
    let line = 0;
    for await (const events of eventsOf(context, group, stream)) {
      for (const { message = '' } of events) {
        line += 1;
        verifier.line(message, stream, line);
      }
      onLines(events.length);
      if (verifier.fault) return;
    }
  }
}

async function* eventsOf(
  { clients, signal }: LogsContext,
  group: string,
  stream: string,
): AsyncGenerator<readonly OutputLogEvent[]> {
  for (let nextToken: string | undefined; ; ) {
    signal.throwIfAborted();
    const page = await clients.logs.send(
      new GetLogEventsCommand({ logGroupName: group, logStreamName: stream, startFromHead: true, nextToken }),
    );
    if (page.events && page.events.length > 0) yield page.events;
    // A page may be empty before the end; at the end the token comes back as it was given.
    // https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_GetLogEvents.html
    if (page.nextForwardToken === undefined || page.nextForwardToken === nextToken) return;
    nextToken = page.nextForwardToken;
  }
}
