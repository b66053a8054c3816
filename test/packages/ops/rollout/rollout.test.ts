import type { AwsServer } from '../support/aws-server.ts';
import { runOps } from '../support/run-ops.ts';
import { startWorld } from '../support/world/start.ts';
import { names, World } from '../support/world/world.ts';

let server: AwsServer;
afterEach(() => server.close());

const settled = (tag: string) => ({ ssm: tag, stacks: [tag, tag], runs: tag, change: undefined });

test('an image is rolled out: migration, then the service, and everything names it', async () => {
  const world = new World();
  const { digest } = world.push({ tag: 'v2' });
  server = await startWorld(world);
  const { code, out, err } = await runOps(server.endpoint, ['rollout', 'v2', '--stage', 'dev', '--yes']);
  expect({ code, err }).toMatchObject({ code: 0 });
  expect(out).toBe(`Rolled out: the stage runs ${digest}.\n`);
  expect(world.agreement).toEqual(settled('v2'));
  const order = server.calls
    .map(({ name }) => name)
    .filter((name) => /RunTask|UpdateStack|PutParameter|DeleteParameter/.test(name));
  expect(order.filter((name) => name !== 'ssm.PutParameter')).toEqual([
    'cloudFormation.UpdateStack',
    'ecs.RunTask',
    'cloudFormation.UpdateStack',
    'ssm.DeleteParameter',
  ]);
});

test.each([{ hasty: false }, { hasty: true }])(
  'an image that does not start ends in the old one, exit code 1 and the reason (CloudFormation hasty: $hasty)',
  async ({ hasty }) => {
    const world = new World();
    world.hasty = hasty;
    world.push({ tag: 'v2-bad', exitCode: 78 });
    server = await startWorld(world);
    const { code, out, err } = await runOps(server.endpoint, ['rollout', 'v2-bad', '--stage', 'dev', '--yes']);
    expect({ code, out }).toEqual({ code: 1, out: '' });
    expect(err).toMatch(/was not rolled out: .*circuit breaker/i);
    expect(err).toMatch(/container service ended with exit code 78/);
    expect(err).toMatch(/no start of revision/);
    expect(err).toMatch(/^All of its lines: npm run ops -- logs --stage dev --since 1h --task \w+$/m);
    expect(err).toMatch(/Rolled back: the stage runs sha256:\w+ again/);
    expect(world.agreement).toEqual(settled('v1'));
  },
);

test('a migration that fails leaves the service alone', async () => {
  const world = new World();
  world.push({ tag: 'v2', migrationExitCode: 3 });
  server = await startWorld(world);
  const { code, err } = await runOps(server.endpoint, ['rollout', 'v2', '--stage', 'dev', '--yes']);
  expect(code).toBe(1);
  expect(err).toMatch(/The migration task \S+ ended with exit code 3/);
  expect(err).toMatch(/no start of revision/);
  expect(world.agreement).toEqual(settled('v1'));
  expect(world.deployments).toHaveLength(1);
});

test.each([
  ['v9', /There is no image v9 in the repository healthcare-ai-dev/],
  ['v2-cve', /its scan has 2 critical findings: CVE-2026-0001.*--despite-findings/],
])('%s is refused, and nothing is changed', async (tag, message) => {
  const world = new World();
  world.push({ tag: 'v2-cve', critical: 2 });
  server = await startWorld(world);
  const { code, err } = await runOps(server.endpoint, ['rollout', tag, '--stage', 'dev', '--yes']);
  expect(code).toBe(1);
  expect(err).toMatch(message);
  expect(world.agreement).toEqual(settled('v1'));
  expect(server.calls.filter(({ name }) => /Put|Update|Run/.test(name))).toEqual([]);
});

test('an emergency continues despite findings', async () => {
  const world = new World();
  world.push({ tag: 'v2-cve', critical: 1 });
  server = await startWorld(world);
  const { code } = await runOps(server.endpoint, [
    'rollout',
    'v2-cve',
    '--stage',
    'dev',
    '--yes',
    '--despite-findings',
  ]);
  expect(code).toBe(0);
  expect(world.agreement).toEqual(settled('v2-cve'));
});

test('what will change is shown, and nothing is done without a yes', async () => {
  const world = new World();
  world.push({ tag: 'v2' });
  server = await startWorld(world);
  const { code, err } = await runOps(server.endpoint, ['rollout', 'v2', '--stage', 'dev']);
  expect(code).toBe(2);
  expect(err).toMatch(/image {4}sha256:\w+ -> sha256:\w+ \(v2\)/);
  expect(err).toMatch(/scan {5}4 low/);
  expect(world.agreement).toEqual(settled('v1'));
});

test('what runs already is left alone', async () => {
  const world = new World();
  server = await startWorld(world);
  const { code, out } = await runOps(server.endpoint, ['rollout', 'v1', '--stage', 'dev', '--yes', '--json']);
  expect(code).toBe(0);
  expect(JSON.parse(out)).toEqual({ outcome: 'unchanged', digest: world.running });
  expect(world.parameters.get(names.imageDigestParameter)).toHaveLength(1);
});

test('a stack that is stuck is reported with the way out, before anything is changed', async () => {
  const world = new World();
  world.push({ tag: 'v2' });
  world.stacks.service.status = 'UPDATE_ROLLBACK_FAILED';
  server = await startWorld(world);
  const { code, err } = await runOps(server.endpoint, ['rollout', 'v2', '--stage', 'dev', '--yes']);
  expect(code).toBe(1);
  expect(err).toMatch(/continue-update-rollback --stack-name healthcare-ai-dev-service/);
  expect(world.agreement).toEqual(settled('v1'));
});
