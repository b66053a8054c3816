import * as logGroup from '@healthcare-ai/audit-trail/log-group/find-streams';
import { readStreams } from '@healthcare-ai/audit-trail/log-group/read-streams';
import type { LinePage } from '@healthcare-ai/audit-trail/verify/collect-published';
import type { TrailVerifier } from '@healthcare-ai/audit-trail/verify/verifier';
import type { OpsContext } from '../../context.ts';
import { OpsFailure, UsageError } from '../../errors.ts';

/** What a log group holds of a trail. */
export interface FoundStreams extends logGroup.TrailStreams {
  readonly reader: logGroup.LogGroupReader;
}

/**
 * Finds the streams of a trail in a log group.
 *
 * @param wanted UUID of the trail; undefined when there is only one
 * @throws OpsFailure when there is none; UsageError when there are several and none was named
 */
export async function findStreams(
  { clients, signal }: Pick<OpsContext, 'clients' | 'signal'>,
  group: string,
  wanted?: string,
): Promise<FoundStreams> {
  const reader = { client: clients.logs, group, signal };
  try {
    return { ...(await logGroup.findStreams(reader, wanted)), reader };
  } catch (error) {
    if (error instanceof logGroup.NoStreamsError) throw new OpsFailure(error.message);
    throw error instanceof logGroup.SeveralTrailsError ? new UsageError(error.message) : error;
  }
}

/**
 * The lines of the streams, each from its head.
 *
 * @param onLines gets the number of lines read since the last call
 */
export async function* linesOf(
  { reader, streams }: FoundStreams,
  onLines: (count: number) => void,
): AsyncGenerator<LinePage> {
  for await (const page of readStreams(reader, streams)) {
    yield page;
    onLines(page.lines.length);
  }
}

/** Gives a verifier published lines, up to the first fault. Lines that a second publisher repeats are recognised. */
export async function verifyLines(pages: AsyncIterable<LinePage>, verifier: TrailVerifier): Promise<void> {
  for await (const { source, first, lines } of pages) {
    for (const [index, line] of lines.entries()) verifier.line(line, source, first + index);
    if (verifier.fault) return;
  }
}
