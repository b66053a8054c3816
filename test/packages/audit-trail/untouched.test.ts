import type { TrailReport } from '@healthcare-ai/audit-trail/verify/report';
import { TrailVerifier } from '@healthcare-ai/audit-trail/verify/verifier';
import { type BuildTrailOptions, buildTrail, type Published, type Trail } from './support/build-trail.ts';
import { changesTried } from './support/changes-tried.ts';
import { Random } from './support/random.ts';

const verify = (lines: readonly string[], trail: Trail, keys: readonly Buffer[], expired?: number): TrailReport => {
  const { hash, statement } = trail.published.at(-1)!.checkpoint;
  const verifier = new TrailVerifier({
    keys,
    trusted: { number: statement.number, hash },
    origin: trail.origin,
    maxAge: 60_000,
    now: trail.end,
  });
  for (const [index, line] of lines.entries()) verifier.line(line, 'trail', index + 1);
  const report = verifier.finish();
  expect(report.fault).toBeUndefined();
  expect(report).toMatchObject({ ok: true, begins: (expired ?? 0) + 1, trusted: { number: statement.number } });
  return report;
};

const linesOf = ({ events, checkpoint }: Published): string[] => [...events, checkpoint.record];

/**
 * Delivery as it happens: a batch whose answer was lost, a publisher killed in the middle of a checkpoint, and a late one
 * that continues a little while its successor has begun.
 */
function redelivered(published: readonly Published[], random: Random): string[] {
  return published.flatMap((one, index) => {
    const lines = linesOf(one);
    const cut = random.below(lines.length + 1);
    if (random.chance(0.2)) return [...lines.slice(0, cut), ...lines];
    if (random.chance(0.2)) return [...lines.slice(0, cut), ...lines.slice(0, random.below(cut + 1)), ...lines];
    if (random.chance(0.1)) return [...lines, ...lines];
    if (random.chance(0.1) && index > 0) return [...linesOf(published[index - 1]!), ...lines];
    return lines;
  });
}

function shapeOf(random: Random): BuildTrailOptions {
  const checkpoints = random.between(1, 12);
  return {
    seed: random.below(2 ** 31),
    events: random.between(1, 120),
    checkpoints,
    writers: random.between(1, 6),
    rotation: random.pick([0, 0, 0.3, 1]),
    crash: random.pick([0, 0.2]),
    restart: random.pick([0, 0.2, 0.5]),
    unproven: random.pick([0, 10]),
    expireThrough: random.chance(0.4) ? random.between(1, checkpoints) : undefined,
  };
}

describe('a trail that nobody touched', () => {
  test('[164.312(c)(2)] is verified each time: after crashes, restarts, rotations, expiry and repeated delivery', async () => {
    for (let seed = 0; seed < changesTried / 10; seed++) {
      const random = new Random(seed);
      const shape = shapeOf(random);
      const trail = await buildTrail(shape);
      const expired = shape.expireThrough ?? 0;
      const published = trail.published.slice(expired);
      const used = trail.signers.filter(({ keyId }) =>
        published.some(({ checkpoint }) => checkpoint.statement.key_id === keyId),
      );
      const keys = random.pick([used.slice(-1), used, trail.signers, used.slice(0, 1)]).map((key) => key.publicKey);
      const lines = random.chance(0.5) ? redelivered(published, random) : published.flatMap(linesOf);
      try {
        const report = verify([...lines, ...trail.unproven], trail, keys, shape.expireThrough);
        const events = published.reduce((sum, one) => sum + one.events.length, 0);
        expect(report).toMatchObject({ events, checkpoints: published.length });
        expect(report.unproven.events).toBe(trail.unproven.length);
        expect(report.duplicates).toBe(lines.length - published.flatMap(linesOf).length);
      } catch (error) {
        throw new Error(`seed ${seed}, ${JSON.stringify(shape)}: ${(error as Error).message}`);
      }
    }
  });
});
