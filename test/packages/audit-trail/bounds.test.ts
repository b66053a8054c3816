import { hash } from 'node:crypto';
import { genesisHash } from '@healthcare-ai/audit-trail/format/chain';
import { eventText } from '@healthcare-ai/audit-trail/format/event';
import { TrailVerifier } from '@healthcare-ai/audit-trail/verify/verifier';

const now = new Date('2026-11-23T12:00:00.000Z');
const textOf = (chain: string, seq: number, previous: string) =>
  eventText({ action: 'note.read', outcome: 'success', recordedAt: now.toISOString() }, chain, seq, previous);
const chainOf = (index: number) => `${index.toString(16).padStart(8, '0')}-0000-4000-8000-000000000000`;

describe('a trail that was made to be slow to verify', () => {
  // With a search through what came before, it took minutes.
  test('by events of one chain with a gap after each costs no more than another', () => {
    const verifier = new TrailVerifier({ keys: [], now });
    for (let index = 0; index < 100_000; index++) {
      verifier.event(textOf(chainOf(1), 2 * index + 1, hash('sha256', '')), 'events', index + 1);
    }
    expect(verifier.finish()).toMatchObject({ ok: false, fault: { chain: chainOf(1), seq: 1 } });
  }, 60_000);

  test('by more chains that nobody signs for than can wait for a checkpoint is a fault, and not held', () => {
    const verifier = new TrailVerifier({ keys: [], now });
    for (let index = 0; index < 100_010 && !verifier.fault; index++) {
      verifier.unproven(textOf(chainOf(index), 1, genesisHash(chainOf(index))), 'unproven', index + 1);
    }
    const { fault, unproven } = verifier.finish();
    expect(unproven.events).toBe(100_000);
    expect(fault).toMatchObject({ chain: chainOf(100_000), seq: 1, message: expect.stringContaining('100000') });
  }, 60_000);

  test('events that are repeated long after they came are reported while it remembers 200,000', () => {
    const verifier = new TrailVerifier({ keys: [], now });
    const chain = chainOf(1);
    const first = textOf(chain, 1, genesisHash(chain));
    expect(verifier.unproven(first, 'events', 1)).toBe(true);
    let previous = hash('sha256', first);
    for (let seq = 2; seq <= 200_000; seq++) {
      const text = textOf(chain, seq, previous);
      previous = hash('sha256', text);
      verifier.unproven(text, 'events', seq);
    }
    expect(verifier.unproven(first, 'events', 200_001)).toBe(false);
    expect(verifier.finish()).toMatchObject({ duplicates: 1, unproven: { events: 200_000 } });
  }, 60_000);
});
