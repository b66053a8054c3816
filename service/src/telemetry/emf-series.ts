import { monitorEventLoopDelay } from 'node:perf_hooks';
import type { DistributionValue } from './distribution.ts';

/** Units of CloudWatch that are used here. https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_MetricDatum.html */
export type EmfUnit = 'Count' | 'Seconds' | 'Bytes' | 'None';

/** One CloudWatch metric: what it is called, and where its value for the past minute comes from. */
export interface EmfSeries {
  readonly name: string;
  readonly unit: EmfUnit;

  /** One sentence, for docs/metrics.md. */
  readonly help: string;

  /** The value since the last call, or nothing when there was none: CloudWatch then stores no data point. */
  take(): number | DistributionValue | undefined;
}

/** How often the event loop is looked at, in milliseconds: what the histogram reads when nothing is late. */
const RESOLUTION = 20;

/** The series that come from the process itself. The monitor runs until `close`. */
export function processSeries(): { readonly series: readonly EmfSeries[]; close(): void } {
  const loop = monitorEventLoopDelay({ resolution: RESOLUTION });
  loop.enable();
  return {
    series: [
      {
        name: 'EventLoopLagSeconds',
        unit: 'Seconds',
        help: 'By how much the event loop was late, 99th percentile of the minute: above 0.1 the process is saturated.',
        take() {
          // Before its first sample the histogram answers NaN or its largest value.
          const late = loop.count === 0 ? 0 : loop.percentile(99) / 1e9 - RESOLUTION / 1e3;
          loop.reset();
          return Math.max(0, Number(late.toFixed(4)));
        },
      },
      {
        name: 'ResidentMemoryBytes',
        unit: 'Bytes',
        help: 'Resident memory of the process.',
        take: () => process.memoryUsage.rss(),
      },
    ],
    close: () => loop.disable(),
  };
}
