import { useState } from 'react';
import type { AuditEvent } from '../api/types.ts';
import { Link } from '../router.tsx';
import { Button } from '../ui/button.tsx';
import { Dialog } from '../ui/dialog.tsx';
import { Time } from '../ui/time.tsx';
import { actionName, reasonName } from './words.ts';

export interface EventTableProps {
  readonly caption: string;
  readonly events: readonly AuditEvent[];
  /** Loads the next page; undefined where there is none. */
  readonly onMore?: (() => void) | undefined;
  readonly loading: boolean;
  /** @default 'Show older events' */
  readonly moreName?: string;
}

/** Events of the trail; each opens with everything that is recorded of it. */
export function EventTable({ caption, events, onMore, loading, moreName = 'Show older events' }: EventTableProps) {
  const [open, setOpen] = useState<AuditEvent>();
  return (
    <>
      <table className="rows events">
        <caption className="visually-hidden">{caption}</caption>
        <thead>
          <tr>
            <th scope="col">Time</th>
            <th scope="col">Person or system</th>
            <th scope="col">What</th>
            <th scope="col">Outcome</th>
            <th scope="col">From</th>
          </tr>
        </thead>
        <tbody>
          {events.map((event) => (
            <tr key={event.hash}>
              <td data-label="Time">
                <button type="button" className="link" onClick={() => setOpen(event)}>
                  <Time at={event.recorded_at} exact />
                </button>
              </td>
              <td data-label="Person or system">{event.principal ?? 'unknown'}</td>
              <td data-label="What">
                <span>
                  {actionName(event.action)}
                  {countOf(event)}{' '}
                  {event.break_glass && !event.action.startsWith('break-glass') ? (
                    <span className="tag warn">emergency</span>
                  ) : null}
                </span>
              </td>
              <td data-label="Outcome">
                <Outcome event={event} />
              </td>
              <td data-label="From">{event.source}</td>
            </tr>
          ))}
        </tbody>
      </table>
      {onMore ? (
        <div className="more">
          <Button onPress={onMore} disabled={loading}>
            {loading ? 'Loading…' : moreName}
          </Button>
        </div>
      ) : null}
      {open ? <EventDialog event={open} onClose={() => setOpen(undefined)} /> : null}
    </>
  );
}

/** How often a counted denial happened, or how many things a search or export found. */
function countOf({ count, outcome }: AuditEvent): string {
  if (count === undefined) return '';
  return outcome === 'denied' ? `, ${count} ${count === 1 ? 'time' : 'times'}` : `, ${count} found`;
}

function Outcome({ event: { outcome, reason } }: { readonly event: AuditEvent }) {
  const kind = { success: 'good', denied: 'alert', failure: 'warn' }[outcome];
  return (
    <span>
      <span className={`tag ${kind}`}>{outcome}</span> {reason && reasonName(reason)}
    </span>
  );
}

/** Members in the order in which an auditor asks: who, what, whose, how it ended, from where, and the place in the trail. */
const order = [
  'recorded_at',
  'principal',
  'roles',
  'tenant',
  'action',
  'outcome',
  'reason',
  'count',
  'criteria',
  'audit_id',
  'patient_ref',
  'break_glass',
  'source',
  'method',
  'route',
  'status',
  'request_id',
] as const;

function EventDialog({ event, onClose }: { readonly event: AuditEvent; readonly onClose: () => void }) {
  const members = Object.entries(event);
  const known = order.flatMap((name) => members.filter(([member]) => member === name));
  const others = members.filter(([member]) => !order.includes(member as (typeof order)[number]));
  return (
    <Dialog title={actionName(event.action)} onClose={onClose}>
      <dl className="event-members">
        {[...known, ...others].map(([name, value]) => (
          <div key={name}>
            <dt>{name.replaceAll('_', ' ')}</dt>
            <dd>
              {name === 'recorded_at' ? (
                <>
                  <Time at={event.recorded_at} exact /> ({event.recorded_at})
                </>
              ) : Array.isArray(value) ? (
                value.join(', ')
              ) : (
                String(value)
              )}
            </dd>
          </div>
        ))}
      </dl>
      <p className="dialog-actions">
        {event.audit_id ? <Link href={`/app/audit/notes/${event.audit_id}`}>Everything about this note</Link> : null}
        <Button onPress={onClose}>Close</Button>
      </p>
    </Dialog>
  );
}
