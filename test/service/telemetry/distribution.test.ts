import { Distribution, type DistributionValue } from '../../../service/src/telemetry/distribution.ts';
import fc from '../support/properties.ts';

const gather = (values: readonly number[]): DistributionValue => {
  const distribution = new Distribution();
  for (const value of values) distribution.add(value);
  return distribution.take() as DistributionValue;
};

const percentile = (taken: DistributionValue, share: number): number => {
  let seen = 0;
  for (const [index, count] of taken.Counts.entries()) {
    seen += count;
    if (seen >= share * taken.Count) return taken.Values[index] as number;
  }
  throw new Error('the counts do not add up');
};

const durations = fc.array(fc.double({ min: 1e-5, max: 100, noNaN: true }), { minLength: 1, maxLength: 500 });

test('nothing added is nothing taken, and what was taken is gone', () => {
  const distribution = new Distribution();
  expect(distribution.take()).toBeUndefined();

  distribution.add(0.5);

  expect(distribution.take()).toEqual({ Values: [0.5], Counts: [1], Min: 0.5, Max: 0.5, Sum: 0.5, Count: 1 });
  expect(distribution.take()).toBeUndefined();
});

test('zero is a duration', () => {
  expect(gather([0, 0])).toMatchObject({ Min: 0, Max: 0, Sum: 0, Count: 2, Counts: [2] });
});

test('count, sum, least and greatest are exact to four digits, whatever is added', () => {
  fc.assert(
    fc.property(durations, (values) => {
      const taken = gather(values);
      const sum = values.reduce((total, value) => total + value, 0);

      expect(taken.Count).toBe(values.length);
      expect(taken.Sum / sum).toBeCloseTo(1, 3);
      expect(taken.Min / Math.min(...values)).toBeCloseTo(1, 3);
      expect(taken.Max / Math.max(...values)).toBeCloseTo(1, 3);
    }),
  );
});

test('there are never more than 60 values, in rising order, and their counts add up', () => {
  fc.assert(
    fc.property(durations, (values) => {
      const taken = gather(values);

      expect(taken.Values.length).toBeLessThanOrEqual(60);
      expect(taken.Counts).toHaveLength(taken.Values.length);
      expect(taken.Counts.reduce((total, count) => total + count, 0)).toBe(taken.Count);
      expect([...taken.Values].sort((a, b) => a - b)).toEqual(taken.Values);
    }),
  );
});

test('percentiles of a service that answers within 1 to 100 ms are right within 5 %', () => {
  const values = Array.from({ length: 10_000 }, (_, index) => 0.001 * 100 ** (index / 10_000));
  const taken = gather(values);

  for (const share of [0.5, 0.9, 0.99, 0.999]) {
    expect(Math.abs(percentile(taken, share) / (values[Math.ceil(share * 10_000) - 1] as number) - 1)).toBeLessThan(
      0.051,
    );
  }
});

test('percentiles over five orders of magnitude are right within 25 %', () => {
  const values = Array.from({ length: 10_000 }, (_, index) => 1e-4 * 1e5 ** (index / 10_000));
  const taken = gather(values);

  for (const share of [0.5, 0.9, 0.99]) {
    expect(Math.abs(percentile(taken, share) / (values[share * 10_000 - 1] as number) - 1)).toBeLessThan(0.25);
  }
});
