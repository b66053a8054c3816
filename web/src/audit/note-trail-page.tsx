import '../shared.ts';
import { useState } from 'react';
import { api, type Problem } from '../api/client.ts';
import type { AuditEvent, AuditEventsResponse } from '../api/types.ts';
import { asProblem, useLoad } from '../api/use-load.ts';
import { Link } from '../router.tsx';
import type { PageProps } from '../routes.ts';
import { Loading } from '../ui/loading.tsx';
import { ProblemNotice } from '../ui/problem-notice.tsx';
import { EventTable } from './event-table.tsx';

/** Everything that happened to a note, oldest first. */
export default function NoteTrailPage({ params }: PageProps) {
  const id = params.id!;
  const path = `/audit/events/${id}`;
  const { value, problem, reload } = useLoad(path, (signal) => api.get<AuditEventsResponse>(path, { signal }));
  const [later, setLater] = useState<readonly AuditEvent[]>([]);
  const [cursor, setCursor] = useState<string>();
  const [state, setState] = useState<{ loading: boolean; problem?: Problem }>({ loading: false });
  const next = later.length > 0 ? cursor : value?.next_cursor;
  const more = async () => {
    setState({ loading: true });
    try {
      const page = await api.get<AuditEventsResponse>(`${path}?cursor=${encodeURIComponent(next!)}`);
      setLater((before) => [...before, ...page.events]);
      setCursor(page.next_cursor);
      setState({ loading: false });
    } catch (error) {
      setState({ loading: false, problem: asProblem(error) });
    }
  };
  return (
    <div className="page">
      <div className="page-head">
        <div>
          <h1>Events of a note</h1>
          <p>
            <code>{id}</code>
          </p>
        </div>
        <Link href="/app/audit">Back to the audit trail</Link>
      </div>
      {problem ? <ProblemNotice problem={problem} onRetry={reload} /> : null}
      {value ? (
        <EventTable
          caption="Events of the note, oldest first"
          events={[...value.events, ...later]}
          onMore={next === undefined ? undefined : () => void more()}
          loading={state.loading}
          moreName="Show later events"
        />
      ) : problem ? null : (
        <Loading what="the events" />
      )}
      {state.problem ? <ProblemNotice problem={state.problem} /> : null}
    </div>
  );
}
