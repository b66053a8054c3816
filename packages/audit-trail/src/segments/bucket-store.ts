import type { S3Client } from '@aws-sdk/client-s3';
import { isTrailFolder, type SegmentStore, segmentFolder, segmentNumber, segmentPath } from './segment-store.ts';

export interface BucketSegmentsOptions {
  readonly client: Pick<S3Client, 'send'>;
  readonly bucket: string;
  /** UUID of the trail. */
  readonly trail: string;
  /** Ends the reading between two calls. */
  readonly signal: AbortSignal;
}

/** What stands before the paths of segments in a bucket. */
export const bucketPrefix = 'audit/';

/** Where a bucket has the checkpoints of a trail, and one of them: keys sort by number. */
export const checkpointPrefix = (trail: string): string => `${bucketPrefix}checkpoints/${trail}/`;
export const checkpointKey = (trail: string, number: number): string =>
  `${checkpointPrefix(trail)}${String(number).padStart(12, '0')}.json`;

/** Segments in a bucket of S3. */
export class BucketSegments implements SegmentStore {
  readonly #options: BucketSegmentsOptions;

  constructor(options: BucketSegmentsOptions) {
    this.#options = options;
  }

  /** UUIDs of the trails of which a bucket holds segments. */
  static async trails({ client, bucket }: Pick<BucketSegmentsOptions, 'client' | 'bucket'>): Promise<string[]> {
    const { ListObjectsV2Command } = await import('@aws-sdk/client-s3');
    const prefix = `${bucketPrefix}segments/`;
    const page = await client.send(new ListObjectsV2Command({ Bucket: bucket, Prefix: prefix, Delimiter: '/' }));
    const names = (page.CommonPrefixes ?? []).map(({ Prefix = '' }) => Prefix.slice(prefix.length, -1));
    return names.filter(isTrailFolder).sort();
  }

  /** Numbers of the segments, in order: a call for each thousand. */
  async numbers(): Promise<number[]> {
    const { ListObjectsV2Command } = await import('@aws-sdk/client-s3');
    const { client, bucket, trail, signal } = this.#options;
    const prefix = `${bucketPrefix}${segmentFolder(trail)}/`;
    const numbers: number[] = [];
    let token: string | undefined;
    do {
      signal.throwIfAborted();
      const page = await client.send(
        new ListObjectsV2Command({ Bucket: bucket, Prefix: prefix, ContinuationToken: token }),
      );
      for (const { Key = '' } of page.Contents ?? [])
        numbers.push(...[segmentNumber(Key.slice(prefix.length)) ?? []].flat());
      token = page.IsTruncated ? page.NextContinuationToken : undefined;
    } while (token !== undefined);
    return numbers.sort((a, b) => a - b);
  }

  name(number: number): string {
    return `s3://${this.#options.bucket}/${this.#key(number)}`;
  }

  async read(number: number): Promise<Buffer | undefined> {
    const { GetObjectCommand } = await import('@aws-sdk/client-s3');
    const { client, bucket, signal } = this.#options;
    signal.throwIfAborted();
    try {
      const { Body } = await client.send(new GetObjectCommand({ Bucket: bucket, Key: this.#key(number) }));
      return Buffer.from((await Body?.transformToByteArray()) ?? []);
    } catch (error) {
      if (isMissingObject(error)) return undefined;
      throw error;
    }
  }

  #key(number: number): string {
    return `${bucketPrefix}${segmentPath(this.#options.trail, number)}`;
  }
}

/**
 * Whether S3 has no such object. Without permission to list the bucket it answers 403 for a missing object.
 * https://docs.aws.amazon.com/AmazonS3/latest/API/API_HeadObject.html
 */
export function isMissingObject(error: unknown): boolean {
  const status = (error as { $metadata?: { httpStatusCode?: number } }).$metadata?.httpStatusCode;
  return status === 404 || status === 403;
}
