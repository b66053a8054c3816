import type { AuditEventDraft } from '@healthcare-ai/audit-trail/format/event';
import type { Statement } from '../../database/database.ts';
import type { NoteRow } from '../../notes/note.ts';
import { leaseTime } from './job.ts';

/** The request to analyse a note, stored in the same transaction as the note. */
export interface EnqueuedAnalysis {
  /** Given when this process begins at once: the job is then taken up by others only if this process does not finish. */
  readonly lease?: string;
  /** Records the request. */
  readonly event: AuditEventDraft;
}

const valuesPerRow = 4;

/** One statement that queues the analyses of notes. */
export function insertAnalyses(
  entries: readonly { readonly note: NoteRow; readonly analysis: EnqueuedAnalysis }[],
): Statement {
  const rows = entries.map((_, row) => {
    const at = (column: number) => `$${row * valuesPerRow + column}`;
    return (
      `(${at(1)}::uuid, ${at(2)}, ${at(3)}, CASE WHEN ${at(4)}::uuid IS NULL THEN 'queued' ELSE 'running' END, now(), ` +
      `now() + CASE WHEN ${at(4)}::uuid IS NULL THEN 0 ELSE ${leaseTime} END * interval '1 ms', ` +
      `CASE WHEN ${at(4)}::uuid IS NULL THEN 0 ELSE 1 END, ${at(4)}::uuid)`
    );
  });
  return {
    name: `analyses-${entries.length}`,
    text: `INSERT INTO analyses (audit_id, tenant, principal, status, requested_at, due_at, attempts, lease) VALUES ${rows.join(', ')}`,
    values: entries.flatMap(({ note, analysis }) => [
      note.auditId,
      note.tenant,
      note.principal,
      analysis.lease ?? null,
    ]),
  };
}
