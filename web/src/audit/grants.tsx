import { useState } from 'react';
import { api, type Problem } from '../api/client.ts';
import type { BreakGlassSearchResponse } from '../api/types.ts';
import { asProblem, useLoad } from '../api/use-load.ts';
import { Button } from '../ui/button.tsx';
import { Loading } from '../ui/loading.tsx';
import { ProblemNotice } from '../ui/problem-notice.tsx';
import { Time } from '../ui/time.tsx';
import { ReviewDialog } from './review-dialog.tsx';
import { reasonName } from './words.ts';

export type Grant = BreakGlassSearchResponse['grants'][number];

/** Emergency accesses whose review is due, the overdue ones marked. */
export function Grants() {
  const [shown, setShown] = useState<readonly Grant[]>();
  const [cursor, setCursor] = useState<string>();
  const [moreProblem, setMoreProblem] = useState<Problem>();
  const [open, setOpen] = useState<Grant>();
  const { problem, loading, reload } = useLoad('grants', async (signal) => {
    const page = await api.post<BreakGlassSearchResponse>('/break-glass/search', { reviewed: false }, { signal });
    setShown(page.grants);
    setCursor(page.next_cursor);
  });
  const more = async () => {
    setMoreProblem(undefined);
    try {
      const page = await api.post<BreakGlassSearchResponse>('/break-glass/search', { reviewed: false, cursor });
      setShown((before) => [...(before ?? []), ...page.grants]);
      setCursor(page.next_cursor);
    } catch (error) {
      setMoreProblem(asProblem(error));
    }
  };
  return (
    <section className="attention" aria-labelledby="grants">
      <h2 id="grants">Emergency access to review</h2>
      {problem ? <ProblemNotice problem={problem} onRetry={reload} /> : null}
      {shown === undefined ? (
        problem || !loading ? null : (
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
      {moreProblem ? <ProblemNotice problem={moreProblem} /> : null}
      {cursor ? (
        <div className="more">
          <Button onPress={() => void more()}>Show older ones</Button>
        </div>
      ) : null}
      {open ? (
        <ReviewDialog
          grant={open}
          onClose={() => setOpen(undefined)}
          onReviewed={() => {
            setShown((before) => before?.filter(({ grant_id }) => grant_id !== open.grant_id));
            setOpen(undefined);
          }}
        />
      ) : null}
    </section>
  );
}
