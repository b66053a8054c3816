import { useRef, useState } from 'react';
import type { Problem } from '../api/client.ts';
import type { AuditExportRequest } from '../api/types.ts';
import { asProblem } from '../api/use-load.ts';
import { Button } from '../ui/button.tsx';
import { ProblemNotice } from '../ui/problem-notice.tsx';
import { exportEvents } from './export-events.ts';

const outcomes = {
  saved: 'Saved as audit-events.jsonl. It holds personal data: keep it where the trail may be kept.',
  cancelled: 'The export was cancelled. Nothing was saved.',
} as const;

/** Saves every event of a search. */
export function ExportButton({ criteria }: { readonly criteria: AuditExportRequest }) {
  const [bytes, setBytes] = useState<number>();
  const [ended, setEnded] = useState<'saved' | 'cancelled'>();
  const [problem, setProblem] = useState<Problem>();
  const controller = useRef<AbortController>(undefined);
  const start = async () => {
    const own = new AbortController();
    controller.current = own;
    setProblem(undefined);
    setEnded(undefined);
    setBytes(0);
    try {
      await exportEvents(criteria, setBytes, own.signal);
      setEnded('saved');
    } catch (error) {
      if (own.signal.aborted) setEnded('cancelled');
      else setProblem(asProblem(error));
    }
    setBytes(undefined);
  };
  return (
    <div className="export">
      <p>
        <Button onPress={() => void start()} disabled={bytes !== undefined}>
          Export all events of this search
        </Button>{' '}
        {bytes === undefined ? null : <Button onPress={() => controller.current?.abort()}>Cancel the export</Button>}{' '}
        <span role="status">
          {bytes === undefined ? ended && outcomes[ended] : `Exporting: ${(bytes / 1_000_000).toFixed(1)} MB`}
        </span>
      </p>
      {problem ? <ProblemNotice problem={problem} /> : null}
    </div>
  );
}
