import '../shared.ts';
import { type FormEvent, lazy, Suspense, useState } from 'react';
import { useMe } from '../session/session.tsx';
import { Button } from '../ui/button.tsx';
import { Field } from '../ui/field.tsx';
import { ProblemNotice } from '../ui/problem-notice.tsx';
import { Time } from '../ui/time.tsx';
import { NoteTable } from './note-table.tsx';
import { type NoteSearch, useNoteSearch } from './use-note-search.ts';

const BreakGlass = lazy(() => import('../note/break-glass.tsx'));

/** Keeps the search while a note is open. In memory: a reload or a sign-out forgets it. */
const memory: { search?: NoteSearch } = {};

/** Finds the notes of a patient. The identifier goes in the body of the request and nowhere else. */
export default function PatientsPage() {
  const me = useMe();
  const { search, problem, loading, start, more } = useNoteSearch(memory);
  const [missing, setMissing] = useState(false);
  const [asking, setAsking] = useState(false);
  const [openUntil, setOpenUntil] = useState<string>();
  const patientId = search?.request.patient_id;
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
        {search && !problem && search.notes.length === 0 && !search.withheld ? (
          <section className="notice">
            <h2>No notes for this patient ID</h2>
            <p>Check the ID for typing errors, then search again.</p>
          </section>
        ) : null}
        {search && !problem && search.withheld ? (
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
        {search && !problem && search.notes.length > 0 ? (
          <NoteTable caption="Notes of the patient" notes={search.notes} onMore={more} loading={loading} />
        ) : null}
      </div>
      {asking && patientId !== undefined ? (
        <Suspense fallback={null}>
          <BreakGlass
            of={{ patient_id: patientId }}
            onClose={() => setAsking(false)}
            onOpened={({ expires_at }) => {
              setAsking(false);
              setOpenUntil(expires_at);
              void start({ patient_id: patientId });
            }}
          />
        </Suspense>
      ) : null}
    </div>
  );
}
