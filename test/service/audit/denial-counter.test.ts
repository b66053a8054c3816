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

  test('keeps count, and not the addresses, of a flood from more addresses than it tells apart', async () => {
    const denials = new DenialCounter();
    for (let address = 0; address < 25_000; address++) {
      denials.add({ action: 'authenticate', reason: 'missing', source: `address-${address}` });
    }
    const events = await recorded(denials);
    expect(events).toHaveLength(10_001);
    expect(events.reduce((sum, { count }) => sum + count!, 0)).toBe(25_000);
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
