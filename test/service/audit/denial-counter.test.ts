import { DenialCounter } from '../../../service/src/audit/denial-counter.ts';

const now = new Date('2026-11-23T12:00:00.000Z');

describe('the counter of denials', () => {
  test('makes one event of many denials of one address', () => {
    const denials = new DenialCounter();
    for (let count = 0; count < 1_000; count++) {
      denials.add({ action: 'authenticate', reason: 'unknown-key', source: '10.0.0.1' });
    }
    denials.add({ action: 'authenticate', reason: 'missing', source: '10.0.0.2', tenant: 'north' });
    expect(denials.take(now)).toEqual([
      expect.objectContaining({ source: '10.0.0.1', count: 1_000, outcome: 'denied', recordedAt: now.toISOString() }),
      expect.objectContaining({ source: '10.0.0.2', count: 1, tenant: 'north' }),
    ]);
    expect(denials.take(now)).toEqual([]);
  });

  test('keeps count, and not the addresses, of a flood from more addresses than it tells apart', () => {
    const denials = new DenialCounter();
    for (let address = 0; address < 25_000; address++) {
      denials.add({ action: 'authenticate', reason: 'missing', source: `address-${address}` });
    }
    const events = denials.take(now);
    expect(events).toHaveLength(10_001);
    expect(events.reduce((sum, { count }) => sum + count!, 0)).toBe(25_000);
  });
});
