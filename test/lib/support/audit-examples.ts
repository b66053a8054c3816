import { type AuditEventDraft, eventText } from '@healthcare-ai/audit-trail/format/event';

type Line = Readonly<Record<string, unknown>>;

const event = (draft: Partial<AuditEventDraft>): Line =>
  JSON.parse(
    eventText(
      {
        action: 'note.read',
        outcome: 'success',
        recordedAt: '2026-11-23T09:30:00.000Z',
        principal: 'dr-jones',
        tenant: 'north',
        roles: ['clinician'],
        ...draft,
      },
      '01a208c6-9208-4b97-aef0-798c34c763d5',
      7,
      '00'.repeat(32),
    ),
  );
const log = (name: string): Line => ({ timestamp: '2026-11-23T09:30:00.000Z', level: 'error', event: name });
const checkpoint: Line = { heads: [], signature: 'x', statement: { number: 3, v: 1 } };

/** For each alarm over the audit trail: lines that have to count, and lines like them that must not. */
export const auditExamples: Readonly<
  Record<string, { readonly counts: readonly Line[]; readonly not: readonly Line[] }>
> = {
  'break-glass': {
    counts: [
      event({ action: 'break-glass.open', reason: 'ETREAT' }),
      event({ action: 'break-glass.open', outcome: 'denied', reason: 'forbidden' }),
    ],
    not: [
      event({ action: 'break-glass.open', outcome: 'failure', reason: 'not-found' }),
      event({ action: 'break-glass.read' }),
      event({ breakGlass: 'x' }),
      checkpoint,
    ],
  },
  'denied-burst': {
    counts: [
      event({ outcome: 'denied', reason: 'forbidden' }),
      event({ outcome: 'denied', reason: 'break-glass-required' }),
      event({ action: 'audit.search', outcome: 'denied' }),
    ],
    not: [
      event({ action: 'authenticate', outcome: 'denied', count: 900 }),
      event({ action: 'request', outcome: 'denied', count: 900, reason: 'rate-limited' }),
      event({ outcome: 'failure' }),
      checkpoint,
    ],
  },
  exports: {
    counts: [event({ action: 'audit.export' }), event({ action: 'audit.export', outcome: 'failure' })],
    not: [event({ action: 'audit.search' }), event({ action: 'audit.report' }), checkpoint],
  },
  expiry: { counts: [event({ action: 'audit.expire' })], not: [event({ action: 'audit.export' }), checkpoint] },
  'key-changes': {
    counts: [
      event({ action: 'key.create' }),
      event({ action: 'key.revoke' }),
      event({ action: 'key.rotate', subject: 'audit-signing' }),
    ],
    not: [event({ action: 'key.list' }), event({ action: 'note.create' }), checkpoint],
  },
  'broken-trail': {
    counts: [log('audit_chain_broken'), log('audit_checkpoint_forged'), log('audit_events_missing')],
    not: [log('audit_sink_failed'), log('request_failed'), log('http_request')],
  },
};

/** Lines of which one has to come in every hour. */
export const heartbeatExamples: typeof auditExamples = {
  'checkpoints-absent': { counts: [checkpoint], not: [event({}), event({ action: 'chain.end' })] },
};
