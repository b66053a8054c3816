import '../shared.ts';
import { useEffect, useState } from 'react';
import type { NoteSearchRequest, NoteSearchResponse } from '../api/types.ts';
import { useSearch } from '../api/use-search.ts';
import { Link } from '../router.tsx';
import { useMe } from '../session/session.tsx';
import { Button } from '../ui/button.tsx';
import { Loading } from '../ui/loading.tsx';
import { ProblemNotice } from '../ui/problem-notice.tsx';
import { NoteTable } from './note-table.tsx';

/** Newest notes of the care teams of the person who is signed in. */
export default function WorkListPage() {
  const { care_teams: teams } = useMe();
  const { search, problem, loading, start, more } = useSearch<Partial<NoteSearchRequest>, NoteSearchResponse>(
    '/notes/search',
  );
  const [team, setTeam] = useState('');
  const [doubtful, setDoubtful] = useState(false);
  const load = () => void start({ care_team: team || undefined, needs_review: doubtful || undefined });
  // biome-ignore lint/correctness/useExhaustiveDependencies: one request for each choice of a person.
  useEffect(load, [team, doubtful]);
  const notes = search?.pages.flatMap((page) => page.notes) ?? [];
  return (
    <div className="page">
      <div className="page-head">
        <div>
          <h1>Work list</h1>
          <p>{teams.length > 0 ? `Your care teams: ${teams.join(', ')}` : 'You are in no care team.'}</p>
        </div>
        <div className="filters">
          {teams.length > 1 ? (
            <div className="field">
              <label htmlFor="team">Care team</label>
              <select id="team" value={team} onChange={(event) => setTeam(event.target.value)}>
                <option value="">All of mine</option>
                {teams.map((name) => (
                  <option key={name}>{name}</option>
                ))}
              </select>
            </div>
          ) : null}
          <label className="check">
            <input type="checkbox" checked={doubtful} onChange={(event) => setDoubtful(event.target.checked)} />
            Only with doubts
          </label>
          <Button onPress={load} disabled={loading}>
            Refresh
          </Button>
        </div>
      </div>
      {problem ? <ProblemNotice problem={problem} onRetry={load} /> : null}
      {search === undefined ? (
        problem ? null : (
          <Loading what="the work list" />
        )
      ) : notes.length === 0 && !more ? (
        <section className="notice">
          <h2>{doubtful || team ? 'No notes match' : 'No notes to show'}</h2>
          <p>
            {doubtful || team
              ? 'Choose other filters'
              : teams.length > 0
                ? 'No note of your care teams has arrived. Refresh later'
                : 'Ask your administrator to add you to a care team'}
            , or find a patient under <Link href="/app/patients">Patients</Link>.
          </p>
        </section>
      ) : (
        <NoteTable caption="Notes of your care teams" notes={notes} onMore={more} loading={loading} />
      )}
    </div>
  );
}
