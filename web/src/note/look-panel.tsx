import type { Abnormal } from './items.ts';
import type { LookLine, OneLook } from './one-look.ts';

export interface LookPanelProps {
  readonly look: OneLook;
  readonly selected: string | undefined;
  readonly onOpen: (line: LookLine) => void;
}

/** "In one look": what a clinician reads in the first seconds, each line a way to its words. */
export function LookPanel({ look, selected, onOpen }: LookPanelProps) {
  const part = (title: string, lines: readonly LookLine[], none: string, list = 'look-lines') => (
    <section className="look-part">
      <h2>{title}</h2>
      {lines.length === 0 ? (
        <p className="look-none">{none}</p>
      ) : (
        <ul className={list}>
          {lines.map((line) => (
            <li key={line.key}>
              <button
                type="button"
                className="look-line"
                aria-current={selected === line.key || undefined}
                onClick={() => onOpen(line)}
              >
                <span className="look-lead">{line.lead}</span>
                {line.rest ? <span className="look-rest"> {line.rest}</span> : null}
                {line.abnormal ? <Flag abnormal={line.abnormal} /> : null}
              </button>
            </li>
          ))}
        </ul>
      )}
    </section>
  );
  return (
    <div className="look">
      {look.codeStatus.length > 0 ? part('Code status', look.codeStatus, '') : null}
      {part('Allergies', look.allergies, 'The note states none, which does not mean that there are none.')}
      {part('Abnormal values', look.abnormal, 'No value outside its range was found.', 'look-values')}
      {part('Drug changes', look.drugChanges, 'No change was found.')}
      {part('Plan', look.plan, 'No plan beside the follow-up was found.', 'look-sentences')}
      {part('Follow-up', look.followUp, 'No follow-up was found.', 'look-sentences')}
    </div>
  );
}

const signs = { low: '↓', high: '↑', critical: '!!', abnormal: '!' } as const;

const Flag = ({ abnormal }: { readonly abnormal: Abnormal }) => (
  <span className="flag">
    <span aria-hidden="true">{signs[abnormal]}</span>
    <span className="visually-hidden"> {abnormal}</span>
  </span>
);
