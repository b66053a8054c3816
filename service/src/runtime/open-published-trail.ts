import { S3Sink } from '../audit/publish/s3-sink.ts';
import type { RestoreOptions } from '../audit/restore/restore.ts';
import { openLogGroupSource } from '../audit/restore/source/log-group.ts';
import { newestCheckpoint } from '../audit/seal/checkpoint-store.ts';
import { ConfigurationError } from '../config/error.ts';
import type { Config } from '../config/read.ts';
import type { Queryable } from '../database/database.ts';
import { openSigners } from './open-signers.ts';

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
 * The trail published to CloudWatch; the bucket shows how far it must reach.
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
  const origin = (await newestCheckpoint(database, undefined))?.statement.origin;
  const known = origin?.slice(origin.indexOf('/') + 1);
  return {
    source: await openLogGroupSource({ logGroup, region, trail: known ?? trail }),
    keys: keys.length > 0 ? keys : await ownKeys(config),
    published: ['cloudwatch'],
    asked: bucket === undefined ? [] : [new S3Sink({ bucket, region, publicKeys: [] })],
  };
}

async function ownKeys(config: Config): Promise<readonly Buffer[]> {
  const signers = await openSigners(config);
  if (!signers) {
    const fault = 'is required to verify the trail, unless you pass --public-key FILE';
    throw new ConfigurationError([{ name: 'AUDIT_SIGNING_KEY_ID', fault }]);
  }
  return [signers.current, ...(signers.next ? [signers.next] : [])].map(({ publicKey }) => publicKey);
}
