import type { AwsServer } from '../support/aws-server.ts';
import { startOps } from '../support/child.ts';
import { runOps } from '../support/run-ops.ts';
import { startWorld } from '../support/world/start.ts';
import { names, World } from '../support/world/world.ts';

let server: AwsServer;
afterEach(() => server.close());

const restart = () => runOps(server.endpoint, ['restart', '--stage', 'dev', '--yes']);

test('every task is replaced, as a deployment that is followed to its end', async () => {
  const world = new World();
  const before = world.deployments[0]!.id;
  server = await startWorld(world);
  const { code, out, err } = await restart();
  expect({ code, err }).toMatchObject({ code: 0 });
  expect(out).toMatch(/^Restarted: every task of sha256:/);
  expect(err).toMatch(/has reached a steady state/);
  // After the plan each line has its time, as those of a rollout have.
  const [plan, ...happened] = err.trim().split('\n');
  expect(plan).toMatch(/^dev in us-east-1: 2 tasks of sha256:\w+ are replaced$/);
  expect(happened.filter((line) => !/^\d\d:\d\d:\d\d {2}/.test(line))).toEqual([]);
  expect(happened.at(-1)).toMatch(/every task is a new one, after /);
  expect(world.deployments[0]!.id).not.toBe(before);
  expect(world.agreement.change).toBeUndefined();
});

test('tasks that do not start any more are told, with the reason', async () => {
  const world = new World();
  const image = world.images[0]!;
  world.images[0] = { ...image, exitCode: 78 };
  server = await startWorld(world);
  const { code, err } = await restart();
  expect(code).toBe(1);
  expect(err).toMatch(/The restart failed: .*circuit breaker.*tasks failed to start\. The old tasks keep running/i);
  expect(err).toMatch(/container service ended with exit code 78/);
  expect(world.agreement.change).toBeUndefined();
});

test('a service that does not run what SSM names is not restarted', async () => {
  const world = new World();
  const { digest } = world.push({ tag: 'v2' });
  world.put(names.imageDigestParameter, digest, undefined);
  server = await startWorld(world);
  const { code, err } = await restart();
  expect(code).toBe(1);
  expect(err).toMatch(/The service runs sha256:\w+, and SSM names sha256:\w+/);
});

test('a restart that was killed by kill -9 stands in nobody’s way', async () => {
  const world = new World();
  world.push({ tag: 'v2' });
  const holder: { child?: ReturnType<typeof startOps> } = {};
  server = await startWorld(world, {
    after: async ({ name }) => {
      if (name !== 'ecs.UpdateService') return undefined;
      holder.child!.kill('SIGKILL');
      await holder.child!.ended;
      return 'cut';
    },
  });
  holder.child = startOps(server.endpoint, ['restart', '--stage', 'dev', '--yes']);
  expect((await holder.child.ended).signal).toBe('SIGKILL');
  const { out } = await runOps(server.endpoint, ['status', '--stage', 'dev']);
  expect(out).toMatch(/^HALF DONE: restart/m);
  expect((await runOps(server.endpoint, ['rollout', 'v2', '--stage', 'dev', '--yes'])).code).toBe(0);
  expect(world.agreement).toEqual({ ssm: 'v2', stacks: ['v2', 'v2'], runs: 'v2', change: undefined });
});
