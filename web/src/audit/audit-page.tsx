import '../shared.ts';
import { useEffect, useState } from 'react';
import type { AuditSearchRequest, AuditSearchResponse } from '../api/types.ts';
import { type PagedSearch, useSearch } from '../api/use-search.ts';
import { useMe } from '../session/session.tsx';
import { Button } from '../ui/button.tsx';
import { Loading } from '../ui/loading.tsx';
import { ProblemNotice } from '../ui/problem-notice.tsx';
import { Tabs } from '../ui/tabs.tsx';
import { timeZone } from '../ui/time.tsx';
import { EventTable } from './event-table.tsx';
import { ExportButton } from './export-button.tsx';
import { Grants } from './grants.tsx';
import { SearchForm } from './search-form.tsx';
import { StatePanel } from './state-panel.tsx';

/** Keeps the search while the events of a note are shown. In memory: a reload or a sign-out forgets it. */
const memory: { search?: PagedSearch<AuditSearchRequest, AuditSearchResponse>; tab?: string } = {};

/** For auditors: what needs a look first, then everything by patient, person and time. */
export default function AuditPage() {
  const me = useMe();
  const [tab, setTab] = useState(memory.tab ?? 'attention');
  const change = (key: string) => {
    memory.tab = key;
    setTab(key);
  };
  return (
    <div className="page">
      <div className="page-head">
        <div>
          <h1>Audit trail</h1>
          <p>Times are in your time zone, {timeZone}.</p>
        </div>
      </div>
      {me.permissions.includes('audit.read') ? <StatePanel /> : null}
      <Tabs
        label="Views of the trail"
        selected={tab}
        onSelect={change}
        views={[
          {
            id: 'attention',
            title: 'Needs a look',
            show: () => (
              <>
                {me.permissions.includes('break-glass.review') ? <Grants /> : null}
                <Denials />
              </>
            ),
          },
          {
            id: 'search',
            title: 'Search',
            show: () => <Search mayExport={me.permissions.includes('audit.export')} />,
          },
        ]}
      />
    </div>
  );
}

/** How far back denials are shown at first, in days. */
const recent = 7;

function Denials() {
  const { search, problem, loading, start, more } = useSearch<AuditSearchRequest, AuditSearchResponse>('/audit/search');
  const events = search?.pages.flatMap((page) => page.events) ?? [];
  const load = () => {
    const from = new Date(Date.now() - recent * 86_400_000).toISOString();
    void start({ outcome: 'denied', from });
  };
  // biome-ignore lint/correctness/useExhaustiveDependencies: one request for each visit of the page.
  useEffect(load, []);
  return (
    <section className="attention" aria-labelledby="denials">
      <div className="section-head">
        <h2 id="denials">Denied in the last {recent} days</h2>
        <Button onPress={load} disabled={loading}>
          Refresh
        </Button>
      </div>
      {problem ? <ProblemNotice problem={problem} onRetry={load} /> : null}
      {search === undefined ? (
        problem ? null : (
          <Loading what="denials" />
        )
      ) : events.length === 0 ? (
        <p className="hint">Nobody was refused access.</p>
      ) : (
        <EventTable caption="Denied" events={events} onMore={more} loading={loading} />
      )}
    </section>
  );
}

function Search({ mayExport }: { readonly mayExport: boolean }) {
  const { search, problem, loading, start, more } = useSearch('/audit/search', memory);
  const events = search?.pages.flatMap((page) => page.events) ?? [];
  return (
    <>
      <SearchForm request={search?.criteria} loading={loading} onSearch={(request) => void start(request)} />
      {problem ? <ProblemNotice problem={problem} /> : null}
      <div aria-live="polite">
        {search === undefined || problem ? null : events.length === 0 ? (
          <section className="notice">
            <h2>No events match</h2>
            <p>Check the patient ID and the name for typing errors, or search a longer time.</p>
          </section>
        ) : (
          <>
            {mayExport ? (
              <ExportButton key={JSON.stringify(search.criteria)} criteria={criteriaOf(search.criteria)} />
            ) : null}
            <EventTable caption="Events found" events={events} onMore={more} loading={loading} />
          </>
        )}
      </div>
    </>
  );
}

const criteriaOf = ({ limit: _limit, cursor: _cursor, ...criteria }: AuditSearchRequest) => criteria;
