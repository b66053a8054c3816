import { useEffect, useRef, useState } from 'react';
import type { Session } from '../api/types.ts';
import { type IdleClock, startIdleClock } from './idle-clock.ts';
import { IdleWarning } from './idle-warning.tsx';
import { endIdleSession } from './session.tsx';

/** Signs out a person who has left, after a warning. 45 CFR 164.312(a)(2)(iii), automatic logoff. */
export function IdleGuard({ me }: { readonly me: Session }) {
  const [left, setLeft] = useState<number>();
  const clock = useRef<IdleClock>(undefined);
  useEffect(() => {
    clock.current = startIdleClock({
      target: window,
      idleSeconds: me.idle_seconds,
      onWarning: setLeft,
      onEnd: () => void endIdleSession(),
      // Not by the client of the API: without a session the next request of the person goes to the sign-in.
      keepAlive: () => void fetch('/app/api/me', { cache: 'no-store' }).catch(() => undefined),
    });
    return () => clock.current?.stop();
  }, [me]);
  if (left === undefined) return null;
  return <IdleWarning secondsLeft={left} onStay={() => clock.current?.stay()} />;
}
