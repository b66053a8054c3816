import type { NoteSearchResponse } from '../api/types.ts';
import { Link } from '../router.tsx';
import { Button } from '../ui/button.tsx';
import { Time } from '../ui/time.tsx';

export interface NoteTableProps {
  readonly caption: string;
  readonly notes: NoteSearchResponse['notes'];
  /** Loads the next page; undefined where there is none. */
  readonly onMore?: () => void;
  readonly loading: boolean;
}

/** Notes, newest first, each a link. The address of a note is a random id: it says nothing of the patient. */
export function NoteTable({ caption, notes, onMore, loading }: NoteTableProps) {
  const withPatients = notes.some(({ patient_id: patientId }) => patientId !== undefined);
  return (
    <>
      <table className="rows">
        <caption className="visually-hidden">{caption}</caption>
        <thead>
          <tr>
            <th scope="col">Received</th>
            {withPatients ? <th scope="col">Patient ID</th> : null}
            <th scope="col">Care team</th>
            <th scope="col">Sent by</th>
            <th scope="col">Analysis</th>
          </tr>
        </thead>
        <tbody>
          {notes.map((note) => (
            <tr key={note.audit_id}>
              <td data-label="Received">
                <Link href={`/app/notes/${note.audit_id}`}>
                  <Time at={note.received_at} />
                </Link>
              </td>
              {withPatients ? <td data-label="Patient ID">{note.patient_id ?? 'cannot be opened'}</td> : null}
              <td data-label="Care team">{note.care_team ?? 'none (all clinicians)'}</td>
              <td data-label="Sent by">{note.principal}</td>
              <td data-label="Analysis">
                {note.needs_review === undefined ? (
                  'not made yet'
                ) : note.needs_review ? (
                  <span className="tag warn">has doubts</span>
                ) : (
                  'done'
                )}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      {onMore ? (
        <div className="more">
          <Button onPress={onMore} disabled={loading}>
            {loading ? 'Loading…' : 'Show older notes'}
          </Button>
        </div>
      ) : null}
    </>
  );
}
