import type { AuditEvent } from '../api/types.ts';

/** What an action is called on the page. An action that a newer service writes is shown as it is. */
const actions: Readonly<Record<AuditEvent['action'], string>> = {
  'note.create': 'Stored a note',
  'note.read': 'Read a note',
  'note.search': 'Searched notes',
  'note.analyze': 'Analysed a note',
  'note.analysis.read': 'Read an analysis',
  'note.summarize': 'Summarised a note',
  'note.deidentify': 'De-identified a text',
  'audit.read': 'Read the trail',
  'audit.search': 'Searched the trail',
  'audit.verify': 'Verified the trail',
  'audit.export': 'Exported the trail',
  'audit.report': 'Made a report',
  'audit.expire': 'Expired the trail',
  'audit.restore': 'Restored the trail',
  'break-glass.open': 'Opened in an emergency',
  'break-glass.read': 'Read a reason',
  'break-glass.search': 'Listed emergency access',
  'break-glass.review': 'Reviewed emergency access',
  authenticate: 'Failed to authenticate',
  'session.start': 'Signed in',
  'session.end': 'Ended a session',
  request: 'Sent a request',
  'key.create': 'Created a key',
  'key.list': 'Listed keys',
  'key.revoke': 'Revoked a key',
  'key.rotate': 'Rotated a key',
  'chain.start': 'Service process started',
  'chain.end': 'Service process stopped',
};

export const actionName = (action: string): string => (actions as Readonly<Record<string, string>>)[action] ?? action;

/** The actions that a person can search for, by name. */
export const actionChoices = Object.entries(actions) as [AuditEvent['action'], string][];

const reasons: Readonly<Record<string, string>> = {
  'break-glass-required': 'note of another care team',
  forbidden: 'role does not allow it',
  'rate-limited': 'too many requests',
  'own-grant': 'own emergency access',
  ETREAT: 'emergency treatment',
  BTG: 'break the glass',
  COC: 'coordination of care',
  OVRER: 'the patient cannot consent',
  OVRPJ: 'professional judgment',
  OVRTPS: 'safety of a third party',
};

/** Why something was refused, failed, or was opened in an emergency. */
export const reasonName = (reason: string): string => reasons[reason] ?? reason.replaceAll('-', ' ');

/** A length of time in the largest unit that fits: "3 hours". */
export function ageOf(seconds: number): string {
  const units = [
    ['day', 86_400],
    ['hour', 3_600],
    ['minute', 60],
  ] as const;
  const [name, size] = units.find(([, length]) => seconds >= length) ?? (['second', 1] as const);
  const count = Math.floor(seconds / size);
  return `${count} ${name}${count === 1 ? '' : 's'}`;
}
