import type { AnalysisView } from '../api/types.ts';
import { oneLine, readable } from './items.ts';
import type { LookLine } from './one-look.ts';

export interface SummaryPanelProps {
  readonly parts: AnalysisView['v2']['summary']['short'];
  readonly selected: string | undefined;
  readonly onOpen: (line: LookLine) => void;
}

/** The most important sentences, unchanged. Each is a button that leads to where the note says it. */
export function SummaryPanel({ parts, selected, onOpen }: SummaryPanelProps) {
  if (parts.length === 0) return <p className="look-none">The note is too short to summarise.</p>;
  return (
    <ol className="summary">
      {parts.map(({ start, end, text, reasons }) => {
        const line = { key: `s${start}`, item: undefined, start, end, lead: oneLine(text), rest: undefined };
        return (
          <li key={start}>
            <button
              type="button"
              className="look-line"
              aria-current={selected === line.key || undefined}
              onClick={() => onOpen(line)}
            >
              {text.trim()} <span className="look-why">{reasons.map(reasonName).join(', ')}</span>
            </button>
          </li>
        );
      })}
    </ol>
  );
}

type Reason = AnalysisView['v2']['summary']['short'][number]['reasons'][number];

const reasonName = (reason: Reason): string =>
  reason === 'lead' ? 'start of the note' : reason === 'negative' ? 'absent finding' : readable(reason);
