import type { EventPages } from './sink.ts';

/**
 * What CloudWatch Logs takes in one call.
 * https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_PutLogEvents.html
 */
export const batchLimits = {
  /** Bytes of UTF-8, 26 for each event among them. */
  bytes: 1_048_576,
  bytesPerEvent: 26,
  events: 10_000,
} as const;

/** Groups lines into batches that are as large as one call takes. Holds one page and one batch. */
export async function* batchesOf(pages: EventPages): AsyncGenerator<readonly string[]> {
  let batch: string[] = [];
  let bytes = 0;
  for await (const page of pages) {
    for (const line of page.split('\n')) {
      const size = Buffer.byteLength(line) + batchLimits.bytesPerEvent;
      if (batch.length > 0 && (bytes + size > batchLimits.bytes || batch.length >= batchLimits.events)) {
        yield batch;
        batch = [];
        bytes = 0;
      }
      batch.push(line);
      bytes += size;
    }
  }
  if (batch.length > 0) yield batch;
}

/** The record of a checkpoint goes last: what it covers was taken before it. */
export async function* withRecord(events: EventPages, record: string): AsyncGenerator<string> {
  yield* events;
  yield record;
}
