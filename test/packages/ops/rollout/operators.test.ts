import type { AwsServer } from '../support/aws-server.ts';
import { startOps } from '../support/child.ts';
import { runOps } from '../support/run-ops.ts';
import { startWorld } from '../support/world/start.ts';
import { World } from '../support/world/world.ts';

const CHANGE = '/healthcare-ai/dev/change';
const settled = (tag: string) => ({ ssm: tag, stacks: [tag, tag], runs: tag, change: undefined });

let server: AwsServer;
afterEach(() => server.close());

/** A change by somebody on another machine. */
function elsewhere(world: World, to: string, beatAgoMs: number): void {
  const record = {
    id: 'other',
    kind: 'rollout',
    from: world.running,
    to,
    step: 'tasks-stack',
    startedAt: '2026-11-23T10:00:00.000Z',
    operator: 'arn:aws:iam::111122223333:user/ada',
    machine: 'elsewhere/boot',
    pid: 1,
  };
  world.put(CHANGE, JSON.stringify(record), undefined);
  const versions = world.parameters.get(CHANGE)!;
  world.parameters.set(CHANGE, [{ ...versions[0]!, at: Date.now() - beatAgoMs }]);
}

test('of two operators who roll out at once one is refused, and told by whom', async () => {
  const world = new World();
  world.push({ tag: 'v2' });
  world.push({ tag: 'v3' });
  server = await startWorld(world);
  const both = await Promise.all(
    ['v2', 'v3'].map((tag) => runOps(server.endpoint, ['rollout', tag, '--stage', 'dev', '--yes'])),
  );
  expect(both.map(({ code }) => code).toSorted()).toEqual([0, 1]);
  const refused = both.find(({ code }) => code === 1)!;
  expect(refused.err).toMatch(/A rollout to sha256:\w+ is in progress: arn:aws:iam.*user\/operator, since .*, at "\w+/);
  expect(world.agreement).toEqual(settled(both[0]!.code === 0 ? 'v2' : 'v3'));
});

test.each(['rollout v2', 'rollback', 'restart'])(
  '%s waits its turn while a change elsewhere has a heartbeat',
  async (command) => {
    const world = new World();
    const { digest } = world.push({ tag: 'v2' });
    elsewhere(world, digest, 5000);
    server = await startWorld(world);
    const { code, err } = await runOps(server.endpoint, [...command.split(' '), '--stage', 'dev', '--yes']);
    expect(code).toBe(1);
    expect(err).toMatch(/user\/ada/);
    expect(world.agreement).toMatchObject({ ssm: 'v1', stacks: ['v1', 'v1'], runs: 'v1' });
  },
);

test('a change elsewhere whose heart has stopped is taken over', async () => {
  const world = new World();
  const { digest } = world.push({ tag: 'v2' });
  elsewhere(world, digest, 600_000);
  server = await startWorld(world);
  const { code, err } = await runOps(server.endpoint, ['rollout', 'v2', '--stage', 'dev', '--yes']);
  expect(code).toBe(0);
  expect(err).toMatch(/seems abandoned; waiting 30 s for a heartbeat/);
  expect(world.agreement).toEqual(settled('v2'));
});

test('a change elsewhere whose clock is wrong, but whose heart beats, is not taken over', async () => {
  const world = new World();
  const { digest } = world.push({ tag: 'v2' });
  elsewhere(world, digest, 600_000);
  let reads = 0;
  server = await startWorld(world, {
    before: ({ name, input }) => {
      if (name === 'ssm.GetParameter' && input.Name === CHANGE) reads += 1;
      if (reads === 3) world.put(CHANGE, world.value(CHANGE)!, undefined);
      return undefined;
    },
  });
  const { code, err } = await runOps(server.endpoint, ['rollout', 'v2', '--stage', 'dev', '--yes']);
  expect({ code, reads: reads > 2 }).toEqual({ code: 1, reads: true });
  expect(err).toMatch(/is in progress: .*user\/ada/);
  expect(world.agreement).toMatchObject({ ssm: 'v1' });
});

test('who has lost a change to another operator stops, and puts nothing back', async () => {
  const world = new World();
  world.push({ tag: 'v2' });
  server = await startWorld(world, {
    before: ({ name }) => {
      if (name === 'ecs.RunTask') {
        const theirs = { ...JSON.parse(world.value(CHANGE)!), machine: 'elsewhere/boot' };
        world.put(CHANGE, JSON.stringify(theirs), undefined);
      }
      return undefined;
    },
  });
  const { code, err } = await runOps(server.endpoint, ['rollout', 'v2', '--stage', 'dev', '--yes']);
  expect(code).toBe(1);
  expect(err).toMatch(/Another operator took this change over/);
  expect(world.agreement).toMatchObject({ ssm: 'v2', stacks: ['v2', 'v1'] });
});

test('Ctrl-C during a rollout says in what state it leaves things, and the next command continues', async () => {
  const world = new World();
  world.push({ tag: 'v2' });
  let child: ReturnType<typeof startOps> | undefined;
  let done = false;
  server = await startWorld(world, {
    after: ({ name }) => {
      if (done || name !== 'ecs.RunTask') return undefined;
      done = true;
      child!.kill('SIGINT');
      return 'hang';
    },
  });
  child = startOps(server.endpoint, ['rollout', 'v2', '--stage', 'dev', '--yes']);
  const { code, err } = await child.ended;
  expect(code).toBe(1);
  expect(err).toMatch(/Interrupted\. The rollout to sha256:\w+ is incomplete\.\nECS and CloudFormation continue/);
  expect(err).not.toMatch(/^\s+at /m);
  expect(err).toMatch(
    /^ {2}finish it: npm run ops -- rollout sha256:\w+ --stage dev\n {2}go back: {3}npm run ops -- rollback --stage dev$/m,
  );
  const again = await runOps(server.endpoint, ['rollout', 'v2', '--stage', 'dev', '--yes']);
  expect(again.code).toBe(0);
  // From what ran before the change, not from what it had named already.
  expect(again.err).toContain(/image {4}sha256:\w+ -> sha256:\w+ \(v2\)/.exec(err)![0]);
  expect(again.err).toMatch(/^ {2}resumes {2}the rollout that began .*, at "\w/m);
  expect(world.agreement).toEqual(settled('v2'));
});

test('a rollout that takes longer than --timeout reports it, and puts nothing back by itself', async () => {
  const world = new World();
  world.push({ tag: 'v2' });
  server = await startWorld(world);
  world.desired = Number.POSITIVE_INFINITY;
  const { code, err } = await runOps(server.endpoint, ['rollout', 'v2', '--stage', 'dev', '--yes', '--timeout', '1m']);
  expect(code).toBe(1);
  expect(err).toMatch(/Gave up after 1m.*The rollout to sha256:\w+ is incomplete/);
  expect(world.agreement).toMatchObject({ ssm: 'v2', runs: 'v2' });
  expect(world.agreement.change).toMatch(/service-stack/);
});
