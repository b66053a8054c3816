import { csvFormat } from '@healthcare-ai/audit-trail/export/derived/csv';
import { type AuditEventDraft, eventText } from '@healthcare-ai/audit-trail/format/event';
import { parseEvent } from '@healthcare-ai/audit-trail/format/parse-event';

const hash = 'ab'.repeat(32);
const csv = csvFormat(2);

const lineOf = (draft: Partial<AuditEventDraft>): string => {
  const full = { action: 'note.read', outcome: 'success', recordedAt: '2026-11-23T12:00:00.000Z', ...draft } as const;
  return csv.event(parseEvent(eventText(full, '78991a6f-88e1-4bdc-abf2-5fc125e6a332', 7, hash, 2)), hash);
};

describe('events as CSV', () => {
  test('have a column for every member, whether it is there or not', () => {
    const text = eventText(
      {
        ...{
          action: 'note.read',
          outcome: 'denied',
          recordedAt: '2026-11-23T12:00:00.000Z',
          principal: 'p',
          tenant: 't',
        },
        ...{ roles: ['a', 'b'], auditId: 'i', patientRef: Buffer.alloc(32), patientRefVersion: 1, breakGlass: 'g' },
        ...{ method: 'GET', route: '/', status: 403, reason: 'r', source: 's', requestId: 'q', traceId: 'w', count: 1 },
        ...{ criteria: ['c'], subject: 'u', purpose: 'o', recipient: 'n', version: 2 },
      },
      '78991a6f-88e1-4bdc-abf2-5fc125e6a332',
      1,
      hash,
      2,
    );
    const { v: _, ...members } = JSON.parse(text);
    expect(csv.head.trim().split(',').toSorted()).toEqual([...Object.keys(members), 'hash'].toSorted());
    expect(lineOf({}).split(',')).toHaveLength(csv.head.split(',').length);
  });

  test.each([
    ['a comma', 'a,b', '"a,b"'],
    ['a quote', 'say "x"', '"say ""x"""'],
    ['a line break', 'a\r\nb', 'a  b'],
    ['a formula', '=cmd()', "'=cmd()"],
    ['an at sign', '@SUM(A1)', "'@SUM(A1)"],
    ['a formula with a comma', '+1,2', '"\'+1,2"'],
    ['a name of other letters', '医師', '医師'],
  ])('are one line each, and no formula of a spreadsheet: %s', (_, principal, cell) => {
    const line = lineOf({ principal });
    expect(line).toContain(`,${cell},`);
    expect(line.endsWith('\r\n')).toBe(true);
    expect(line.trimEnd()).not.toMatch(/[\r\n]/);
  });
});
