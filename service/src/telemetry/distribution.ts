/**
 * Values as CloudWatch takes them: each of `values` occurred as often as the number beside it in `counts` says, so
 * that percentiles can be had; the statistics are exact. JSON members are named as CloudWatch names them.
 */
export interface DistributionValue {
  readonly Values: readonly number[];
  readonly Counts: readonly number[];
  readonly Min: number;
  readonly Max: number;
  readonly Sum: number;
  readonly Count: number;
}

/** Neighbouring buckets differ by a tenth, so a percentile is off by 5 % at most until they must be merged. */
const RATIO = 1.1;

const LOG_RATIO = Math.log(RATIO);

/** Resolution: one microsecond. */
const SMALLEST = 1e-6;

/**
 * CloudWatch takes 100 values a metric; 60 keep the whole line of two dozen metrics under 4 kB, which is what Linux
 * writes to a pipe in one piece (PIPE_BUF) when several workers share it.
 */
const MAX_VALUES = 60;

const shorten = (value: number): number => Number(value.toPrecision(4));

/** Collects durations in buckets that grow by a tenth: constant time and bounded memory for any load. */
export class Distribution {
  readonly #counts = new Map<number, number>();
  #min = Number.POSITIVE_INFINITY;
  #max = 0;
  #sum = 0;
  #count = 0;

  /** Adds one value, at least 0. */
  add(value: number): void {
    const bucket = Math.floor(Math.log(Math.max(value, SMALLEST)) / LOG_RATIO);
    this.#counts.set(bucket, (this.#counts.get(bucket) ?? 0) + 1);
    if (value < this.#min) this.#min = value;
    if (value > this.#max) this.#max = value;
    this.#sum += value;
    this.#count++;
  }

  /** Returns what was added since the last call, and resets. */
  take(): DistributionValue | undefined {
    if (this.#count === 0) return undefined;
    let buckets = this.#counts;
    let width = 1;
    while (buckets.size > MAX_VALUES) {
      width *= 2;
      buckets = mergePairs(buckets);
    }
    const ordered = [...buckets].sort(([a], [b]) => a - b);
    const middle = (bucket: number) => RATIO ** ((bucket + 0.5) * width);
    const taken = {
      Values: ordered.map(([bucket]) => shorten(Math.min(Math.max(middle(bucket), this.#min), this.#max))),
      Counts: ordered.map(([, count]) => count),
      Min: shorten(this.#min),
      Max: shorten(this.#max),
      Sum: shorten(this.#sum),
      Count: this.#count,
    };
    this.#counts.clear();
    this.#min = Number.POSITIVE_INFINITY;
    this.#max = 0;
    this.#sum = 0;
    this.#count = 0;
    return taken;
  }
}

function mergePairs(buckets: ReadonlyMap<number, number>): Map<number, number> {
  const merged = new Map<number, number>();
  for (const [bucket, count] of buckets) {
    const pair = Math.floor(bucket / 2);
    merged.set(pair, (merged.get(pair) ?? 0) + count);
  }
  return merged;
}
