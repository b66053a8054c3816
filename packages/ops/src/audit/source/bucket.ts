import { GetTrailCommand } from '@aws-sdk/client-cloudtrail';
import { GetObjectCommand, ListObjectsV2Command } from '@aws-sdk/client-s3';
import { type Checkpoint, parseCheckpoint } from '@healthcare-ai/audit-trail/format/checkpoint';
import { TrailFormatError } from '@healthcare-ai/audit-trail/format/format-error';
import { checkpointKey, checkpointPrefix } from '@healthcare-ai/audit-trail/segments/bucket-store';
import { unlessMissing } from '../../aws/unless-missing.ts';
import type { OpsContext } from '../../context.ts';
import { OpsFailure } from '../../errors.ts';

type BucketContext = Pick<OpsContext, 'clients' | 'signal'>;

/**
 * The bucket with Object Lock of a stage, which has no fixed name: CloudTrail writes there, too, and the auditor's role
 * may ask it where.
 *
 * @throws OpsFailure when the stage has no trail
 */
export async function stageBucket({ clients, names }: Pick<OpsContext, 'clients' | 'names'>): Promise<string> {
  const found = clients.cloudTrail.send(new GetTrailCommand({ Name: names.trail }));
  const bucket = (await unlessMissing('TrailNotFound', found))?.Trail?.S3BucketName;
  if (bucket) return bucket;
  throw new OpsFailure(
    `There is no CloudTrail ${names.trail}, which names the bucket of the stage. Give --bucket NAME; or --no-bucket; then only --trusted or --max-age detect a truncated trail.`,
  );
}

/**
 * The newest checkpoint that a bucket keeps of a trail. Object Lock prevents replacing or deleting it, so that it stays
 * for how far the trail had got: a log group or a database that ends before it was cut.
 *
 * @param trail UUID of the trail
 * @returns undefined when the bucket keeps none
 * @throws OpsFailure when the object is not a checkpoint
 */
export async function newestInBucket(
  context: BucketContext,
  bucket: string,
  trail: string,
): Promise<Checkpoint | undefined> {
  const number = await newestNumber(context, bucket, trail);
  if (number === undefined) return undefined;
  const Key = checkpointKey(trail, number);
  const { Body } = await context.clients.s3.send(new GetObjectCommand({ Bucket: bucket, Key }));
  const record = (await Body?.transformToString()) ?? '';
  try {
    const checkpoint = parseCheckpoint(record);
    if (checkpoint.statement.number === number && checkpoint.statement.origin.endsWith(`/${trail}`)) return checkpoint;
  } catch (error) {
    if (!(error instanceof TrailFormatError)) throw error;
  }
  throw new OpsFailure(`s3://${bucket}/${Key} is not checkpoint ${number} of the trail.`);
}

/** Keys sort by number and are written one after the other, so a few looks find the last of a million. */
async function newestNumber(context: BucketContext, bucket: string, trail: string): Promise<number | undefined> {
  const first = await nextAfter(context, bucket, trail, 0);
  if (first === undefined) return undefined;
  let low = first;
  let high = first + 1;
  for (let next = await nextAfter(context, bucket, trail, high - 1); next !== undefined; ) {
    low = next;
    high = low * 2;
    next = await nextAfter(context, bucket, trail, high - 1);
  }
  // There is one at `low`, and none from `high` on.
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2);
    const next = await nextAfter(context, bucket, trail, middle - 1);
    if (next === undefined) high = middle;
    else low = next;
  }
  return low;
}

async function nextAfter(
  { clients, signal }: BucketContext,
  bucket: string,
  trail: string,
  number: number,
): Promise<number | undefined> {
  signal.throwIfAborted();
  const { Contents } = await clients.s3.send(
    new ListObjectsV2Command({
      Bucket: bucket,
      Prefix: checkpointPrefix(trail),
      StartAfter: checkpointKey(trail, number),
      MaxKeys: 1,
    }),
  );
  const name = /\/(\d{12})\.json$/.exec(Contents?.[0]?.Key ?? '')?.[1];
  return name === undefined ? undefined : Number(name);
}
