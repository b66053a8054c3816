import { makeCheckpoint } from '@healthcare-ai/audit-trail/format/make-checkpoint';
import { keyIdOf, publicKeyPem, readPublicKeyFile } from '@healthcare-ai/audit-trail/format/public-keys';
import { TrailVerifier } from '@healthcare-ai/audit-trail/verify/verifier';
import { buildTrail } from './support/build-trail.ts';

const prefix = Buffer.from('302a300506032b6570032100', 'hex');
const neutral = `01${'00'.repeat(31)}`;
const points: readonly (readonly [string, string])[] = [
  ['the neutral element', neutral],
  ['the neutral element with a sign', `01${'00'.repeat(30)}80`],
  ['a point of order 2', `ec${'ff'.repeat(30)}7f`],
  ['a point of order 4', '00'.repeat(32)],
  ['a point of order 8', '26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05'],
  ['another of order 8', 'c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac03fa'],
  ['y = p, which is 0', `ed${'ff'.repeat(30)}7f`],
  ['y = p + 1, which is 1', `ee${'ff'.repeat(30)}ff`],
];
const keyOf = (point: string) => Buffer.concat([prefix, Buffer.from(point, 'hex')]);

/** Node.js 24 refuses them by itself; under Node.js 22 they verify anything. */
describe('an Ed25519 key under which anyone can sign', () => {
  test.each(points)('is not accepted as a trust anchor: %s', (_, point) => {
    expect(() => new TrailVerifier({ keys: [keyOf(point)], now: new Date() })).toThrow(/small order/);
    expect(() => readPublicKeyFile(publicKeyPem(keyOf(point)))).toThrow(/^holds a key that is .* small order/);
  });

  test.each(points)('is not taken as the next key of a trail: %s', async (_, point) => {
    const trail = await buildTrail({ seed: 3, events: 10, checkpoints: 1, writers: 1 });
    const [signer] = trail.signers;
    const weak = keyOf(point);
    const last = await makeCheckpoint({
      previous: trail.published[0]!.checkpoint,
      segments: [],
      signer: signer!,
      now: trail.end,
      nextKey: { keyId: keyIdOf(weak), publicKey: weak },
    });
    const verifier = new TrailVerifier({ keys: [signer!.publicKey], now: trail.end });
    const [{ events, checkpoint }] = trail.published as [(typeof trail.published)[0]];
    for (const [index, line] of [...events, checkpoint.record, last.record].entries()) {
      verifier.line(line, 'trail', index + 1);
    }
    expect(verifier.finish()).toMatchObject({
      ok: false,
      fault: { checkpoint: 2, message: expect.stringContaining('small order') },
    });
  });
});
