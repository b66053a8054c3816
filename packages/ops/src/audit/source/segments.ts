import { looksLikeCheckpoint, parseCheckpoint } from '@healthcare-ai/audit-trail/format/checkpoint';
import { BucketSegments } from '@healthcare-ai/audit-trail/segments/bucket-store';
import { type ReadSegment, readSegments, segmentPages } from '@healthcare-ai/audit-trail/segments/read-segments';
import { beginOfSegments } from '@healthcare-ai/audit-trail/segments/segment-store';
import type { LinePage } from '@healthcare-ai/audit-trail/verify/collect-published';
import type { OpsContext } from '../../context.ts';
import { UsageError } from '../../errors.ts';
import { type FoundStreams, linesOf } from './cloudwatch.ts';

/** The segments of a trail in a bucket, without a gap up to the newest. */
export interface FoundSegments {
  readonly store: BucketSegments;
  readonly bucket: string;
  readonly from: number;
  readonly to: number;
}

/**
 * The trail of which a bucket holds segments.
 *
 * @returns undefined when it holds none
 * @throws UsageError when it holds those of several
 */
export async function onlyTrail({ clients }: Pick<OpsContext, 'clients'>, bucket: string): Promise<string | undefined> {
  const trails = await BucketSegments.trails({ client: clients.s3, bucket });
  if (trails.length < 2) return trails[0];
  throw new UsageError(
    `the bucket ${bucket} holds segments of several trails; name one with --trail: ${trails.join(', ')}`,
  );
}

/** @returns undefined when the bucket has none */
export async function findSegments(
  { clients, signal }: Pick<OpsContext, 'clients' | 'signal'>,
  bucket: string,
  trail: string,
): Promise<FoundSegments | undefined> {
  const store = new BucketSegments({ client: clients.s3, bucket, trail, signal });
  const numbers = await store.numbers();
  const from = beginOfSegments(numbers);
  return from === undefined ? undefined : { store, bucket, from, to: numbers.at(-1)! };
}

export const read = ({ store, from, to }: FoundSegments): AsyncGenerator<ReadSegment> =>
  readSegments(store, { from, to });

/**
 * What a stage has published: its segments, and the log group for what is older than the first of them.
 *
 * @param onLines gets the number of lines read since the last call
 */
export async function* publishedPages(
  streams: () => Promise<FoundStreams>,
  segments: FoundSegments,
  onLines: (count: number) => void,
): AsyncGenerator<LinePage> {
  if (segments.from > 1) yield* linesBefore(linesOf(await streams(), onLines), segments.from);
  for await (const page of segmentPages(read(segments))) {
    yield page;
    onLines(page.lines.length);
  }
}

/** The lines up to the checkpoint before `number`: events are known to be older once their record was read. */
async function* linesBefore(pages: AsyncIterable<LinePage>, number: number): AsyncGenerator<LinePage> {
  let waiting: LinePage[] = [];
  for await (const { source, first, lines } of pages) {
    for (const [index, line] of lines.entries()) {
      waiting.push({ source, first: first + index, lines: [line] });
      if (!looksLikeCheckpoint(line)) continue;
      const found = parseCheckpoint(line).statement.number;
      if (found >= number) return;
      yield* waiting;
      waiting = [];
      if (found === number - 1) return;
    }
  }
}
