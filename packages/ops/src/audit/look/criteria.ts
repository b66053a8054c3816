import type { AuditStore, EventCriteria } from '@healthcare-ai/audit-trail/store';
import { InvalidArgumentError, Option } from 'commander';
import { UsageError } from '../../errors.ts';
import { readSecret } from '../../read-secret.ts';
import type { AuditTools } from '../tools.ts';

export interface CriteriaFlags {
  readonly tenant?: string;
  readonly from?: string;
  readonly to?: string;
  readonly principal?: string;
  readonly action?: readonly string[];
  readonly outcome?: 'success' | 'denied' | 'failure';
  readonly patient?: boolean;
}

export const periodOptions = (): Option[] => [
  new Option('--tenant <name>', 'of one organisation'),
  new Option('--from <time>', 'from this day or moment on, UTC: 2026-11-01 or 2026-11-01T08:00:00Z').argParser(
    parseTime,
  ),
  new Option('--to <time>', 'before this day or moment').argParser(parseTime),
  new Option('--patient', 'of one patient, whose id is read from standard input or asked for; needs --tenant'),
];

export const eventOptions = (): Option[] => [
  ...periodOptions(),
  new Option('--principal <name>', 'of one person or system'),
  new Option('--action <action...>', 'of these actions: note.read, note.create, break-glass.open, ...'),
  new Option('--outcome <outcome>', 'with this outcome').choices(['success', 'denied', 'failure']),
];

/** A day or a moment as ISO 8601 in UTC. */
function parseTime(text: string): string {
  const match = /^\d{4}-\d\d-\d\d(T\d\d:\d\d(:\d\d(\.\d{1,3})?)?(Z|[+-]\d\d:\d\d))?$/.test(text);
  const time = new Date(text);
  // A day that there is not would be taken for another.
  if (
    !match ||
    Number.isNaN(time.getTime()) ||
    new Date(`${text.slice(0, 10)}T00:00Z`).getUTCDate() !== Number(text.slice(8, 10))
  ) {
    throw new InvalidArgumentError('use a day (2026-11-01) or a moment with its zone (2026-11-01T08:00:00Z).');
  }
  return time.toISOString();
}

/** What is looked for, and the names of it: the event of the look may have the names, not the values. */
export interface Criteria {
  readonly criteria: EventCriteria;
  readonly names: readonly string[];
}

/** @throws UsageError */
export async function criteriaOf(
  flags: CriteriaFlags,
  store: AuditStore,
  tools: AuditTools,
  signal: AbortSignal,
): Promise<Criteria> {
  const { tenant, from, to, principal, action: actions, outcome } = flags;
  if (from !== undefined && to !== undefined && from >= to) throw new UsageError('--from must be before --to');
  let patientRefs: readonly Buffer[] | undefined;
  if (flags.patient) {
    if (tenant === undefined) throw new UsageError('--patient needs --tenant: the same id names others elsewhere');
    const id = await readSecret(tools, { prompt: 'Patient id: ', echo: true, signal });
    if (id.trim() === '')
      throw new UsageError('--patient reads the id of the patient from standard input: it was empty');
    patientRefs = await store.patientReferences(tenant, id);
  }
  const criteria: EventCriteria = { tenant, from, to, principal, actions, outcome, patientRefs };
  const names = Object.entries({ tenant, from, to, principal, action: actions, outcome, patient: patientRefs });
  return { criteria, names: names.flatMap(([name, value]) => (value === undefined ? [] : [name])).sort() };
}
