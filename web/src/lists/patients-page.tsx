import '../shared.ts';
import { type FormEvent, useState } from 'react';
import type { NoteSearchRequest, NoteSearchResponse } from '../api/types.ts';
import { type PagedSearch, useSearch } from '../api/use-search.ts';
import { BreakGlass } from '../note/break-glass.tsx';
import { useMe } from '../session/session.tsx';
import { Button } from '../ui/button.tsx';
import { Field } from '../ui/field.tsx';
import { ProblemNotice } from '../ui/problem-notice.tsx';
import { Time } from '../ui/time.tsx';
import { NoteTable } from './note-table.tsx';

/** Keeps the search while a note is open. In memory: a reload or a sign-out forgets it. */
const memory: { search?: PagedSearch<Partial<NoteSearchRequest>, NoteSearchResponse> } = {};

/** Finds the notes of a patient. The identifier goes in the body of the request and nowhere else. */
export default function PatientsPage() {
  const me = useMe();
  const { search, problem, loading, start, more } = useSearch('/notes/search', memory);
  const [missing, setMissing] = useState(false);
  const [asking, setAsking] = useState(false);
  const [openUntil, setOpenUntil] = useState<string>();
  const patientId = search?.criteria.patient_id;
  const notes = search?.pages.flatMap((page) => page.notes) ?? [];
  const withheld = search?.pages.at(-1)?.withheld === true;
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const entered = String(new FormData(event.currentTarget).get('patient'));
    setMissing(entered.trim() === '');
    setOpenUntil(undefined);
    if (entered.trim() !== '') void start({ patient_id: entered });
  };
  return (
    <div className="page">
      <div className="page-head">
        <h1>Patients</h1>
      </div>
      <form className="filters" onSubmit={submit} autoComplete="off" noValidate>
        <Field
          label="Patient ID"
          name="patient"
          defaultValue={patientId}
          maxLength={100}
          spellCheck={false}
          error={missing ? 'Enter a patient ID.' : undefined}
        />
        <Button kind="primary" type="submit" disabled={loading}>
          Find notes
        </Button>
      </form>
      {problem ? <ProblemNotice problem={problem} /> : null}
      {openUntil ? (
        <p className="notice warning">
          Opened in an emergency. Access to this patient's notes ends at <Time at={openUntil} />.
        </p>
      ) : null}
      <div aria-live="polite">
        {search && !problem && notes.length === 0 && !withheld ? (
          <section className="notice">
            <h2>No notes for this patient ID</h2>
            <p>Check the ID for typing errors, then search again.</p>
          </section>
        ) : null}
        {search && !problem && withheld ? (
          <section className="notice warning">
            <h2>This patient has notes of other care teams</h2>
            <p>They are not shown. You can open them in an emergency.</p>
            {me.permissions.includes('break-glass.open') ? (
              <p className="notice-foot">
                <Button kind="danger" onPress={() => setAsking(true)}>
                  Open in an emergency…
                </Button>
              </p>
            ) : null}
          </section>
        ) : null}
        {search && !problem && notes.length > 0 ? (
          <NoteTable caption="Notes of the patient" notes={notes} onMore={more} loading={loading} />
        ) : null}
      </div>
      {asking && patientId !== undefined ? (
        <BreakGlass
          of={{ patient_id: patientId }}
          onClose={() => setAsking(false)}
          onOpened={({ expires_at }) => {
            setAsking(false);
            setOpenUntil(expires_at);
            void start({ patient_id: patientId });
          }}
        />
      ) : null}
    </div>
  );
}
