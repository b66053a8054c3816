import type { Clock } from '@healthcare-ai/ops/clock';
import { readableTime, WaitTimeout, waitFor } from '@healthcare-ai/ops/wait';

/** Time that passes by sleeping alone. */
function manualClock(): Clock & { readonly slept: number[] } {
  const slept: number[] = [];
  return {
    slept,
    now: () => slept.reduce((sum, ms) => sum + ms, 0),
    sleep: async (ms, signal) => {
      slept.push(ms);
      signal.throwIfAborted();
    },
  };
}

const { signal } = new AbortController();

test('what comes is returned, and it is looked for sooner in the beginning', async () => {
  const clock = manualClock();
  let looks = 0;
  const look = async () => (looks++ === 8 ? 'there' : undefined);
  await expect(waitFor({ clock, signal, timeoutMs: 60_000 }, { what: 'it', look })).resolves.toBe('there');
  expect(clock.slept[0]).toBe(400);
  expect(clock.slept.at(-1)).toBe(5000);
});

test('what does not come is given up after --timeout, and not a moment later', async () => {
  const clock = manualClock();
  const waited = waitFor({ clock, signal, timeoutMs: 9000 }, { what: 'the bus', look: async () => undefined });
  await expect(waited).rejects.toThrow(WaitTimeout);
  await expect(waited).rejects.toThrow('Gave up after 9s of waiting for the bus; --timeout sets how long.');
  expect(clock.now()).toBe(9000);
});

test('Ctrl-C ends a wait', async () => {
  const controller = new AbortController();
  const look = async () => controller.abort(new Error('stopped'));
  const waited = waitFor({ clock: manualClock(), signal: controller.signal, timeoutMs: 9000 }, { what: 'it', look });
  await expect(waited).rejects.toThrow('stopped');
});

test.each([
  [0, '0s'],
  [1499, '1s'],
  [90_000, '1m30s'],
  [7_200_000, '2h'],
])('%i ms read as %s', (ms, text) => {
  expect(readableTime(ms)).toBe(text);
});
