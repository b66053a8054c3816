import { emfFaults } from './emf-rules.ts';

const valid = () => ({
  _aws: {
    Timestamp: Date.now(),
    CloudWatchMetrics: [
      { Namespace: 'N', Dimensions: [['Service']], Metrics: [{ Name: 'A', Unit: 'Count' }, { Name: 'B' }] },
    ],
  } as Record<string, unknown>,
  Service: 's',
  A: 1,
  B: { Values: [1, 2], Counts: [3, 1], Min: 1, Max: 2, Sum: 5, Count: 4 } as unknown,
});

const broken = (change: (line: ReturnType<typeof valid>) => void): string[] => {
  const line = valid();
  change(line);
  return emfFaults(JSON.stringify(line));
};

// biome-ignore lint/suspicious/noExplicitAny: reaches into a document that is wrong on purpose
const directive = (line: ReturnType<typeof valid>): any => (line._aws.CloudWatchMetrics as unknown[])[0];

test('a valid line has no faults', () => {
  expect(broken(() => {})).toEqual([]);
});

test.each<[string, (line: ReturnType<typeof valid>) => void]>([
  ['a timestamp in seconds', (line) => Object.assign(line._aws, { Timestamp: Math.floor(Date.now() / 1000) })],
  ['no directives', (line) => Object.assign(line._aws, { CloudWatchMetrics: undefined })],
  ['no namespace', (line) => Object.assign(directive(line), { Namespace: '' })],
  ['flat dimensions', (line) => Object.assign(directive(line), { Dimensions: ['Service'] })],
  ['a dimension that is no member', (line) => Object.assign(directive(line), { Dimensions: [['Stage']] })],
  ['a dimension that is a number', (line) => Object.assign(line, { Service: 7 })],
  ['31 dimensions', (line) => Object.assign(directive(line), { Dimensions: [Array(31).fill('Service')] })],
  ['a metric that is no member', (line) => directive(line).Metrics.push({ Name: 'C' })],
  ['a metric named twice', (line) => directive(line).Metrics.push({ Name: 'A' })],
  ['101 metrics', (line) => directive(line).Metrics.push(...Array(100).fill({ Name: 'A' }))],
  ['a unit in lower case', (line) => Object.assign(directive(line).Metrics[0], { Unit: 'seconds' })],
  ['a storage resolution of 5', (line) => Object.assign(directive(line).Metrics[0], { StorageResolution: 5 })],
  ['a text as value', (line) => Object.assign(line, { A: '1' })],
  ['101 values', (line) => Object.assign(line, { A: Array(101).fill(1) })],
  ['a value without a count', (line) => Object.assign(line.B as object, { Counts: [4] })],
  ['counts that do not add up', (line) => Object.assign(line.B as object, { Count: 5 })],
])('%s is a fault', (_, change) => {
  expect(broken(change)).not.toEqual([]);
});
