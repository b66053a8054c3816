import type { AuditEventDraft } from '@healthcare-ai/audit-trail/format/event';
import { DenialCounter } from '../../../service/src/audit/denial-counter.ts';

const now = new Date('2026-11-23T12:00:00.000Z');

async function recorded(denials: DenialCounter): Promise<AuditEventDraft[]> {
  const events: AuditEventDraft[] = [];
  await denials.record(now, async (event) => {
    events.push(event);
  });
  return events;
}

describe('the counter of denials', () => {
  test('makes one event of many denials of one address', async () => {
    const denials = new DenialCounter();
    for (let count = 0; count < 1_000; count++) {
      denials.add({ action: 'authenticate', reason: 'unknown-key', source: '10.0.0.1' });
    }
    denials.add({ action: 'authenticate', reason: 'missing', source: '10.0.0.2', tenant: 'north' });
    expect(await recorded(denials)).toEqual([
      expect.objectContaining({ source: '10.0.0.1', count: 1_000, outcome: 'denied', recordedAt: now.toISOString() }),
      expect.objectContaining({ source: '10.0.0.2', count: 1, tenant: 'north' }),
    ]);
    expect(await recorded(denials)).toEqual([]);
  });

  test('keeps count, and not the addresses, of a flood from more addresses than it counts apart', async () => {
    const denials = new DenialCounter();
    for (let address = 0; address < 25_000; address++) {
      denials.add({ action: 'authenticate', reason: 'missing', source: `address-${address}` });
    }
    const events = await recorded(denials);
    expect(events).toHaveLength(65);
    expect(events.reduce((sum, { count }) => sum + count!, 0)).toBe(25_000);
  });

  test('a flood of unknown clients does not hide what the principals of a tenant were denied', async () => {
    const denials = new DenialCounter();
    for (let address = 0; address < 1_000; address++) {
      denials.add({ action: 'authenticate', reason: 'unknown-key', source: `address-${address}` });
    }
    denials.add({ action: 'request', reason: 'rate-limited', source: 'a', tenant: 'north', principal: 'ehr' });
    denials.add({ action: 'authenticate', reason: 'revoked', source: 'b', tenant: 'south', principal: 'dr-x' });

    expect((await recorded(denials)).slice(-2)).toEqual([
      expect.objectContaining({ tenant: 'north', principal: 'ehr', source: 'a' }),
      expect.objectContaining({ tenant: 'south', principal: 'dr-x', source: 'b' }),
    ]);
    expect(await recorded(denials)).toEqual([]);
  });

  test('what is counted together keeps its tenant', async () => {
    const denials = new DenialCounter();
    for (let n = 0; n < 1_500; n++) {
      denials.add({ action: 'request', reason: 'rate-limited', source: 'a', tenant: 'north', principal: `p-${n}` });
    }
    const events = await recorded(denials);
    expect(events).toHaveLength(1_001);
    expect(events.at(-1)).toMatchObject({ tenant: 'north', source: 'other', count: 500 });
  });

  test('counts on what could not be written, with what has come since', async () => {
    const denials = new DenialCounter();
    for (const source of ['a', 'b', 'b', 'c']) denials.add({ action: 'authenticate', reason: 'missing', source });
    const written: string[] = [];
    const failing = denials.record(now, async ({ source }) => {
      if (source !== 'a') throw new Error('the database is gone');
      written.push(source);
    });
    await expect(failing).rejects.toThrow('gone');
    denials.add({ action: 'authenticate', reason: 'missing', source: 'c' });
    expect(written).toEqual(['a']);
    expect((await recorded(denials)).map(({ source, count }) => [source, count])).toEqual([
      ['b', 2],
      ['c', 2],
    ]);
  });
});
