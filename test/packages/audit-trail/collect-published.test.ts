import { type Collected, collectPublished, type LinePage } from '@healthcare-ai/audit-trail/verify/collect-published';
import { TrailVerifier } from '@healthcare-ai/audit-trail/verify/verifier';
import { buildTrail, type Published, type Trail } from './support/build-trail.ts';

let trail: Trail;

beforeAll(async () => {
  trail = await buildTrail({ seed: 77, events: 120, checkpoints: 6, writers: 3, rotation: 0.3, unproven: 4 });
});

const linesOf = ({ events, checkpoint }: Published): string[] => [...events, checkpoint.record];
const verifierOf = () => new TrailVerifier({ keys: trail.signers.map(({ publicKey }) => publicKey), now: trail.end });

async function* pagesOf(...sources: readonly (readonly string[])[]): AsyncGenerator<LinePage> {
  for (const [index, lines] of sources.entries()) {
    for (let at = 0; at < lines.length; at += 11) {
      yield { source: `stream ${index + 1}`, first: at + 1, lines: lines.slice(at, at + 11) };
    }
  }
}

async function collect(verifier: TrailVerifier, ...sources: readonly (readonly string[])[]): Promise<Collected[]> {
  const collected: Collected[] = [];
  for await (const item of collectPublished(pagesOf(...sources), verifier)) collected.push(item);
  return collected;
}

describe('collectPublished', () => {
  test('gives each checkpoint with its events, and at the end what none covers', async () => {
    const verifier = verifierOf();
    const found = await collect(verifier, [...trail.published.flatMap(linesOf), ...trail.unproven]);
    expect(found).toEqual([...trail.published, { unproven: trail.unproven }]);
    expect(verifier.finish()).toMatchObject({ ok: true, checkpoints: 6 });
  });

  test.each([1, 2, 30, 75, 118])(
    'leaves out what a second publisher repeats after %i lines of the first',
    async (cut) => {
      const lines = trail.published.flatMap(linesOf);
      // It begins with any checkpoint that the first one wrote, or was about to write.
      for (let number = 1; number <= trail.published.length; number++) {
        const from = trail.published.slice(0, number - 1).flatMap(linesOf).length;
        if (from > cut) break;
        const verifier = verifierOf();
        expect(await collect(verifier, lines.slice(0, cut), lines.slice(from))).toEqual(trail.published);
        expect(verifier.finish()).toMatchObject({ ok: true, duplicates: cut - from });
      }
    },
  );

  test('ends where a record is bad, whose verifier names it', async () => {
    const lines = trail.published.flatMap(linesOf);
    const bad = linesOf(trail.published[0]!).length + 2;
    const verifier = verifierOf();
    const found = await collect(verifier, lines.toSpliced(bad, 1));
    expect(found).toEqual(trail.published.slice(0, 1));
    expect(verifier.fault).toMatchObject({ checkpoint: 2, file: 'stream 1' });
  });
});
