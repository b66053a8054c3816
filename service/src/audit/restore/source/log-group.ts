import type { PublishedCheckpoint } from '@healthcare-ai/audit-trail/export/read-checkpoints';
import { findStreams, type LogGroupReader } from '@healthcare-ai/audit-trail/log-group/find-streams';
import { readStreams } from '@healthcare-ai/audit-trail/log-group/read-streams';
import { pagesOfChains } from '@healthcare-ai/audit-trail/segments/pages-of-chains';
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

/**
 * What the service published to a log group of CloudWatch. It is read twice, and held a checkpoint at a time.
 *
 * @throws NoStreamsError, SeveralTrailsError, and what the calls throw
 */
export async function openLogGroupSource({
  logGroup,
  trail: wanted,
  ...where
}: LogGroupSourceOptions): Promise<TrailSource & { readonly trail: string }> {
  const { CloudWatchLogsClient } = await import('@aws-sdk/client-cloudwatch-logs');
  const client = new CloudWatchLogsClient({ ...awsClientOptions(where), maxAttempts });
  const reader: LogGroupReader = { client, group: logGroup, signal: new AbortController().signal };
  const { streams, trail } = await findStreams(reader, wanted);
  const collect = (verifier: TrailVerifier) => collectPublished(readStreams(reader, streams), verifier);
  return {
    name: 'the log group',
    trail,
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
        yield { checkpoint, events: pagesOfChains(checkpoint.heads, events) };
      }
      const { fault } = verifier;
      if (fault) throw new RestoreError('broken', `the log group does not verify: ${describeFault(fault)}`);
    },
  };
}
