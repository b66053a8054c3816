import { useEffect, useState } from 'react';
import { noteRequest, sentAhead } from '../api/ahead.ts';
import { api, type Problem } from '../api/client.ts';
import type { AnalysisView, Note, NoteAnalysis } from '../api/types.ts';
import { asProblem } from '../api/use-load.ts';
import { inSight } from '../in-sight.ts';

/** Came with the note, or by a request of its own. */
export interface ShownAnalysis extends Pick<NoteAnalysis, 'status' | 'error' | 'needs_review' | 'review_reasons'> {
  readonly analysis?: Omit<AnalysisView, 'v2'> & Partial<Pick<AnalysisView, 'v2'>>;
}

export interface OpenNote {
  readonly note: Note | undefined;
  readonly analysis: ShownAnalysis | undefined;
  /** Why the note is not shown. */
  readonly problem: Problem | undefined;
  /** Why its analysis is not shown. */
  readonly analysisProblem: Problem | undefined;
  readonly reload: () => void;
  readonly reloadAnalysis: () => void;
}

type State = Omit<OpenNote, 'reload' | 'reloadAnalysis'>;
const nothing: State = { note: undefined, analysis: undefined, problem: undefined, analysisProblem: undefined };

/** How long a note that is there waits for its analysis: drawn together, the text does not move. */
const patience = 400;

/**
 * Opens a note with its analysis by one request. Asks for an analysis that was not made yet: only after the note, so that a
 * refusal is one audit event. One that is still being made is asked for again while the page is in sight.
 */
export function useNote(auditId: string, analyze: boolean): OpenNote {
  const [round, setRound] = useState(0);
  const [analysisRound, setAnalysisRound] = useState(0);
  const [state, setState] = useState<State>(nothing);

  // biome-ignore lint/correctness/useExhaustiveDependencies: a new round opens the note again.
  useEffect(() => {
    const controller = new AbortController();
    const { signal } = controller;
    const update = (change: Partial<State>) => signal.aborted || setState((before) => ({ ...before, ...change }));
    setState(nothing);
    (async () => {
      const request = noteRequest(auditId);
      const note = await (sentAhead<Note>(request) ?? api.get<Note>(request, { signal }));
      signal.throwIfAborted();
      if (!analyze || note.analysis) return update({ note, analysis: note.analysis });
      const timer = setTimeout(() => update({ note }), patience);
      const outcome = await analysisOf(auditId, signal);
      clearTimeout(timer);
      return update({ note, ...outcome });
    })().catch((error: unknown) => update({ problem: asProblem(error) }));
    return () => controller.abort();
  }, [auditId, analyze, round]);

  useEffect(() => {
    if (analysisRound === 0) return;
    const controller = new AbortController();
    analysisOf(auditId, controller.signal).then(
      (outcome) => controller.signal.aborted || setState((before) => ({ ...before, ...outcome })),
    );
    return () => controller.abort();
  }, [auditId, analysisRound]);

  return {
    ...state,
    reload: () => setRound((before) => before + 1),
    reloadAnalysis() {
      setState((before) => ({ ...before, analysis: undefined, analysisProblem: undefined }));
      setAnalysisRound((before) => before + 1);
    },
  };
}

async function analysisOf(auditId: string, signal: AbortSignal): Promise<Pick<State, 'analysis' | 'analysisProblem'>> {
  const path = `/notes/${auditId}/analysis?v2=true`;
  try {
    let answer = await api.send<NoteAnalysis>('POST', path, undefined, { signal });
    for (let wait = 1; answer.status === 202 && wait <= 64; wait *= 2) {
      await new Promise((resolve) => setTimeout(resolve, Math.max(wait, answer.retryAfter ?? 0) * 1000));
      await inSight(signal);
      signal.throwIfAborted();
      answer = await api.send<NoteAnalysis>('GET', path, undefined, { signal });
    }
    return { analysis: answer.body, analysisProblem: undefined };
  } catch (error) {
    return { analysis: undefined, analysisProblem: asProblem(error) };
  }
}
