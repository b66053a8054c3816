import { stages } from '../../../../lib/config/stages.ts';
import type { AwsServer } from '../support/aws-server.ts';
import { startOps } from '../support/child.ts';
import { runOps } from '../support/run-ops.ts';
import { startWorld } from '../support/world/start.ts';
import { names, World } from '../support/world/world.ts';

let server: AwsServer;
afterEach(() => server.close());

const status = (...more: readonly string[]) => runOps(server.endpoint, ['status', '--stage', 'dev', ...more]);

test('the status says what runs, how it is, and what happened last', async () => {
  const world = new World();
  server = await startWorld(world);
  const { code, out } = await status();
  expect(code).toBe(0);
  expect(
    out
      .replaceAll(/\d+\w*( ago|\n {4}T)/g, 'N$1')
      .replace(/[\d-]+ [\d:]+ UTC/, 'NOW')
      .replaceAll(/[0-9a-f]{12,64}/g, 'HEX'),
  ).toMatchInlineSnapshot(`
"dev in us-east-1, NOW
Image: sha256:HEX
Service: ACTIVE, 2 of 2 tasks run, 0 starting; scaled between 1 and 3
ALARMS: 1
  healthcare-ai-dev-target-5xx, for N
    Threshold Crossed
Deployments:
  PRIMARY  COMPLETED  sha256:HEX  revision 2  2/2  N ago
Tasks:
  task1  RUNNING  HEALTHY  sha256:HEX  us-east-1a
Targets:
  10.20.1.7:8000  healthy  blue
Last events:
  N ago  has started deployment ecs-svc/1.
"
`);
});

test('with --json it is one document, in which SSM, stacks and service name the same image', async () => {
  const world = new World();
  server = await startWorld(world);
  const { out } = await status('--json');
  expect(JSON.parse(out)).toMatchObject({
    stage: 'dev',
    digest: world.running,
    stacks: [{ digest: world.running }, { digest: world.running }],
    service: { running: 2, desired: 2, deployments: [{ state: 'COMPLETED', digest: world.running }] },
    targets: [{ state: 'healthy' }],
    alarms: [{ name: 'healthcare-ai-dev-target-5xx' }],
    scaling: { min: 1, max: 3 },
  });
});

test('an image that is not the one of SSM is reported', async () => {
  const world = new World();
  const { digest } = world.push({ tag: 'v2' });
  world.put(names.imageDigestParameter, digest, undefined);
  server = await startWorld(world);
  const { out } = await status();
  expect(out).toMatch(/^NOT AS SSM SAYS: healthcare-ai-dev-tasks has sha256:/m);
  expect(out).toMatch(/^NOT AS SSM SAYS: the service has sha256:/m);
});

test('before the first deploy there is nothing, and that is no fault', async () => {
  const world = new World();
  world.parameters.clear();
  world.deployments.splice(0);
  server = await startWorld(world, {});
  const { code, out } = await status();
  expect(code).toBe(0);
  expect(out).toMatch(/^Image: none yet/m);
});

test('a canary says at which step it is, in the status and while it is rolled out', async () => {
  const world = new World();
  world.push({ tag: 'v2' });
  world.desired = 9;
  server = await startWorld(world);
  const canary = {
    stages: { dev: { ...stages.dev, service: { ...stages.dev.service, deployment: 'canary' } } },
  } as const;
  const { err } = await runOps(server.endpoint, ['rollout', 'v2', '--stage', 'dev', '--yes'], canary);
  expect(err).toMatch(/canary of 10 %, watched for 10 minutes/);
  expect(err).toMatch(/IN_PROGRESS, \d\/9 running, \d starting, PRODUCTION_TRAFFIC_SHIFT/);
  const { out } = await runOps(server.endpoint, ['status', '--stage', 'dev'], canary);
  expect(out).toMatch(/^Canary: SUCCESSFUL$/m);
});

test('--watch reports what has changed until Ctrl-C, and ends well', async () => {
  const world = new World();
  world.push({ tag: 'v2' });
  let looks = 0;
  const holder: { child?: ReturnType<typeof startOps> } = {};
  server = await startWorld(world, {
    before: ({ name }) => {
      if (name !== 'cloudWatch.DescribeAlarms') return undefined;
      looks += 1;
      if (looks === 2) world.desired = 3;
      if (looks === 4) holder.child!.kill('SIGINT');
      return undefined;
    },
  });
  holder.child = startOps(server.endpoint, ['status', '--stage', 'dev', '--watch', '--every', '1s', '--json']);
  const { code, out, err } = await holder.child.ended;
  expect({ code, err }).toEqual({ code: 0, err: '' });
  const rows = out
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line).service.desired);
  expect(rows).toEqual([2, 3]);
});
