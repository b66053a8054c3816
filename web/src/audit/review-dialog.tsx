import { useState } from 'react';
import { api, type Problem } from '../api/client.ts';
import type { AuditEvent, AuditSearchResponse, BreakGlassReason, BreakGlassReview } from '../api/types.ts';
import { asProblem, useLoad } from '../api/use-load.ts';
import { Button } from '../ui/button.tsx';
import { Dialog } from '../ui/dialog.tsx';
import { Loading } from '../ui/loading.tsx';
import { ProblemNotice } from '../ui/problem-notice.tsx';
import { Time } from '../ui/time.tsx';
import type { Grant } from './grants.tsx';
import { actionName, reasonName } from './words.ts';

export interface ReviewDialogProps {
  readonly grant: Grant;
  readonly onClose: () => void;
  readonly onReviewed: () => void;
}

/** The reason of an emergency access, what was done under it, and the decision about it. Reading the reason is recorded. */
export function ReviewDialog({ grant, onClose, onReviewed }: ReviewDialogProps) {
  const [problem, setProblem] = useState<Problem>();
  const [sending, setSending] = useState(false);
  const reason = useLoad('reason', (signal) => api.get<BreakGlassReason>(`/break-glass/${grant.grant_id}`, { signal }));
  const accesses = useLoad('accesses', (signal) => accessesUnder(grant, signal));
  const decide = async (outcome: BreakGlassReview['outcome']) => {
    setSending(true);
    setProblem(undefined);
    try {
      await api.post(`/break-glass/${grant.grant_id}/reviewed`, { outcome });
      onReviewed();
    } catch (error) {
      setProblem(asProblem(error));
      setSending(false);
    }
  };
  return (
    <Dialog title={`Emergency access of ${grant.principal}`} onClose={onClose}>
      <dl className="event-members">
        <div>
          <dt>Opened</dt>
          <dd>
            <Time at={grant.opened_at} /> to <Time at={grant.expires_at} />
          </dd>
        </div>
        <div>
          <dt>Kind of reason</dt>
          <dd>{reasonName(grant.reason_code)}</dd>
        </div>
      </dl>
      {reason.problem ? <ProblemNotice problem={reason.problem} onRetry={reason.reload} /> : null}
      {reason.value ? (
        <blockquote className="reason" dir="auto">
          {reason.value.reason_text}
        </blockquote>
      ) : reason.problem ? null : (
        <Loading what="the reason" />
      )}
      <h3>What was done under it</h3>
      {accesses.problem ? <ProblemNotice problem={accesses.problem} onRetry={accesses.reload} /> : null}
      {accesses.value ? <Accesses {...accesses.value} /> : accesses.problem ? null : <Loading what="the events" />}
      {problem ? <ProblemNotice problem={problem} /> : null}
      <p className="hint">The decision is recorded under your name and cannot be changed.</p>
      <p className="dialog-actions">
        <Button onPress={onClose}>Decide later</Button>
        <Button kind="danger" disabled={sending || !reason.value} onPress={() => void decide('not-justified')}>
          Not justified
        </Button>
        <Button kind="primary" disabled={sending || !reason.value} onPress={() => void decide('justified')}>
          Justified
        </Button>
      </p>
    </Dialog>
  );
}

interface Under {
  readonly events: readonly AuditEvent[];
  /** True where the person did more than one page of things meanwhile. */
  readonly more: boolean;
}

/** What the person did while the grant lasted, and would not have been allowed to do without it. */
async function accessesUnder(
  { grant_id, principal, opened_at: from, expires_at: to }: Grant,
  signal: AbortSignal,
): Promise<Under> {
  const request = { principal, from, to, outcome: 'success', limit: 200 };
  const { events, next_cursor } = await api.post<AuditSearchResponse>('/audit/search', request, { signal });
  const under = events.filter(({ break_glass, action }) => break_glass === grant_id && action !== 'break-glass.open');
  return { events: under, more: next_cursor !== undefined };
}

function Accesses({ events, more }: Under) {
  return (
    <>
      {events.length === 0 ? <p className="hint">Nothing that needed it.</p> : null}
      <ul className="accesses">
        {events.map((event) => (
          <li key={event.hash}>
            <Time at={event.recorded_at} exact /> {actionName(event.action)}
            {event.audit_id ? (
              <>
                {' '}
                <code title="Note">{event.audit_id}</code>
              </>
            ) : null}
          </li>
        ))}
      </ul>
      {more ? (
        <p className="hint">There is more than one page: search for the person and the time to see all.</p>
      ) : null}
    </>
  );
}
