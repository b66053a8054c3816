import { useEffect, useRef, useState } from 'react';
import { api } from '../api/client.ts';
import type { AnalyzedText } from '../api/types.ts';
import { itemsOf } from '../note/items.ts';
import { Button } from '../ui/button.tsx';
import { type Allowance, allowanceOf, type FileState, type Outcome, runBatch } from './batch.ts';
import { textOfFile } from './decode.ts';

export interface BatchViewProps {
  readonly files: readonly File[];
  /** Opens one of the files: it is read and analysed again. */
  readonly onOpen: (file: File) => void;
}

/** Analyses files and shows what became of each. The counts stay; the texts and the answers go. */
export function BatchView({ files, onOpen }: BatchViewProps) {
  const [states, setStates] = useState<readonly FileState[]>(() => files.map(() => ({ kind: 'waiting' })));
  const [pause, setPause] = useState(0);
  const controller = useRef<AbortController>(undefined);
  useEffect(() => {
    const own = new AbortController();
    controller.current = own;
    setStates(files.map(() => ({ kind: 'waiting' })));
    void runBatch({
      files,
      analyze,
      onChange: (index, state) => setStates((before) => before.with(index, state)),
      onWait: setPause,
      signal: own.signal,
      sleep,
    });
    return () => own.abort();
  }, [files]);

  const counts = countsOf(states);
  const running = counts.waiting + counts.working > 0;
  const words = [
    `${counts.done} of ${files.length} analysed`,
    counts.failed > 0 && `${counts.failed} failed`,
    counts.cancelled > 0 && `${counts.cancelled} cancelled`,
  ].filter(Boolean);
  return (
    <section className="batch" aria-label="Files">
      <div className="batch-head">
        <p role="status">{words.join(', ')}.</p>
        {pause > 0 ? <p className="hint">The limit on requests is reached. Going on in {pause} seconds.</p> : null}
        {running ? <Button onPress={() => controller.current?.abort()}>Cancel</Button> : null}
      </div>
      <div className="segments" role="img" aria-label={words.join(', ')}>
        {(['done', 'failed', 'working'] as const).map((kind) => (
          <span key={kind} data-kind={kind} style={{ flexGrow: counts[kind] }} />
        ))}
        <span data-kind="waiting" style={{ flexGrow: counts.waiting + counts.cancelled }} />
      </div>
      <table className="rows">
        <caption className="visually-hidden">Files and what became of them</caption>
        <thead>
          <tr>
            <th scope="col">File</th>
            <th scope="col">State</th>
            <th scope="col">Items</th>
            <th scope="col">Identifiers</th>
          </tr>
        </thead>
        <tbody>
          {states.map((state, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: two files may have one name, and their order never changes.
            <tr key={index}>
              <td data-label="File">
                {state.kind === 'done' ? (
                  <button type="button" className="link" onClick={() => onOpen(files[index]!)}>
                    {files[index]!.name}
                  </button>
                ) : (
                  files[index]!.name
                )}
              </td>
              <td data-label="State">
                {state.kind === 'failed' ? <Failed why={state.why} /> : stateNames[state.kind]}
              </td>
              <td data-label="Items">{state.kind === 'done' ? state.items : null}</td>
              <td data-label="Identifiers">{state.kind === 'done' ? state.identifiers : null}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

const stateNames = { waiting: 'waiting', working: 'working…', done: 'done', cancelled: 'cancelled' } as const;

const Failed = ({ why }: { readonly why: string }) => (
  <span>
    <span className="tag alert">failed</span> {why}
  </span>
);

async function analyze(
  file: File,
  signal: AbortSignal,
): Promise<Outcome & { readonly allowance: Allowance | undefined }> {
  const note_text = await textOfFile(file);
  const { body, headers } = await api.send<AnalyzedText>('POST', '/analyze?v2=true', { note_text }, { signal });
  const { analysis } = body;
  const items = analysis.v2 ? itemsOf({ ...analysis, v2: analysis.v2 }).length - analysis.phi.length : 0;
  return { items, identifiers: analysis.phi.length, allowance: allowanceOf(headers.get('RateLimit')) };
}

const sleep = (milliseconds: number, signal: AbortSignal): Promise<void> =>
  new Promise((resolve) => {
    const timer = setTimeout(resolve, milliseconds);
    signal.addEventListener('abort', () => {
      clearTimeout(timer);
      resolve();
    });
  });

function countsOf(states: readonly FileState[]): Record<FileState['kind'], number> {
  const counts = { waiting: 0, working: 0, done: 0, failed: 0, cancelled: 0 };
  for (const { kind } of states) counts[kind] += 1;
  return counts;
}
