import type { Checkpoint } from '@healthcare-ai/audit-trail/format/checkpoint';
import { trailOf } from '@healthcare-ai/audit-trail/format/statement';
import { BucketSegments } from '@healthcare-ai/audit-trail/segments/bucket-store';
import { awsClientOptions } from '../audit/publish/aws.ts';
import { S3Sink } from '../audit/publish/s3-sink.ts';
import type { RestoreOptions } from '../audit/restore/restore.ts';
import { openLogGroupSource } from '../audit/restore/source/log-group.ts';
import { segmentsSource, sourceOr } from '../audit/restore/source/segments.ts';
import type { TrailSource } from '../audit/restore/source/source.ts';
import { newestCheckpoint } from '../audit/seal/checkpoint-store.ts';
import { ConfigurationError } from '../config/error.ts';
import type { Config } from '../config/read.ts';
import type { Queryable } from '../database/database.ts';
import { openSigners, publicKeysOf } from './open-signers.ts';

export interface PublishedTrailOptions {
  readonly config: Config;
  /** The restored database: its newest checkpoint, if any, names the trail. */
  readonly database: Queryable;
  /** UUID of the trail, for a database that has none. */
  readonly trail: string | undefined;
  /** SPKI DER; those that sign here if there are none. */
  readonly keys: readonly Buffer[];
}

/**
 * The published trail: the segments of the bucket, or the log group where the bucket does not have all that the database
 * lacks. The bucket shows how far either must reach.
 *
 * @throws ConfigurationError without AUDIT_LOG_GROUP, or without a key; NoStreamsError, SeveralTrailsError
 */
export async function openPublishedTrail({
  config,
  database,
  trail,
  keys,
}: PublishedTrailOptions): Promise<Pick<RestoreOptions, 'source' | 'keys' | 'published' | 'asked'>> {
  const { AUDIT_LOG_GROUP: logGroup, AUDIT_BUCKET: bucket, AWS_REGION: region } = config;
  if (logGroup === undefined) {
    throw new ConfigurationError([{ name: 'AUDIT_LOG_GROUP', fault: 'is required for --cloudwatch' }]);
  }
  const newest = await newestCheckpoint(database, undefined);
  const known = newest && trailOf(newest.statement.origin);
  const group = await openLogGroupSource({ logGroup, region, trail: known ?? trail });
  const sink = bucket === undefined ? undefined : new S3Sink({ bucket, region, publicKeys: [] });
  const segments = bucket && (await openSegments(bucket, region, group.trail, newest));
  return {
    source: segments ? sourceOr(segments, async (last) => !(await sink!.reaches(group.trail, last + 1)), group) : group,
    keys: keys.length > 0 ? keys : await ownKeys(config),
    published: ['cloudwatch'],
    asked: sink ? [sink] : [],
  };
}

/** Undefined when the bucket does not have the segment that the reading would begin with. */
async function openSegments(
  bucket: string,
  region: string | undefined,
  trail: string,
  newest: Checkpoint | undefined,
): Promise<TrailSource | undefined> {
  const { S3Client } = await import('@aws-sdk/client-s3');
  const client = new S3Client(awsClientOptions({ region }));
  const store = new BucketSegments({ client, bucket, trail, signal: new AbortController().signal });
  // The newest that the database has is read as well: another one in the bucket is a fork.
  const { number, previous } = newest?.statement ?? { number: 1, previous: '' };
  if (!(await store.read(number))) return undefined;
  return segmentsSource({
    store,
    from: number,
    before: number === 1 ? undefined : { number: number - 1, hash: previous },
  });
}

async function ownKeys(config: Config): Promise<readonly Buffer[]> {
  const signers = await openSigners(config);
  if (!signers) {
    const fault = 'is required to verify the trail, unless you pass --public-key FILE';
    throw new ConfigurationError([{ name: 'AUDIT_SIGNING_KEY_ID', fault }]);
  }
  return publicKeysOf(signers);
}
