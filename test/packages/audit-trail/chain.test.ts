import { hash, randomBytes } from 'node:crypto';
import { canonicalJson } from '@healthcare-ai/audit-trail/format/canonical-json';
import { Chain, genesisHash } from '@healthcare-ai/audit-trail/format/chain';
import type { AuditEvent, AuditEventDraft } from '@healthcare-ai/audit-trail/format/event';
import fc from '../../service/support/properties.ts';

const draft: AuditEventDraft = {
  action: 'note.create',
  outcome: 'success',
  recordedAt: '2026-11-23T12:00:00.000Z',
  tenant: 'north',
  principal: 'ehr',
  roles: ['integration'],
  auditId: '01a208c6-9208-7b97-aef0-798c34c763d5',
  patientRef: randomBytes(32),
  patientRefVersion: 1,
  method: 'POST',
  route: '/ingest',
  status: 200,
  reason: 'repeated',
  source: '10.0.0.1',
  requestId: '01a208c6-9208-7b97-aef0-798c34c763d6',
  traceId: '0123456789abcdef0123456789abcdef',
  count: 3,
  criteria: ['patient_id'],
  subject: 'key',
  breakGlass: '0192f0c1-2345-7abc-8def-0123456789ab',
};

describe('canonical JSON', () => {
  test('[164.312(c)(2)] is what RFC 8785 gives for its own example', () => {
    // https://www.rfc-editor.org/rfc/rfc8785#section-3.2.2
    const value = {
      // biome-ignore lint/correctness/noPrecisionLoss: the example is about just that
      numbers: [333333333.33333329, 1e30, 4.5, 2e-3, 0.000000000000000000000000001],
      string: '\u20ac$\u000f\u000aA\'\u0042\u0022\u005c\\"/',
      literals: [null, true, false],
    };
    expect(canonicalJson(value)).toBe(
      '{"literals":[null,true,false],"numbers":[333333333.3333333,1e+30,4.5,0.002,1e-27],' +
        '"string":"€$\\u000f\\nA\'B\\"\\\\\\\\\\"/"}',
    );
  });

  test('sorts members by UTF-16 code units, as RFC 8785 demands', () => {
    expect(canonicalJson({ '\u20ac': 1, '\r': 2, '\ufb33': 3, '1': 4, '\ud83d\ude00': 5, '\u0080': 6, ö: 7 })).toBe(
      '{"\\r":2,"1":4,"\u0080":6,"ö":7,"€":1,"😀":5,"\ufb33":3}',
    );
  });

  test('means the same as JSON, whatever the value', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        expect(JSON.parse(canonicalJson(value))).toEqual(JSON.parse(JSON.stringify(value)));
      }),
    );
  });

  test.each([undefined, () => {}, Number.NaN, Number.POSITIVE_INFINITY])('refuses %p', (value) => {
    expect(() => canonicalJson(value)).toThrow(TypeError);
  });
});

describe('an audit chain', () => {
  test('writes each event as canonical JSON, though by a faster way', () => {
    const [event] = new Chain().append([draft]);
    expect(canonicalJson(JSON.parse(event!.text))).toBe(event!.text);
    expect(Object.keys(JSON.parse(event!.text))).toHaveLength(24);
  });

  test('[164.312(c)(2)] begins with the hash of its own id, and each event names the one before', () => {
    const chain = new Chain();
    const events = chain.append([draft, draft, draft]);
    const [first, second, third] = events.map(({ text }) => JSON.parse(text) as AuditEvent);
    expect(first).toMatchObject({ chain: chain.id, seq: 1, prev_hash: genesisHash(chain.id) });
    expect(second).toMatchObject({ seq: 2, prev_hash: hash('sha256', events[0]!.text) });
    expect(third).toMatchObject({ seq: 3, prev_hash: events[1]!.hash });
  });

  test('gives a place again when its events were not stored, and never after they were', () => {
    const chain = new Chain();
    chain.append([draft, draft]);
    const again = chain.append([draft]);
    expect(again[0]!.seq).toBe(1);
    chain.commit();
    expect(chain.seq).toBe(1);
    expect(chain.append([draft])[0]).toMatchObject({ seq: 2 });
    expect(JSON.parse(chain.append([draft])[0]!.text).prev_hash).toBe(again[0]!.hash);
  });
});
