import { checkpointsOf, readSegments, segmentPages } from '@healthcare-ai/audit-trail/segments/read-segments';
import type { SegmentStore } from '@healthcare-ai/audit-trail/segments/segment-store';
import type { CheckpointName } from '@healthcare-ai/audit-trail/verify/report';
import { TrailVerifier } from '@healthcare-ai/audit-trail/verify/verifier';
import type { TrailSource } from './source.ts';

export interface SegmentsSourceOptions {
  readonly store: SegmentStore;
  /** The first segment to read. */
  readonly from: number;
  /** The checkpoint before it, as the database has it; undefined when it is the first of the trail. */
  readonly before: CheckpointName | undefined;
}

/** Published segments, from the newest checkpoint of the database on: they must follow what the database has. */
export const segmentsSource = ({ store, from, before }: SegmentsSourceOptions): TrailSource => ({
  name: 'the bucket',
  async verify(trust) {
    const verifier = new TrailVerifier({ ...trust, trusted: before });
    for await (const { source, first, lines } of segmentPages(readSegments(store, { from }))) {
      for (const [index, line] of lines.entries()) verifier.line(line, source, first + index);
      if (verifier.fault) break;
    }
    return verifier.finish();
  },
  checkpoints: () => checkpointsOf(readSegments(store, { from })),
  hasSegments: async () => true,
});

/** One source, or another where the first ends too early: while older segments are still being written, they have gaps. */
export function sourceOr(
  first: TrailSource,
  isWhole: (newest: number) => Promise<boolean>,
  other: TrailSource,
): TrailSource {
  let chosen = first;
  return {
    get name() {
      return chosen.name;
    },
    async verify(trust) {
      const report = await first.verify(trust);
      if (report.fault || (await isWhole(report.trusted!.number))) return report;
      chosen = other;
      return other.verify(trust);
    },
    checkpoints: (trust, trail) => chosen.checkpoints(trust, trail),
    hasSegments: async (trail) => (await first.hasSegments?.(trail)) ?? false,
  };
}
