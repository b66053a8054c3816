import type { CheckpointName } from '@healthcare-ai/audit-trail/verify/report';
import { Option } from 'commander';
import type { OpsContext } from '../../context.ts';
import { OpsFailure, UsageError } from '../../errors.ts';
import { parseUuid } from '../../options.ts';
import { keysOf, type TrustFlags } from '../trust-options.ts';
import { type FoundStreams, findStreams } from './cloudwatch.ts';
import type { FoundSegments } from './segments.ts';

/** Where the published trail is, when not where the stage has it. */
export interface CloudWatchFlags extends TrustFlags {
  readonly published?: boolean;
  readonly cloudwatch?: boolean;
  /** UUID of the trail. */
  readonly trail?: string;
  readonly logGroup?: string;

  /**
   * False leaves it out.
   *
   * @default - the one of the stage
   */
  readonly bucket?: string | false;
}

/** Options that say where the published trail is. */
export const publishedOptions = (): Option[] => [
  new Option('--published', 'what the stage has published: the segments in its bucket, and the log group before them'),
  new Option('--cloudwatch', 'the log group of the stage, compared with the segments, in place of the database'),
  new Option('--log-group <name>', "another log group than the stage's"),
  new Option('--trail <uuid>', 'which trail, when the log group or the bucket holds several').argParser(parseUuid),
  new Option(
    '--bucket <name>',
    "bucket with Object Lock: the log group must reach its newest checkpoint (default: the stage's)",
  ),
  new Option('--no-bucket', 'read the log group without it: a truncated trail is not detected'),
];

/** What a stage has published, and what is known of it from elsewhere. */
export interface PublishedTrail {
  /** What the log group holds: asked when it is needed. */
  readonly streams: () => Promise<FoundStreams>;
  /** SPKI DER. */
  readonly keys: readonly Buffer[];
  /** The newest checkpoint of the bucket: what is read must reach it. */
  readonly expected: CheckpointName | undefined;
  /** Undefined where the bucket has none, or was not read. */
  readonly segments: FoundSegments | undefined;
  /** How that is known, for the report. */
  readonly notes: readonly string[];
}

/**
 * Finds the log group of a stage, its public key, and what the bucket with Object Lock keeps.
 *
 * @throws OpsFailure when there is no such trail; UsageError when there are several and none was named
 */
export async function findPublished(context: OpsContext, flags: CloudWatchFlags): Promise<PublishedTrail> {
  const given = keysOf(flags);
  // Who verifies files, offline, has no use for AWS.
  const { newestInBucket, stageBucket } = await import('./bucket.ts');
  const { findSegments, onlyTrail } = await import('./segments.ts');
  const { stageKey } = await import('../stage-key.ts');
  const keys = given.length > 0 ? given : [await stageKey(context)];
  const group = flags.logGroup ?? context.names.logGroups.audit;
  const notes = given.length > 0 ? [] : ['the public key is that of KMS'];
  const streams = () => findStreams(context, group, flags.trail);
  const logGroupAlone = { streams, keys, expected: undefined, segments: undefined, notes };
  if (flags.bucket === false) {
    if (flags.published) throw new UsageError('give --published or --no-bucket: the segments are in the bucket');
    notes.push('no bucket was read: only --trusted or --max-age detect a truncated trail');
    return logGroupAlone;
  }
  // With --trusted the bucket is not needed to know how far the trail must reach.
  const bucket = flags.bucket ?? (flags.trusted && !flags.published ? undefined : await stageBucket(context));
  if (bucket === undefined) {
    notes.push('not compared with the segments: give --bucket NAME beside --trusted');
    return logGroupAlone;
  }
  // The segments are whole without the log group, which may be gone.
  const found = flags.published ? undefined : await streams();
  const trail = found?.trail ?? flags.trail ?? (await onlyTrail(context, bucket));
  const segments = trail === undefined ? undefined : await findSegments(context, bucket, trail);
  const expected = flags.trusted || trail === undefined ? undefined : await expectedOf(bucket, trail);
  return { streams: async () => found ?? (await findStreams(context, group, trail)), keys, expected, segments, notes };

  async function expectedOf(bucket: string, trail: string): Promise<CheckpointName> {
    const newest = await newestInBucket(context, bucket, trail);
    if (!newest) throw new OpsFailure(`The bucket ${bucket} keeps no checkpoints of the trail ${trail}.`);
    // Who may write to the bucket may add to it: what lies there is not trusted, but it must be there.
    const how = flags.bucket === undefined ? ', the bucket that the CloudTrail of the stage names' : '';
    notes.push(`held to checkpoint ${newest.statement.number} of s3://${bucket}${how}`);
    return { number: newest.statement.number, hash: newest.hash };
  }
}
