import { contract } from '@healthcare-ai/contract';
import { opsCommands } from '@healthcare-ai/ops/commands/index';
import type { AwsServer } from '../support/aws-server.ts';
import { runOps } from '../support/run-ops.ts';
import { startWorld } from '../support/world/start.ts';
import { type ImageSpec, names, World } from '../support/world/world.ts';
import { auditOf } from './published-trail.ts';

const audit = auditOf('operator');
const reads = contract.database.storedForms['audit-2'];
const before: ImageSpec = { tag: 'v1', schema: { version: reads - 1, oldestService: 1 } };
const after: ImageSpec = { tag: 'v2', schema: { version: reads, oldestService: 1 } };

let server: AwsServer;
let world: World;
afterEach(() => server.close());

const ops = (...args: readonly string[]) =>
  runOps(server.endpoint, [...args, '--stage', 'dev', '--yes'], { commands: [...opsCommands, audit] });
const ranTasks = () => server.calls.filter(({ name }) => name === 'ecs.RunTask');

/** A stage that went from the release before the form to the first that reads it. */
async function upgraded(): Promise<void> {
  world = new World(before);
  world.push(after);
  server = await startWorld(world);
  expect(await ops('rollout', 'v2')).toMatchObject({ code: 0 });
  // The task of before ended with the rollout.
  Object.assign(world.tasks[0]!, { revision: world.deployments[0]!.revision });
}

describe('audit switch-format', () => {
  test('before it, the release before comes back; after it, no command and no flag brings that back', async () => {
    await upgraded();
    expect(await ops('rollback')).toMatchObject({ code: 0 });
    expect(await ops('rollout', 'v2')).toMatchObject({ code: 0 });
    Object.assign(world.tasks[0]!, { revision: world.deployments[0]!.revision });

    const tasks = ranTasks().length;
    const { code, out, err } = await ops('audit', 'switch-format');
    expect({ code, err, out }).toMatchObject({ code: 0, out: expect.stringContaining('write it within a minute') });
    expect(
      ranTasks()
        .slice(tasks)
        .map(({ input }) => input.overrides),
    ).toEqual([{ containerOverrides: [{ name: 'migrate', command: [...contract.container.switchForm] }] }]);
    for (const command of [['rollback'], ['rollback', 'v1', '--despite-schema'], ['rollout', 'v1']]) {
      expect(await ops(...command)).toMatchObject({
        code: 1,
        err: expect.stringContaining(`a stored form that it cannot read (it knows schema ${reads - 1}`),
      });
    }
    expect(world.agreement).toMatchObject({ ssm: 'v2', runs: 'v2' });
    // A release after the switch can be taken back to the one that was switched.
    world.push({ tag: 'v3', schema: { version: reads + 1, oldestService: 1 } });
    expect(await ops('rollout', 'v3')).toMatchObject({ code: 0 });
    expect(await ops('rollback')).toMatchObject({ code: 0 });
    expect((await ops('rollback', 'v1')).err).toContain('a stored form that it cannot read');
  });

  test('is refused while a task of the release before runs', async () => {
    await upgraded();
    Object.assign(world.tasks[0]!, { revision: 2 });
    const tasks = ranTasks().length;
    const { code, err } = await ops('audit', 'switch-format');
    expect(code).toBe(1);
    expect(err).toMatch(new RegExp(`Task task1 runs sha256:.* knows schema ${reads - 1}; audit format 2 is read from`));
    expect(ranTasks()).toHaveLength(tasks);
    expect(world.parameters.get(names.imageDigestParameter)!.at(-1)!.description).not.toContain('switch');
  });

  test('is refused for an image that cannot read the form, and while a deployment is in progress', async () => {
    world = new World(before);
    server = await startWorld(world);
    expect((await ops('audit', 'switch-format')).err).toContain(`knows schema ${reads - 1}`);
    await server.close();
    await upgraded();
    world.desired = 90;
    world.deploy(world.deployments[0]!.revision);
    expect((await ops('audit', 'switch-format')).err).toContain('A deployment of the service is in progress');
  });
});
