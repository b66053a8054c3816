import { useCallback, useEffect, useState } from 'react';
import { Problem } from './client.ts';

export interface Load<T> {
  readonly value: T | undefined;
  readonly problem: Problem | undefined;
  readonly loading: boolean;
  /** Asks again: only where a person asked for it. */
  readonly reload: () => void;
}

/** Loads once for each key, and stops when the component goes away. */
export function useLoad<T>(key: string, load: (signal: AbortSignal) => Promise<T>): Load<T> {
  const [round, setRound] = useState(0);
  const [state, setState] = useState<{ value?: T; problem?: Problem; loading: boolean }>({ loading: true });
  // biome-ignore lint/correctness/useExhaustiveDependencies: `load` is new at each rendering; the key stands for it.
  useEffect(() => {
    const controller = new AbortController();
    setState({ loading: true });
    load(controller.signal).then(
      (value) => controller.signal.aborted || setState({ value, loading: false }),
      (error: unknown) => controller.signal.aborted || setState({ problem: asProblem(error), loading: false }),
    );
    return () => controller.abort();
  }, [key, round]);
  const reload = useCallback(() => setRound((before) => before + 1), []);
  return { value: state.value, problem: state.problem, loading: state.loading, reload };
}

export const asProblem = (error: unknown): Problem =>
  error instanceof Problem ? error : new Problem(0, { title: 'The page failed', detail: 'Reload the page.' });
