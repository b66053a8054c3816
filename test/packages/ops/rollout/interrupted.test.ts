import type { AwsServer, Call } from '../support/aws-server.ts';
import { type Child, startOps } from '../support/child.ts';
import { runOps } from '../support/run-ops.ts';
import { startWorld } from '../support/world/start.ts';
import { type ImageSpec, World } from '../support/world/world.ts';

const settled = (tag: string) => ({ ssm: tag, stacks: [tag, tag], runs: tag, change: undefined });

/** What changes something. */
const changes = ({ name }: Call): boolean => /PutParameter|UpdateStack|RunTask|DeleteParameter/.test(name);

/** A rollout in a process of its own that dies by `kill -9` once its nth change has had its effect, and never hears of it. */
async function killedRollout(image: ImageSpec, nth: number) {
  const world = new World();
  world.push(image);
  let child: Child | undefined;
  let seen = 0;
  let armed = true;
  const server = await startWorld(world, {
    after: async (call) => {
      if (!armed || !changes(call)) return undefined;
      seen += 1;
      if (seen !== nth) return undefined;
      child!.kill('SIGKILL');
      await child!.ended;
      return 'cut';
    },
  });
  child = startOps(server.endpoint, ['rollout', image.tag, '--stage', 'dev', '--yes']);
  const ended = await child.ended;
  armed = false;
  return { world, server, ended };
}

async function using<T>(server: AwsServer, run: () => Promise<T>): Promise<T> {
  try {
    return await run();
  } finally {
    await server.close();
  }
}

/**
 * Changes of a rollout, in order: record, digest step, digest, tasks-stack step, stack, migrate step, task, its
 * record, service-stack step, stack, done step, record deleted.
 */
const CHANGES = 12;
/** All but those that say no more than the next step: each step of the record, and each effect. */
const points = [1, 3, 5, 7, 8, 10, 11, 12];

// Each has a process and an account of its own: most of the time they wait.
describe('a rollout that is killed by kill -9', () => {
  test.concurrent.each(points)('after its change %i of 12 is taken up by the same command', async (nth) => {
    const { world, server, ended } = await killedRollout({ tag: 'v2' }, nth);
    await using(server, async () => {
      expect(ended.signal).toBe('SIGKILL');
      const status = await runOps(server.endpoint, ['status', '--stage', 'dev']);
      expect(status.out).toMatch(
        nth >= CHANGES - 1 ? /^Image: /m : /^HALF DONE: rollout sha256:\w+ -> sha256:\w+, at "/m,
      );
      const { code, err } = await runOps(server.endpoint, ['rollout', 'v2', '--stage', 'dev', '--yes']);
      expect({ code, err }).toMatchObject({ code: 0 });
      expect(world.agreement).toEqual(settled('v2'));
      expect(server.calls.filter(({ name }) => name === 'ecs.RunTask').length).toBeLessThanOrEqual(2);
      expect(world.tasks.filter(({ family }) => family.endsWith('-migrate')).length).toBeLessThanOrEqual(1);
    });
  });

  test.concurrent.each([5, 10])('after its change %i of 12 is taken back by rollback', async (nth) => {
    const { world, server } = await killedRollout({ tag: 'v2' }, nth);
    await using(server, async () => {
      const { code, err } = await runOps(server.endpoint, ['rollback', '--stage', 'dev', '--yes']);
      expect({ code, err }).toMatchObject({ code: 0 });
      expect(world.agreement).toEqual(settled('v1'));
    });
  });

  test.concurrent.each([10, 12])(
    'after change %i of one whose image does not start, is taken back by rollback',
    async (nth) => {
      const { world, server, ended } = await killedRollout({ tag: 'v2-bad', exitCode: 78 }, nth);
      await using(server, async () => {
        expect(ended.signal).toBe('SIGKILL');
        const { code, err } = await runOps(server.endpoint, ['rollback', '--stage', 'dev', '--yes']);
        expect({ code, err }).toMatchObject({ code: 0 });
        expect(world.agreement).toEqual(settled('v1'));
      });
    },
  );

  test.concurrent('is not passed over by a rollout of something else', async () => {
    const { world, server } = await killedRollout({ tag: 'v2' }, 5);
    await using(server, async () => {
      world.push({ tag: 'v3' });
      const { code, err } = await runOps(server.endpoint, ['rollout', 'v3', '--stage', 'dev', '--yes']);
      expect(code).toBe(1);
      expect(err).toMatch(
        /was interrupted at "tasks-stack".*\n\s*finish it: npm run ops -- rollout sha256:\w{64} --stage dev\n/,
      );
    });
  });
});
