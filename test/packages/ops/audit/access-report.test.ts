import type { StoredEvent } from '@healthcare-ai/audit-trail/store';
import { AccessReportBuilder } from '../../../../packages/ops/src/audit/report/access-report.ts';

test('[164.312(a)(2)(ii)] a grant lists the accesses that it made possible, and no refused opening or review', () => {
  const report = new AccessReportBuilder();
  const event = (action: string, principal: string, more: object = {}) =>
    report.add({ action, principal, tenant: 'north', outcome: 'success', patient_ref: 'p', ...more } as StoredEvent);
  const grant = { break_glass: 'grant' };
  event('break-glass.open', 'ehr', { outcome: 'denied', reason: 'forbidden' });
  event('break-glass.open', 'ward', { ...grant, recorded_at: '2026-01-01T00:00:00.000Z' });
  event('note.read', 'ward', grant);
  event('note.read', 'ward');
  event('break-glass.read', 'auditor', grant);
  event('break-glass.review', 'auditor', grant);

  const { breakGlass, access } = report.build();

  expect(breakGlass).toEqual([
    { grant: 'grant', tenant: 'north', principal: 'ward', opened: '2026-01-01T00:00:00.000Z', accesses: 1 },
  ]);
  expect(access.map((one) => [one.principal, one.breakGlass])).toEqual([
    ['ward', 1],
    ['auditor', 0],
  ]);
});
