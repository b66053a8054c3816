import { type FormEvent, useState } from 'react';
import { Button } from '../ui/button.tsx';
import { Field } from '../ui/field.tsx';
import { ProblemNotice } from '../ui/problem-notice.tsx';
import { NoteTable } from './note-table.tsx';
import { type NoteSearch, useNoteSearch } from './use-note-search.ts';

/** Keeps the search while a note is open. In memory: a reload or a sign-out forgets it. */
const memory: { search?: NoteSearch } = {};

/** Finds the notes of a patient. The identifier goes in the body of the request and nowhere else. */
export default function PatientsPage() {
  const { search, problem, loading, start, more } = useNoteSearch(memory);
  const [missing, setMissing] = useState(false);
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const patientId = String(new FormData(event.currentTarget).get('patient'));
    setMissing(patientId.trim() === '');
    if (patientId.trim() !== '') void start({ patient_id: patientId });
  };
  return (
    <div className="page">
      <div className="page-head">
        <h1>Patients</h1>
      </div>
      <form className="filters" onSubmit={submit} autoComplete="off">
        <Field
          label="Patient ID"
          name="patient"
          defaultValue={search?.request.patient_id}
          maxLength={100}
          spellCheck={false}
          error={missing ? 'Enter a patient ID.' : undefined}
        />
        <Button kind="primary" type="submit" disabled={loading}>
          Find notes
        </Button>
      </form>
      {problem ? <ProblemNotice problem={problem} /> : null}
      {search && !problem ? (
        <div aria-live="polite">
          {search.notes.length === 0 && !search.withheld ? (
            <p>No notes for this patient ID. Check it for typing errors.</p>
          ) : (
            <NoteTable caption="Notes of the patient" notes={search.notes} onMore={more} loading={loading} />
          )}
        </div>
      ) : null}
    </div>
  );
}
