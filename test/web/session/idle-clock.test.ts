import { setImmediate as realTurn } from 'node:timers/promises';
import { type IdleClock, startIdleClock } from '../../../web/src/session/idle-clock.ts';

const minute = 60_000;

describe('a tab that was frozen, or slept with its computer,', () => {
  let clock: IdleClock;
  const window = new EventTarget();
  const ended = jest.fn();
  const other = new BroadcastChannel('healthcare-ai:activity');
  const messages = async () => {
    for (let turns = 0; turns < 5; turns += 1) await realTurn();
  };

  beforeEach(() => {
    jest.useFakeTimers({ doNotFake: ['setImmediate', 'queueMicrotask', 'nextTick'] });
    ended.mockClear();
    const none = () => {};
    const options = { target: window, idleSeconds: 900, onWarning: none, keepAlive: none };
    clock = startIdleClock({ ...options, onEnd: ended });
  });
  afterEach(() => {
    clock.stop();
    jest.useRealTimers();
  });
  afterAll(() => other.close());

  test('does not end the session of a person who was active in another tab meanwhile', async () => {
    jest.setSystemTime(Date.now() + 20 * minute);
    jest.advanceTimersByTime(1_000);
    other.postMessage('active');
    await messages();
    jest.advanceTimersByTime(10_000);

    expect(ended).not.toHaveBeenCalled();
  });

  test('ends it soon where nobody was, whatever moves the mouse then', async () => {
    jest.setSystemTime(Date.now() + 20 * minute);
    window.dispatchEvent(new Event('pointermove'));
    clock.stay();
    jest.advanceTimersByTime(2_000);

    expect(ended).toHaveBeenCalledTimes(1);
  });
});
