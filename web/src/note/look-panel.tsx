import type { Abnormal } from './items.ts';
import type { LookLine, OneLook } from './one-look.ts';

export interface LookPanelProps {
  readonly look: OneLook;
  readonly selected: string | undefined;
  readonly onOpen: (line: LookLine) => void;
}

/** "In one look": what a clinician reads in the first seconds, each line a way to its words. */
export function LookPanel({ look, selected, onOpen }: LookPanelProps) {
  const button = (line: LookLine, names?: Pick<LookButtonProps, 'name' | 'status'>) => (
    <LookButton key={line.key} line={line} {...names} selected={selected} onOpen={onOpen} />
  );
  const lines = (title: string, all: readonly LookLine[], list: string) =>
    all.length > 0 && (
      <Part title={title}>
        <ul className={list}>
          {all.map((line) => (
            <li key={line.key}>{button(line)}</li>
          ))}
        </ul>
      </Part>
    );
  const missing = [
    look.abnormal.length === 0 && 'abnormal values',
    look.drugChanges.length === 0 && 'drug changes',
    look.plan.length === 0 && 'plan',
    look.followUp.length === 0 && 'follow-up',
  ].filter((name) => name !== false);
  if (missing.length === 4 && look.allergies.length + look.codeStatus.length === 0) {
    return (
      <p className="look look-none">
        The analysis found nothing to show here, not even allergies. It can miss things: read the note.
      </p>
    );
  }
  return (
    <div className="look">
      {lines('Code status', look.codeStatus, 'look-lines')}
      {lines('Allergies', look.allergies, 'look-lines') || (
        <Part title="Allergies">
          <p className="look-none">None found. The analysis can miss one: check the note.</p>
        </Part>
      )}
      {look.abnormal.length > 0 && (
        <Part title="Abnormal values">
          <ul className="look-values">
            {look.abnormal.map(({ name, lines: values, earlier }) => (
              <li key={values[0]!.key}>
                {values.map((line, index) =>
                  button(line, { name: <span className={index > 0 ? 'visually-hidden' : undefined}>{name} </span> }),
                )}
                {earlier > 0 ? <span className="look-rest">{earlier} earlier</span> : null}
              </li>
            ))}
          </ul>
        </Part>
      )}
      {look.drugChanges.length > 0 && (
        <Part title="Drug changes">
          <dl className="look-changes">
            {look.drugChanges.map(({ name: status, lines: drugs }) => (
              <div key={status}>
                <dt>{status}</dt>
                {drugs.map((line) => (
                  <dd key={line.key}>{button(line, { status })}</dd>
                ))}
              </div>
            ))}
          </dl>
        </Part>
      )}
      {lines('Plan', look.plan, 'look-sentences')}
      {lines('Follow-up', look.followUp, 'look-sentences')}
      {missing.length > 0 ? <p className="look-none look-part">Nothing found for: {missing.join(', ')}.</p> : null}
    </div>
  );
}

const Part = ({ title, children }: { readonly title: string; readonly children: React.ReactNode }) => (
  <section className="look-part">
    <h2>{title}</h2>
    {children}
  </section>
);

interface LookButtonProps {
  readonly line: LookLine;
  /** Name of the test, before its value. */
  readonly name?: React.ReactNode;
  /** What was done with a drug: beside the button for the eye, in its name for screen readers. */
  readonly status?: string;
  readonly selected: string | undefined;
  readonly onOpen: (line: LookLine) => void;
}

const LookButton = ({ line, name, status, selected, onOpen }: LookButtonProps) => (
  <button
    type="button"
    className="look-line"
    aria-current={selected === (line.item ?? line.key) || undefined}
    onClick={() => onOpen(line)}
  >
    {name}
    <span className={line.item === undefined ? undefined : 'look-lead'}>{line.lead}</span>
    {status ? <span className="visually-hidden">{` ${status}${line.rest ? ':' : ''}`}</span> : null}
    {line.rest ? <span className="look-rest"> {line.rest}</span> : null}
    {line.abnormal ? <Flag abnormal={line.abnormal} /> : null}
  </button>
);

const signs = { low: '↓', high: '↑', critical: '!!', abnormal: '!' } as const;

const Flag = ({ abnormal }: { readonly abnormal: Abnormal }) => (
  <span className="flag">
    <span aria-hidden="true">{signs[abnormal]}</span>
    <span className="visually-hidden"> {abnormal}</span>
  </span>
);
