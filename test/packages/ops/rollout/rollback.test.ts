import type { AwsServer } from '../support/aws-server.ts';
import { type Ran, runOps } from '../support/run-ops.ts';
import { startWorld } from '../support/world/start.ts';
import { type ImageSpec, names, World } from '../support/world/world.ts';

const settled = (tag: string) => ({ ssm: tag, stacks: [tag, tag], runs: tag, change: undefined });
const ops = (...args: readonly string[]): Promise<Ran> => runOps(server.endpoint, [...args, '--stage', 'dev', '--yes']);

let server: AwsServer;
afterEach(() => server.close());

/** A stage on which images were rolled out one after the other, v1 first. */
async function stageWith(...images: readonly ImageSpec[]): Promise<World> {
  const world = new World();
  for (const image of images) world.push(image);
  server = await startWorld(world);
  for (const { tag } of images) await ops('rollout', tag, '--one-way');
  return world;
}

test('the release before comes back, without a migration', async () => {
  const world = await stageWith({ tag: 'v2' });
  const before = server.calls.length;
  expect(await ops('rollback')).toMatchObject({ code: 0, out: expect.stringContaining('Rolled back') });
  expect(world.agreement).toEqual(settled('v1'));
  expect(server.calls.slice(before).filter(({ name }) => name === 'ecs.RunTask')).toEqual([]);
});

test('a release that failed is none to go back to', async () => {
  const world = await stageWith({ tag: 'v2' }, { tag: 'v3-bad', exitCode: 1 });
  expect(world.agreement).toEqual(settled('v2'));
  expect((await ops('rollback')).code).toBe(0);
  expect(world.agreement).toEqual(settled('v1'));
});

test('a revision, a tag and a digest name where to go', async () => {
  const world = await stageWith({ tag: 'v2' }, { tag: 'v3' });
  expect((await ops('rollback', '2')).code).toBe(0);
  expect(world.agreement).toEqual(settled('v1'));
  expect((await ops('rollback', 'v3')).code).toBe(0);
  expect(world.agreement).toEqual(settled('v3'));
  const { digest } = world.images.find(({ tag }) => tag === 'v2')!;
  expect((await ops('rollback', digest)).code).toBe(0);
  expect(world.agreement).toEqual(settled('v2'));
  expect(await ops('rollback', '99')).toMatchObject({ code: 1, err: expect.stringMatching(/There is no revision 99/) });
});

test('nothing is rolled back past a migration that is not additive, and no flag helps', async () => {
  const world = await stageWith({ tag: 'v2', schema: { version: 4, oldestService: 4 } });
  for (const command of [['rollback'], ['rollback', 'v1', '--despite-schema'], ['rollout', 'v1']]) {
    const { code, err } = await ops(...command);
    expect(code).toBe(1);
    expect(err).toMatch(/the image knows schema 3, and the database takes services from schema 4 on/);
  }
  expect(world.agreement).toEqual(settled('v2'));
});

test('an image with such a migration is not rolled out without --one-way', async () => {
  const world = await stageWith();
  world.push({ tag: 'v2', schema: { version: 4, oldestService: 4 } });
  const { code, err } = await ops('rollout', 'v2');
  expect(code).toBe(1);
  expect(err).toMatch(/no rollback would work, not even the automatic one.*--one-way/);
  expect(world.agreement).toEqual(settled('v1'));
});

test('a migration that failed counts as one that was run; one that never began does not', async () => {
  const breaking = { version: 4, oldestService: 4 };
  const world = await stageWith({ tag: 'v2' }, { tag: 'v3', schema: breaking, migrationExitCode: 1 });
  expect(world.agreement).toEqual(settled('v2'));
  expect((await ops('rollback')).err).toMatch(/the database takes services from schema 4 on/);
});

test('an image that says nothing of its schema comes back only despite that', async () => {
  const world = new World({ tag: 'v1', schema: 'none' });
  world.parameters.set(names.imageDigestParameter, []);
  world.put(names.imageDigestParameter, world.running, undefined);
  world.push({ tag: 'v2' });
  server = await startWorld(world);
  await ops('rollout', 'v2');
  const { code, err } = await ops('rollback');
  expect(code).toBe(1);
  expect(err).toMatch(/does not say which schema it has.*--despite-schema/);
  expect((await ops('rollback', '--despite-schema')).code).toBe(0);
  expect(world.agreement).toEqual(settled('v1'));
});

test('without an earlier release there is nothing to go back to', async () => {
  await stageWith();
  expect(await ops('rollback')).toMatchObject({ code: 1, err: expect.stringMatching(/There is no earlier release/) });
});
