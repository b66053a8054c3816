/** Seconds before the end at which the person is warned. */
export const warningSeconds = 120;

/**
 * The service writes the last use of a session every 30 seconds, and the page reports activity every minute: so much
 * before the service would, the page ends the session itself.
 */
const slack = 90;
const report = 60_000;

const signs = ['pointerdown', 'pointermove', 'keydown', 'wheel', 'touchstart', 'scroll'] as const;

export interface IdleClockOptions {
  /** Seconds without a request after which the service ends the session. */
  readonly idleSeconds: number;
  /** Called with the seconds that are left, each second; undefined when the person is active again. */
  readonly onWarning: (secondsLeft: number | undefined) => void;
  /** Called once when nobody was active for too long, in this tab or another. */
  readonly onEnd: () => void;
  /** Tells the service that the person is active. */
  readonly keepAlive: () => void;
}

export interface IdleClock {
  /** The person is there: answers the warning. */
  stay(): void;
  stop(): void;
}

/** Watches for activity in every tab of the page. It compares times, because a computer that sleeps counts no seconds. */
export function startIdleClock({ idleSeconds, onWarning, onEnd, keepAlive }: IdleClockOptions): IdleClock {
  const limit = (idleSeconds - slack) * 1000;
  const tabs = new BroadcastChannel('healthcare-ai:activity');
  let last = Date.now();
  let reported = last;
  let warned = false;

  const active = () => {
    last = Date.now();
    if (warned) onWarning(undefined);
    warned = false;
    if (last - reported < report) return;
    reported = last;
    tabs.postMessage('active');
    keepAlive();
  };
  // Once warned, the person answers the warning: a mouse that was bumped is no answer.
  const notice = () => {
    if (!warned) active();
  };
  const tick = () => {
    const left = limit - (Date.now() - last);
    if (left <= 0) {
      stop();
      onEnd();
    } else if (left <= warningSeconds * 1000) {
      warned = true;
      onWarning(Math.ceil(left / 1000));
    }
  };
  const stop = () => {
    clearInterval(timer);
    tabs.close();
    for (const sign of signs) removeEventListener(sign, notice, { capture: true });
  };
  const timer = setInterval(tick, 1000);
  tabs.onmessage = () => {
    reported = Date.now();
    active();
  };
  for (const sign of signs) addEventListener(sign, notice, { capture: true, passive: true });
  return {
    stay() {
      reported = 0;
      active();
    },
    stop,
  };
}
