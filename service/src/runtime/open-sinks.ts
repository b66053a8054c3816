import { join } from 'node:path';
import { CloudWatchSink } from '../audit/publish/cloudwatch-sink.ts';
import { FilesSink } from '../audit/publish/files-sink.ts';
import { S3Sink } from '../audit/publish/s3-sink.ts';
import type { Sink } from '../audit/publish/sink.ts';
import type { Config } from '../config/read.ts';

/**
 * The configured sinks of the trail. Does not open them.
 *
 * @param publicKeys SPKI DER of the keys that sign
 */
export function openSinks(config: Config, publicKeys: readonly Buffer[]): readonly Sink[] {
  const { AUDIT_LOG_GROUP: logGroup, AUDIT_BUCKET: bucket, AWS_REGION: region } = config;
  const folder = config.AUDIT_DIR ?? (config.DATABASE_URL === undefined ? join(config.DATA_DIR, 'audit') : undefined);
  return [
    ...(logGroup === undefined ? [] : [new CloudWatchSink({ logGroup, region })]),
    ...(bucket === undefined ? [] : [new S3Sink({ bucket, region, publicKeys })]),
    ...(folder === undefined ? [] : [new FilesSink({ folder })]),
  ];
}
