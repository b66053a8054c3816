import { canonicalJson } from '@healthcare-ai/audit-trail/format/canonical-json';
import { checkEventProof, makeEventProof } from '@healthcare-ai/audit-trail/verify/event-proof';
import { buildTrail, type Trail } from './support/build-trail.ts';
import { Random } from './support/random.ts';
import { randomSigner } from './support/signers.ts';

const eventsOf = ({ published }: Trail, number: number, chain: string): string[] =>
  published[number - 1]!.events.filter((text) => JSON.parse(text).chain === chain);

async function proofOf(seed: number) {
  const random = new Random(seed);
  const trail = await buildTrail({ seed, events: 200, checkpoints: 4, writers: 4 });
  const { checkpoint, events } = random.pick(trail.published);
  const event = random.pick(events);
  const { chain, seq } = JSON.parse(event);
  const texts = eventsOf(trail, checkpoint.statement.number, chain);
  return { trail, checkpoint, event, texts, proof: makeEventProof(checkpoint, chain, seq, texts), random };
}

describe('the proof of an event', () => {
  test('shows that the event is under a checkpoint, to one who has the public key alone', async () => {
    for (let seed = 1; seed <= 50; seed++) {
      const { trail, checkpoint, event, proof } = await proofOf(seed);
      const proven = checkEventProof(proof, [trail.signers[0]!.publicKey]);
      expect(canonicalJson(proven.event)).toBe(event);
      expect(proven.statement).toEqual(checkpoint.statement);
    }
  });

  test('shows no other event', async () => {
    const { proof, texts, event } = await proofOf(3);
    for (const text of texts.filter((other) => other !== event)) {
      expect(proof).not.toContain(JSON.parse(text).request_id ?? 'no request');
    }
    expect(proof.length).toBeLessThan(6_000);
  });

  test('does not bear a change of any byte', async () => {
    const { trail, proof, random } = await proofOf(4);
    const keys = [trail.signers[0]!.publicKey];
    for (let round = 0; round < 2_000; round++) {
      const bytes = Buffer.from(proof);
      bytes[random.below(bytes.length)]! ^= 1 << random.below(8);
      expect(() => checkEventProof(bytes, keys)).toThrow(expect.objectContaining({ name: 'TrailFormatError' }));
    }
  });

  test.each(['event', 'event_path', 'format', 'index', 'segment', 'segment_path', 'signature', 'statement'])(
    'does not hold with the %s of another',
    async (member) => {
      const { trail, proof } = await proofOf(5);
      const other = await proofOf(6);
      const changed = { ...JSON.parse(proof), [member]: JSON.parse(other.proof)[member] };
      if (canonicalJson(changed) === proof) return;
      expect(() => checkEventProof(canonicalJson(changed), [trail.signers[0]!.publicKey])).toThrow();
    },
  );

  test('is refused without the key that signed it', async () => {
    const { proof } = await proofOf(7);
    expect(() => checkEventProof(proof, [])).toThrow(/not one of the given keys/);
    expect(() => checkEventProof(proof, [randomSigner(new Random(1)).publicKey])).toThrow(/not one of the given keys/);
  });

  test('cannot be made for an event that the checkpoint does not cover, or from other events', async () => {
    const { checkpoint, texts } = await proofOf(8);
    const { chain, seq } = JSON.parse(texts[0]!);
    expect(() => makeEventProof(checkpoint, chain, 100_000, texts)).toThrow(RangeError);
    expect(() => makeEventProof(checkpoint, chain, seq, texts.slice(1))).toThrow(RangeError);
    expect(() => makeEventProof(checkpoint, chain, seq, texts.toReversed())).toThrow();
  });
});
