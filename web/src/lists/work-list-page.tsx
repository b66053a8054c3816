import { useEffect } from 'react';
import { Link } from '../router.tsx';
import { useMe } from '../session/session.tsx';
import { EmptyState } from '../ui/empty-state.tsx';
import { Loading } from '../ui/loading.tsx';
import { ProblemNotice } from '../ui/problem-notice.tsx';
import { NoteTable } from './note-table.tsx';
import { useNoteSearch } from './use-note-search.ts';

/** Newest notes of the care teams of the person who is signed in. */
export default function WorkListPage() {
  const me = useMe();
  const { search, problem, loading, start, more } = useNoteSearch({});
  // biome-ignore lint/correctness/useExhaustiveDependencies: once for each view; every further request is asked for.
  useEffect(() => {
    void start({});
  }, []);
  return (
    <div className="page">
      <div className="page-head">
        <div>
          <h1>Work list</h1>
          <p>{me.care_teams.length > 0 ? `Care teams: ${me.care_teams.join(', ')}` : 'You are in no care team.'}</p>
        </div>
      </div>
      {problem ? <ProblemNotice problem={problem} onRetry={() => void start({})} /> : null}
      {search === undefined ? (
        loading && <Loading what="the work list" />
      ) : search.notes.length === 0 ? (
        <EmptyState title="No notes for your care teams yet">
          New notes appear here after you reload. Notes of other teams are under{' '}
          <Link href="/app/patients">Patients</Link>.
        </EmptyState>
      ) : (
        <NoteTable caption="Notes of your care teams" notes={search.notes} onMore={more} loading={loading} />
      )}
    </div>
  );
}
