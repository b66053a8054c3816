import { auditActions } from '@healthcare-ai/audit-trail/format/event';
import { auditQueries } from '../../../lib/constructs/audit/saved-queries.ts';
import { auditPatterns, servicePatterns } from '../../../lib/constructs/monitoring/audit-alarms.ts';
import { filterPattern } from '../../lib/support/filter-pattern.ts';
import { insightsQuery } from '../../lib/support/insights-query.ts';
import { type EveryAction, everyAction } from '../support/every-action.ts';

let done: EveryAction;
beforeAll(async () => {
  done = await everyAction();
});

/** Actions that no route and no command of the service writes: `npm run ops -- audit` does, which has tests of its own. */
const elsewhere = ['audit.verify', 'audit.report'];

test('a service and its commands wrote every action that there is', () => {
  const written = new Set(done.events.map(({ action }) => action));

  expect(auditActions.filter((action) => !written.has(action) && !elsewhere.includes(action))).toEqual([]);
});

describe.each(Object.entries(auditQueries))('the saved query %s', (_name, text) => {
  const query = insightsQuery(text);

  test('[164.312(b)] [164.308(a)(1)(ii)(D)] reads fields that events have which the service wrote', () => {
    const members = new Set(done.events.flatMap((event) => Object.keys(event)));

    expect(query.fields.filter((field) => !members.has(field))).toEqual([]);
  });

  test('compares them with values that there are', () => {
    const outcomes = ['success', 'denied', 'failure'];
    const known = (value: string) => [...auditActions, ...outcomes].includes(value) || value.startsWith('PASTE-THE-');

    expect(query.values.filter((value) => !known(value))).toEqual([]);
  });

  test('parses lines that hold what it looks for', () => {
    for (const glob of query.texts) {
      const pattern = new RegExp(glob.replaceAll(/[.+?^${}()|[\]\\]/g, '\\$&').replaceAll('*', '[^"]+?'));
      expect(done.checkpoints.filter((line) => !pattern.test(line))).toEqual([]);
      expect(done.checkpoints.length).toBeGreaterThan(0);
    }
  });
});

/** The events that each filter is for, by what the service wrote. */
const meant: Record<string, (event: EveryAction['events'][number]) => boolean> = {
  'break-glass': ({ action, outcome }) => action === 'break-glass.open' && outcome !== 'failure',
  'denied-burst': ({ outcome, principal, count }) =>
    outcome === 'denied' && principal !== undefined && count === undefined,
  exports: ({ action }) => action === 'audit.export',
  expiry: ({ action }) => action === 'audit.expire',
  'key-changes': ({ action }) => /^key\.(create|revoke|rotate)$/.test(action),
  'checkpoints-absent': () => false,
};

describe.each(Object.entries(auditPatterns))('the metric filter %s', (name, { pattern }) => {
  const matches = filterPattern(pattern);

  test('counts the events that it is for, and no others', () => {
    expect(done.events.filter(matches)).toEqual(done.events.filter(meant[name]!));
    const written = name !== 'checkpoints-absent';
    expect(done.events.filter(matches).length > 0).toBe(written);
  });

  test('counts checkpoints where it is their absence that matters, and nowhere else', () => {
    const counted = done.checkpoints.map((line) => matches(JSON.parse(line)));
    expect(new Set(counted)).toEqual(new Set([name === 'checkpoints-absent']));
  });
});

test('the filter over the service’s log counts what the service says of a broken trail, and nothing that it said here', () => {
  const matches = filterPattern(servicePatterns['broken-trail']!.pattern);
  const lines = done.log.map((line) => JSON.parse(line) as Record<string, unknown>);

  expect(lines.length).toBeGreaterThan(10);
  expect(lines.filter(matches)).toEqual([]);
  for (const event of ['audit_chain_broken', 'audit_checkpoint_forged', 'audit_events_missing']) {
    expect(matches({ ...lines[0], level: 'error', event })).toBe(true);
  }
});
