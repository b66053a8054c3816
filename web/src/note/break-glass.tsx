import { type FormEvent, useId, useState } from 'react';
import { api, type Problem } from '../api/client.ts';
import type { BreakGlassGrant, BreakGlassRequest, PageConfig } from '../api/types.ts';
import { asProblem, useLoad } from '../api/use-load.ts';
import { Button } from '../ui/button.tsx';
import { Dialog } from '../ui/dialog.tsx';
import { ProblemNotice } from '../ui/problem-notice.tsx';

export interface BreakGlassProps {
  /** A note of the patient, or the patient's identifier. */
  readonly of: Pick<BreakGlassRequest, 'audit_id' | 'patient_id'>;
  readonly onOpened: (grant: BreakGlassGrant) => void;
  readonly onClose: () => void;
}

const reasons: readonly (readonly [BreakGlassRequest['reason_code'], string])[] = [
  ['ETREAT', 'Emergency treatment'],
  ['COC', 'Coordination of care'],
  ['OVRER', 'The patient cannot consent'],
  ['OVRPJ', 'Professional judgement'],
  ['OVRTPS', 'Safety of another person'],
  ['BTG', 'Other reason for breaking the glass'],
];

/** Asks why, in plain words, before notes of another care team open. */
export function BreakGlass({ of, onOpened, onClose }: BreakGlassProps) {
  const id = useId();
  const [problem, setProblem] = useState<Problem>();
  const [sending, setSending] = useState(false);
  const { value: config } = useLoad('config', async (signal) => {
    const response = await fetch('/app/config.json', { signal });
    return (await response.json()) as PageConfig;
  });
  const submit = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    setSending(true);
    setProblem(undefined);
    try {
      onOpened(
        await api.post<BreakGlassGrant>('/break-glass', {
          ...of,
          reason_code: form.get('reason'),
          reason_text: form.get('words'),
        }),
      );
    } catch (error) {
      setProblem(asProblem(error));
      setSending(false);
    }
  };
  const minutes = config?.break_glass_minutes;
  return (
    <Dialog title="Open this patient's notes in an emergency" onClose={onClose}>
      <form onSubmit={submit} autoComplete="off">
        <p>
          You are not in the care team of these notes. You can open them for this patient alone. Your name, the reason
          and everything that you read are recorded, an alarm is raised, and an auditor reviews it.
        </p>
        <div className="field">
          <label htmlFor={`${id}-reason`}>Reason</label>
          <select id={`${id}-reason`} name="reason" defaultValue="ETREAT">
            {reasons.map(([code, words]) => (
              <option key={code} value={code}>
                {words}
              </option>
            ))}
          </select>
        </div>
        <div className="field">
          <label htmlFor={`${id}-words`}>What happened, in your own words</label>
          <textarea
            id={`${id}-words`}
            name="words"
            required
            minLength={10}
            maxLength={1000}
            spellCheck={false}
            aria-describedby={`${id}-hint`}
          />
          <p className="hint" id={`${id}-hint`}>
            At least 10 characters. Stored encrypted; only auditors can read it.
          </p>
        </div>
        {problem ? <ProblemNotice problem={problem} /> : null}
        <div className="dialog-actions">
          <Button onPress={onClose}>Cancel</Button>
          <Button kind="danger" type="submit" disabled={sending}>
            {minutes === undefined ? 'Open the notes' : `Open the notes for ${minutes} minutes`}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
