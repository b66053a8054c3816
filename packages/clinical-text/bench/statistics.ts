/** Counts of one document or row. */
export interface Counts {
  readonly truePositive: number;
  readonly falsePositive: number;
  readonly falseNegative: number;
}

/** A figure with its 95 % interval. */
export interface Interval {
  readonly value: number;
  readonly low: number;
  readonly high: number;
}

export interface Prf {
  readonly precision: Interval;
  readonly recall: Interval;
  readonly f1: Interval;
  readonly support: number;
}

/** Deterministic generator, so that intervals are the same in every run. Mulberry32. */
export const generator = (seed: number): (() => number) => {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
};

const Z = 1.959964;

/** Wilson's score interval for `hits` of `total`. */
export const wilson = (hits: number, total: number): Interval => {
  if (total === 0) return { value: Number.NaN, low: 0, high: 1 };
  const rate = hits / total;
  const scale = 1 + (Z * Z) / total;
  const centre = (rate + (Z * Z) / (2 * total)) / scale;
  const margin = (Z * Math.sqrt((rate * (1 - rate)) / total + (Z * Z) / (4 * total * total))) / scale;
  return { value: rate, low: Math.max(0, centre - margin), high: Math.min(1, centre + margin) };
};

const RESAMPLES = 400;

/** Percentile bootstrap over documents: words of one document are not independent. */
export const bootstrap = <T>(documents: readonly T[], statistic: (sample: readonly T[]) => number): Interval => {
  const value = statistic(documents);
  const random = generator(20_261_123);
  const values: number[] = [];
  for (let round = 0; round < RESAMPLES; round++) {
    const sample = Array.from(documents, () => documents[Math.floor(random() * documents.length)]!);
    const drawn = statistic(sample);
    if (Number.isFinite(drawn)) values.push(drawn);
  }
  values.sort((a, b) => a - b);
  const at = (quantile: number): number => values[Math.floor(quantile * (values.length - 1))] ?? Number.NaN;
  return { value, low: at(0.025), high: at(0.975) };
};

export const sum = (documents: readonly Counts[]): Counts => {
  let truePositive = 0;
  let falsePositive = 0;
  let falseNegative = 0;
  for (const document of documents) {
    truePositive += document.truePositive;
    falsePositive += document.falsePositive;
    falseNegative += document.falseNegative;
  }
  return { truePositive, falsePositive, falseNegative };
};

export const f1Of = ({ truePositive, falsePositive, falseNegative }: Counts): number =>
  (2 * truePositive) / (2 * truePositive + falsePositive + falseNegative);

export const precisionOf = ({ truePositive, falsePositive }: Counts): number =>
  truePositive / (truePositive + falsePositive);
export const recallOf = ({ truePositive, falseNegative }: Counts): number =>
  truePositive / (truePositive + falseNegative);

export const prf = (documents: readonly Counts[]): Prf => {
  const total = sum(documents);
  return {
    precision: bootstrap(documents, (sample) => precisionOf(sum(sample))),
    recall: bootstrap(documents, (sample) => recallOf(sum(sample))),
    f1: bootstrap(documents, (sample) => f1Of(sum(sample))),
    support: total.truePositive + total.falseNegative,
  };
};

/** One row a label: mean over labels of F1. */
export const macroF1 = (pairs: readonly (readonly [gold: string, got: string])[]): number => {
  const scores: number[] = [];
  for (const label of new Set(pairs.map(([gold]) => gold))) {
    scores.push(f1Of(labelCounts(pairs, label)));
  }
  return scores.reduce((total, score) => total + score, 0) / scores.length;
};

export const labelCounts = (pairs: readonly (readonly [string, string])[], label: string): Counts => ({
  truePositive: pairs.filter(([gold, got]) => gold === label && got === label).length,
  falsePositive: pairs.filter(([gold, got]) => gold !== label && got === label).length,
  falseNegative: pairs.filter(([gold, got]) => gold === label && got !== label).length,
});
