import { useEffect, useState } from 'react';
import type { BreakGlassSearchRequest, BreakGlassSearchResponse } from '../api/types.ts';
import { useSearch } from '../api/use-search.ts';
import { Button } from '../ui/button.tsx';
import { Loading } from '../ui/loading.tsx';
import { ProblemNotice } from '../ui/problem-notice.tsx';
import { Time } from '../ui/time.tsx';
import { ReviewDialog } from './review-dialog.tsx';
import { reasonName } from './words.ts';

export type Grant = BreakGlassSearchResponse['grants'][number];

/** Emergency accesses whose review is due, the overdue ones marked. */
export function Grants() {
  const [reviewed, setReviewed] = useState<ReadonlySet<string>>(new Set());
  const [open, setOpen] = useState<Grant>();
  const { search, problem, loading, start, more } = useSearch<BreakGlassSearchRequest, BreakGlassSearchResponse>(
    '/break-glass/search',
  );
  const load = () => void start({ reviewed: false });
  // biome-ignore lint/correctness/useExhaustiveDependencies: one request for each visit of the page.
  useEffect(load, []);
  const shown = search?.pages.flatMap(({ grants }) => grants.filter(({ grant_id }) => !reviewed.has(grant_id)));
  return (
    <section className="attention" aria-labelledby="grants">
      <h2 id="grants">Emergency access to review</h2>
      {problem ? <ProblemNotice problem={problem} onRetry={search ? more : load} /> : null}
      {shown === undefined ? (
        problem ? null : (
          <Loading what="emergency access" />
        )
      ) : shown.length === 0 ? (
        <p className="hint">Every emergency access is reviewed.</p>
      ) : (
        <table className="rows">
          <caption className="visually-hidden">Emergency access to review</caption>
          <thead>
            <tr>
              <th scope="col">Opened</th>
              <th scope="col">Person</th>
              <th scope="col">Reason</th>
              <th scope="col">Review due</th>
              <th scope="col">
                <span className="visually-hidden">Review</span>
              </th>
            </tr>
          </thead>
          <tbody>
            {shown.map((grant) => (
              <tr key={grant.grant_id}>
                <td data-label="Opened">
                  <Time at={grant.opened_at} />
                </td>
                <td data-label="Person">{grant.principal}</td>
                <td data-label="Reason">{reasonName(grant.reason_code)}</td>
                <td data-label="Review due">
                  <span>
                    <Time at={grant.review_due_at} />{' '}
                    {Date.parse(grant.review_due_at) < Date.now() ? <span className="tag alert">overdue</span> : null}
                  </span>
                </td>
                <td>
                  <Button onPress={() => setOpen(grant)} aria-label={`Review the access of ${grant.principal}`}>
                    Review…
                  </Button>
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      {more ? (
        <div className="more">
          <Button onPress={more} disabled={loading}>
            {loading ? 'Loading…' : 'Show older ones'}
          </Button>
        </div>
      ) : null}
      {open ? (
        <ReviewDialog
          grant={open}
          onClose={() => setOpen(undefined)}
          onReviewed={() => {
            setReviewed((before) => new Set([...before, open.grant_id]));
            setOpen(undefined);
          }}
        />
      ) : null}
    </section>
  );
}
