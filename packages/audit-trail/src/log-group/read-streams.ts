import type { LinePage } from '../verify/collect-published.ts';
import type { LogGroupReader } from './find-streams.ts';

/** The lines of streams, one after the other, each from its head: a page holds at most a megabyte. */
export async function* readStreams(reader: LogGroupReader, streams: readonly string[]): AsyncGenerator<LinePage> {
  for (const stream of streams) {
    let first = 1;
    for await (const lines of pagesOf(reader, stream)) {
      yield { source: stream, first, lines };
      first += lines.length;
    }
  }
}

async function* pagesOf({ client, group, signal }: LogGroupReader, stream: string): AsyncGenerator<readonly string[]> {
  const { GetLogEventsCommand } = await import('@aws-sdk/client-cloudwatch-logs');
  for (let nextToken: string | undefined; ; ) {
    signal.throwIfAborted();
    const page = await client.send(
      new GetLogEventsCommand({ logGroupName: group, logStreamName: stream, startFromHead: true, nextToken }),
    );
    if (page.events && page.events.length > 0) yield page.events.map(({ message = '' }) => message);
    // A page may be empty before the end; at the end the token comes back as it was given.
    // https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_GetLogEvents.html
    if (page.nextForwardToken === undefined || page.nextForwardToken === nextToken) return;
    nextToken = page.nextForwardToken;
  }
}
