import { table } from '../../table.ts';
import { shortReference } from '../look/event-line.ts';
import type { AccessReport } from './access-report.ts';

export interface Period {
  readonly tenant?: string;
  readonly from?: string;
  readonly to?: string;
}

/** A report for people. */
export function describeAccess(
  { events, access, denied, unattributed, breakGlass }: AccessReport,
  period: Period,
): string {
  const { tenant = 'all tenants', from = 'the beginning', to = 'now' } = period;
  const accesses = access.map((one) => [
    shortReference(one.patient),
    one.tenant ?? '-',
    one.principal,
    Object.entries(one.actions)
      .map(([action, count]) => `${action} ${count}`)
      .join(', '),
    one.breakGlass > 0 ? String(one.breakGlass) : '-',
    one.first,
    one.last,
  ]);
  const denialRows = (denials: AccessReport['denied']) =>
    denials.map((one) => [
      String(one.count),
      one.tenant ?? '-',
      one.who,
      one.action,
      one.reason ?? '-',
      one.first,
      one.last,
    ]);
  const glass = breakGlass.map((one) => [
    one.opened ?? 'before',
    one.tenant ?? '-',
    one.principal ?? '-',
    one.grant,
    String(one.accesses),
  ]);
  return [
    `Report of ${tenant}, from ${from} to ${to}: ${events} events`,
    '',
    section(
      'Who accessed which patient',
      ['PATIENT', 'TENANT', 'PRINCIPAL', 'WHAT', 'BREAK-GLASS', 'FIRST', 'LAST'],
      accesses,
    ),
    section('Denied', denialHead, denialRows(denied)),
    ...(period.tenant === undefined
      ? []
      : [section('Failed authentications that no tenant is known of', denialHead, denialRows(unattributed))]),
    section('Break-glass', ['OPENED', 'TENANT', 'PRINCIPAL', 'GRANT', 'ACCESSES'], glass),
    'That nothing is missing or was changed, npm run ops -- audit verify proves.',
  ].join('\n');
}

const denialHead = ['COUNT', 'TENANT', 'WHO', 'WHAT', 'WHY', 'FIRST', 'LAST'];

const section = (title: string, head: readonly string[], rows: readonly (readonly string[])[]): string =>
  `${title}\n${rows.length === 0 ? 'none' : table(head, rows)}\n`;
