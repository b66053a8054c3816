import { describeFault } from '@healthcare-ai/audit-trail/verify/fault';
import type { TrailReport } from '@healthcare-ai/audit-trail/verify/report';
import { TrailVerifier } from '@healthcare-ai/audit-trail/verify/verifier';
import { buildTrail, type Trail } from '../support/build-trail.ts';
import { changesTried } from '../support/changes-tried.ts';
import { Random } from '../support/random.ts';
import { byteMutations } from './byte-mutations.ts';
import { checkpointMutations } from './checkpoint-mutations.ts';
import { eventMutations } from './event-mutations.ts';
import { type Mutation, names, type Target, targetOf } from './mutation.ts';

const mutations = Object.entries({ ...eventMutations, ...checkpointMutations, ...byteMutations });

const large = { events: 10 * changesTried, changes: changesTried / 200 };

/** Which keys the verifier has: each alone must do.  */
const keySets = ['all', 'first', 'last'] as const;

function verify(
  lines: readonly (string | Buffer)[],
  trail: Trail,
  { keySet, trusted }: { readonly keySet: (typeof keySets)[number]; readonly trusted: boolean },
): TrailReport {
  const keys = trail.signers.map(({ publicKey }) => publicKey);
  const { hash, statement } = trail.published.at(-1)!.checkpoint;
  const verifier = new TrailVerifier({
    keys: { all: keys, first: keys.slice(0, 1), last: keys.slice(-1) }[keySet],
    trusted: trusted ? { number: statement.number, hash } : undefined,
    now: trail.end,
  });
  for (let index = 0; index < lines.length && !verifier.fault; index++)
    verifier.line(lines[index]!, 'trail', index + 1);
  return verifier.finish();
}

/** A key that signed checkpoints of the trail: one that only the last one announces has signed nothing yet. */
const usable = (trail: Trail): Trail => ({
  ...trail,
  signers: trail.signers.filter(({ keyId }) =>
    trail.published.some(({ checkpoint }) => checkpoint.statement.key_id === keyId),
  ),
});

async function targets(seed: number, count: number, events: number, checkpoints: number): Promise<Target[]> {
  const random = new Random(seed);
  return Promise.all(
    Array.from({ length: count }, async () => {
      const shape = { events, checkpoints, writers: random.between(2, 6), rotation: random.pick([0, 0.3]) };
      const built = await buildTrail({ ...shape, seed: random.below(2 ** 31), crash: 0.1, restart: 0.1 });
      const otherShape = { ...shape, events: Math.min(events, 500) };
      const other = await buildTrail({ ...otherShape, seed: random.below(2 ** 31), signer: built.signers[0] });
      return targetOf(usable(built), other);
    }),
  );
}

function tamper(target: Target, random: Random, [name, mutation]: readonly [string, Mutation]): boolean {
  const changed = mutation(target, random);
  if (!changed) return false;
  const options = { keySet: random.pick(keySets), trusted: changed.cut === true || random.chance(0.5) };
  const { ok, fault } = verify(changed.lines, target.trail, options);
  if (ok) throw new Error(`not detected: ${name} (${JSON.stringify({ ...options, bad: changed.bad.slice(0, 4) })})`);
  const bad = options.keySet === 'all' ? changed.bad : [...changed.bad, ...(changed.withoutKey ?? [])];
  if (fault && names(fault, bad)) return true;
  throw new Error(
    `${name} is named as: ${describeFault(fault!)}; bad is ${JSON.stringify(changed.bad.slice(0, 4))} ${JSON.stringify(options)}`,
  );
}

function tamperMany(targetsOf: readonly Target[], seed: number, count: number): Map<string, number> {
  const done = new Map<string, number>();
  for (let index = 0, made = 0; made < count; index++) {
    const random = new Random(seed + index);
    const mutation = mutations[index % mutations.length]!;
    try {
      if (!tamper(random.pick(targetsOf), random, mutation)) continue;
    } catch (error) {
      throw new Error(`seed ${seed + index}: ${(error as Error).message}`);
    }
    made += 1;
    done.set(mutation[0], (done.get(mutation[0]) ?? 0) + 1);
  }
  return done;
}

describe('a trail that was tampered with', () => {
  test('[164.312(c)(2)] random changes to trails of 200 events are detected, and the first bad record is named', async () => {
    const done = tamperMany(await targets(20_261_123, 24, 200, 6), 1, changesTried);
    expect([...done.values()].reduce((sum, count) => sum + count)).toBe(changesTried);
    expect(done.size).toBe(mutations.length);
  }, 600_000);

  test(`[164.312(c)(2)] random changes to a trail of ${large.events} events are detected, and the first bad record is named`, async () => {
    const done = tamperMany(await targets(7, 1, large.events, 60), 50_000, large.changes);
    expect([...done.values()].reduce((sum, count) => sum + count)).toBe(large.changes);
  }, 600_000);
});
