import type { lookup } from 'node:dns';
import { createAgentLookup } from '../../../service/src/telemetry/agent-lookup.ts';

type Callback = (error: NodeJS.ErrnoException | null, address: string, family: number) => void;

/** A resolver whose answers are given by the test. */
function resolver() {
  const open: Callback[] = [];
  const resolve = ((_name: string, _options: unknown, callback: Callback) => open.push(callback)) as unknown;
  return { open, lookupAgent: createAgentLookup(resolve as typeof lookup) };
}

beforeEach(() => {
  jest.useFakeTimers();
});
afterEach(() => {
  jest.useRealTimers();
});

test('a name is looked up once, however many datagrams wait for it', () => {
  const { open, lookupAgent } = resolver();
  const answers: unknown[] = [];
  for (let datagram = 0; datagram < 100; datagram++) lookupAgent('agent', 4, (...answer) => answers.push(answer));

  expect(open).toHaveLength(1);
  open[0]?.(null, '10.0.0.7', 4);

  expect(answers).toHaveLength(100);
  expect(answers[99]).toEqual([null, '10.0.0.7', 4]);
  lookupAgent('agent', 4, (...answer) => answers.push(answer));
  expect(answers).toHaveLength(101);
  expect(open).toHaveLength(1);
});

test('an address is looked up again after a minute: agents move', () => {
  const { open, lookupAgent } = resolver();
  lookupAgent('agent', 4, () => {});
  open[0]?.(null, '10.0.0.7', 4);

  jest.advanceTimersByTime(61_000);
  lookupAgent('agent', 4, () => {});

  expect(open).toHaveLength(2);
});

test('a name that cannot be resolved occupies no thread for half a minute', () => {
  const { open, lookupAgent } = resolver();
  const failures: unknown[] = [];
  lookupAgent('agent', 4, (error) => failures.push(error));
  const failure = Object.assign(new Error('x'), { code: 'ENOTFOUND' });
  open[0]?.(failure, '', 0);

  for (let datagram = 0; datagram < 100; datagram++) lookupAgent('agent', 4, (error) => failures.push(error));

  expect(open).toHaveLength(1);
  expect(failures).toEqual(Array(101).fill(failure));
  jest.advanceTimersByTime(31_000);
  lookupAgent('agent', 4, () => {});
  expect(open).toHaveLength(2);
});

test('an address needs no look-up', () => {
  const { open, lookupAgent } = resolver();
  const answers: unknown[] = [];

  lookupAgent('127.0.0.1', 4, (...answer) => answers.push(answer));
  lookupAgent('::1', 6, (...answer) => answers.push(answer));

  expect(answers).toEqual([
    [null, '127.0.0.1', 4],
    [null, '::1', 6],
  ]);
  expect(open).toHaveLength(0);
});
