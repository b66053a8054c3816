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
  /** Where signs of activity arrive: the window. */
  readonly target: EventTarget;
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
export function startIdleClock({ target, idleSeconds, onWarning, onEnd, keepAlive }: IdleClockOptions): IdleClock {
  const limit = (idleSeconds - slack) * 1000;
  const now = () => ({ wall: Date.now(), steady: performance.now() });
  // The wall clock can be set back; the steady one may stand still while the computer sleeps.
  const since = ({ wall, steady }: ReturnType<typeof now>) => Math.max(Date.now() - wall, performance.now() - steady);
  const tabs = new BroadcastChannel('healthcare-ai:activity');
  let last = now();
  let reported = last;
  let ticked = last;
  let warned = false;

  const active = () => {
    last = now();
    if (warned) onWarning(undefined);
    warned = false;
    if (since(reported) < report) return;
    reported = last;
    tabs.postMessage('active');
    keepAlive();
  };
  // Once it is time for the warning, the person answers that: a mouse that was bumped, or woke the computer, is no answer.
  const notice = () => {
    if (since(last) < limit - warningSeconds * 1000) active();
  };
  // A tab that was frozen hears first what the others said meanwhile: the person may be active there.
  const tick = () => {
    const isLate = since(ticked) > 10_000;
    ticked = now();
    if (isLate) pending = setTimeout(judge, 500);
    else judge();
  };
  const judge = () => {
    const left = limit - since(last);
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
    clearTimeout(pending);
    tabs.close();
    for (const sign of signs) target.removeEventListener(sign, notice, { capture: true });
  };
  let pending: ReturnType<typeof setTimeout> | undefined;
  const timer = setInterval(tick, 1000);
  tabs.onmessage = () => {
    reported = now();
    active();
  };
  for (const sign of signs) target.addEventListener(sign, notice, { capture: true, passive: true });
  return {
    stay() {
      if (since(last) >= limit) return;
      reported = { wall: 0, steady: Number.NEGATIVE_INFINITY };
      active();
    },
    stop,
  };
}
