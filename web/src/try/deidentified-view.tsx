import { useMemo, useState } from 'react';
import { api } from '../api/client.ts';
import type { Analysis, DeidentifyResponse } from '../api/types.ts';
import { useLoad } from '../api/use-load.ts';
import { Loading } from '../ui/loading.tsx';
import { ProblemNotice } from '../ui/problem-notice.tsx';
import { alignLines, type Piece } from './aligned.ts';
import { Command } from './command.tsx';
import { curlOf } from './curl.ts';
import { keptIdentifiers } from './kept.ts';

export interface DeidentifiedViewProps {
  readonly text: string;
  readonly phi: Analysis['phi'];
}

const modes = { balanced: 'What a rule finds', 'recall-first': 'Also what is not known to be safe' } as const;
const replacements = { mask: 'A label, such as [NAME]', surrogate: 'A stand-in' } as const;

/** Original and de-identified text, line by line. What may have been left has the strongest mark of the page. */
export function DeidentifiedView({ text, phi }: DeidentifiedViewProps) {
  const [mode, setMode] = useState<keyof typeof modes>('balanced');
  const [replacement, setReplacement] = useState<keyof typeof replacements>('mask');
  const options = { mode, replacement };
  const { value, problem, reload } = useLoad(`${mode} ${replacement}`, (signal) =>
    api.post<DeidentifyResponse>('/deidentify', { note_text: text, ...options }, { signal }),
  );
  return (
    <div className="try-deidentified">
      <div className="filters">
        <Choice label="Replace" names={modes} value={mode} onChange={setMode} />
        <Choice label="Replace with" names={replacements} value={replacement} onChange={setReplacement} />
      </div>
      <Command text={curlOf(location.origin, '/deidentify', options)} />
      {problem ? <ProblemNotice problem={problem} onRetry={reload} /> : null}
      {value ? <Aligned text={text} phi={phi} answer={value} /> : problem ? null : <Loading what="the text" />}
    </div>
  );
}

interface ChoiceProps<Value extends string> {
  readonly label: string;
  readonly names: Readonly<Record<Value, string>>;
  readonly value: Value;
  readonly onChange: (value: Value) => void;
}

function Choice<Value extends string>({ label, names, value, onChange }: ChoiceProps<Value>) {
  return (
    <label className="field">
      <span className="label">{label}</span>
      <select value={value} onChange={(event) => onChange(event.target.value as Value)}>
        {(Object.keys(names) as Value[]).map((name) => (
          <option key={name} value={name}>
            {names[name]}
          </option>
        ))}
      </select>
    </label>
  );
}

function Aligned({ text, phi, answer }: DeidentifiedViewProps & { readonly answer: DeidentifyResponse }) {
  const { deidentified } = answer;
  const kept = useMemo(() => keptIdentifiers(text, deidentified.spans, phi), [text, deidentified, phi]);
  const lines = useMemo(() => alignLines(text, deidentified, kept), [text, deidentified, kept]);
  const count = deidentified.spans.length;
  return (
    <>
      <p className={kept.length > 0 ? 'kept-count' : undefined} role="status">
        {count} {count === 1 ? 'identifier' : 'identifiers'} replaced.{' '}
        {kept.length > 0 ? (
          <strong>
            {kept.length} may be left:{' '}
            {[...new Set(kept.map((one) => `${one.text} (${one.why})`))].slice(0, 8).join(', ')}.
          </strong>
        ) : (
          'None of them occurs elsewhere in the text. A person must still read it before it is released.'
        )}
      </p>
      <table className="aligned">
        <caption className="visually-hidden">Original and de-identified text, line by line</caption>
        <thead>
          <tr>
            <th scope="col">
              <span className="visually-hidden">Line</span>
            </th>
            <th scope="col">Original</th>
            <th scope="col">De-identified</th>
          </tr>
        </thead>
        <tbody>
          {lines.map(({ number, original, deidentified: output }) => (
            <tr key={number} data-unchanged={isUnchanged(original) || undefined}>
              <td className="line-number">{original.length > 0 ? number : null}</td>
              <td dir="auto">{original.map((piece, index) => draw(piece, `o${index}`, 'original'))}</td>
              <td dir="auto">{output.map((piece, index) => draw(piece, `d${index}`, 'output'))}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </>
  );
}

const isUnchanged = (pieces: readonly Piece[]): boolean =>
  pieces.every(({ kept, replaced }) => !kept && replaced === undefined);

function draw({ text, replaced, kept }: Piece, key: string, side: 'original' | 'output') {
  if (kept) {
    return (
      <mark key={key} className="kept-identifier" aria-description="may be an identifier that was not replaced">
        {text}
      </mark>
    );
  }
  if (replaced === undefined) return text;
  const what = replaced.category.toLowerCase().replaceAll('_', ' ');
  return (
    <mark key={key} className={side === 'output' ? 'stand-in' : 'replaced'} title={what} aria-description={what}>
      {text}
    </mark>
  );
}
