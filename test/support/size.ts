/**
 * How often a test repeats, or how large its input is. Each commit gets the daily size, which covers every kind of case;
 * the nightly workflow sets `FULL_SIZE=true`.
 */
export const sizeOf = (daily: number, nightly: number): number => (process.env.FULL_SIZE === 'true' ? nightly : daily);
