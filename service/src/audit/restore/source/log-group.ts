import type { PublishedCheckpoint } from '@healthcare-ai/audit-trail/export/read-checkpoints';
import type { Segment } from '@healthcare-ai/audit-trail/format/segment';
import { findStreams, type LogGroupReader } from '@healthcare-ai/audit-trail/log-group/find-streams';
import { readStreams } from '@healthcare-ai/audit-trail/log-group/read-streams';
import { collectPublished } from '@healthcare-ai/audit-trail/verify/collect-published';
import { describeFault } from '@healthcare-ai/audit-trail/verify/fault';
import { TrailVerifier } from '@healthcare-ai/audit-trail/verify/verifier';
import { awsClientOptions } from '../../publish/aws.ts';
import { RestoreError } from '../restore-error.ts';
import type { SourceTrust, TrailSource } from './source.ts';

export interface LogGroupSourceOptions {
  readonly logGroup: string;
  readonly region?: string;

  /** @default - that of the region, or what AWS_ENDPOINT_URL names */
  readonly endpoint?: string;

  /**
   * UUID of the trail.
   *
   * @default - the only one of the log group
   */
  readonly trail?: string;
}

/** Attempts at one call: the SDK pauses for longer and longer, up to 20 s, as reading years of a trail may need. */
const maxAttempts = 10;

/** Events in a page, of one chain: about 270 kB. */
const pageSize = 500;

/**
 * What the service published to a log group of CloudWatch. It is read twice, and held a checkpoint at a time.
 *
 * @throws NoStreamsError, SeveralTrailsError, and what the calls throw
 */
export async function openLogGroupSource({ logGroup, trail, ...where }: LogGroupSourceOptions): Promise<TrailSource> {
  const { CloudWatchLogsClient } = await import('@aws-sdk/client-cloudwatch-logs');
  const client = new CloudWatchLogsClient({ ...awsClientOptions(where), maxAttempts });
  const reader: LogGroupReader = { client, group: logGroup, signal: new AbortController().signal };
  const { streams } = await findStreams(reader, trail);
  const collect = (verifier: TrailVerifier) => collectPublished(readStreams(reader, streams), verifier);
  return {
    name: 'the log group',
    async verify(trust) {
      const verifier = new TrailVerifier(trust);
      for await (const _ of collect(verifier));
      return verifier.finish();
    },
    async *checkpoints(trust: SourceTrust): AsyncGenerator<PublishedCheckpoint> {
      const verifier = new TrailVerifier(trust);
      for await (const collected of collect(verifier)) {
        if (!('checkpoint' in collected)) continue;
        const { checkpoint, events } = collected;
        yield { checkpoint, events: pagesOf(checkpoint.heads, events) };
      }
      const { fault } = verifier;
      if (fault) throw new RestoreError('broken', `the log group does not verify: ${describeFault(fault)}`);
    },
  };
}

/** In the order of the heads, as they are published. */
async function* pagesOf(heads: readonly Segment[], texts: readonly string[]): AsyncGenerator<readonly string[]> {
  let at = 0;
  for (const { from, to } of heads) {
    for (const end = Math.min(at + to - from + 1, texts.length); at < end; ) {
      const next = Math.min(end, at + pageSize);
      yield texts.slice(at, next);
      at = next;
    }
  }
}
