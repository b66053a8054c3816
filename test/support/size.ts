/**
 * How often a proof repeats, or how large it is. Each commit gets the daily size, which still covers every kind; the
 * nightly workflow sets `FULL_SIZE=true`.
 */
export const sizeOf = (daily: number, nightly: number): number => (process.env.FULL_SIZE === 'true' ? nightly : daily);
