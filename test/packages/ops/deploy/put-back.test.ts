import { runOps } from '../support/run-ops.ts';
import { names, World } from '../support/world/world.ts';
import { Account } from './account.ts';
import { complete, type Deployed, runDeploy } from './run-deploy.ts';

/** Deploys an image; `fails` is the part whose stack does not come up. */
async function deployOf(account: Account, digest: string, fails?: string): Promise<Deployed> {
  const server = await account.start();
  try {
    return await runDeploy(account, server.endpoint, {
      digest,
      cdk: (part, of) => {
        if (part !== fails) return complete(part, of);
        const before = of.stacks.get(`${names.base}-${part}`);
        of.stack(part, before ? 'UPDATE_ROLLBACK_COMPLETE' : 'ROLLBACK_COMPLETE', {
          ...before,
          next: [],
          status: before ? 'UPDATE_ROLLBACK_COMPLETE' : 'ROLLBACK_COMPLETE',
        });
        return { code: 1, lines: ['it did not start'] };
      },
    });
  } finally {
    await server.close();
  }
}

async function rollback(account: Account) {
  const server = await account.start();
  try {
    return await runOps(server.endpoint, ['rollback', '--stage', 'dev', '--yes']);
  } finally {
    await server.close();
  }
}

/** An account that runs nothing yet, and three images. */
function emptyAccount() {
  const world = new World();
  world.parameters.clear();
  const [first, second, third] = [world.images[0]!, world.push({ tag: 'v2' }), world.push({ tag: 'v3' })];
  const named = () => world.value(names.imageDigestParameter);
  return { account: new Account(world), world, named, v1: first.digest, v2: second.digest, v3: third.digest };
}

describe('The image that a stage names after a deploy that failed', () => {
  it('is no image that never ran: after a first deploy that failed, there is none to go back to', async () => {
    // GIVEN
    const { account, world, named, v1, v2 } = emptyAccount();
    expect((await deployOf(account, v1, 'service')).failure).toContain('it did not start');
    // WHEN another one fails
    const { failure } = await deployOf(account, v2, 'service');
    // THEN
    expect(failure).toContain('it did not start');
    expect(failure).not.toMatch(/runs sha256:\w+ again/);
    expect(named()).toBe(v2);
    expect(world.value(names.changeParameter)).toBeUndefined();
  });

  it('is that of the service, whatever was named when the deploy began', async () => {
    const { account, world, named, v1, v2, v3 } = emptyAccount();
    await deployOf(account, v1);
    world.put(names.imageDigestParameter, v2, undefined);
    const { failure } = await deployOf(account, v3, 'service');
    expect(failure).toContain(`the stage runs ${v1.slice(0, 19)} again`);
    expect(named()).toBe(v1);
  });
});

describe('A rollback', () => {
  it('goes to no image of a first deploy that failed', async () => {
    const { account, v1, v2 } = emptyAccount();
    await deployOf(account, v1, 'service');
    expect((await deployOf(account, v2)).failure).toBeUndefined();
    expect(await rollback(account)).toMatchObject({
      code: 1,
      err: expect.stringContaining('There is no earlier release to go back to'),
    });
  });

  it('goes to the image of a first deploy that failed and that came up when it was tried again', async () => {
    const { account, world, v1, v2 } = emptyAccount();
    await deployOf(account, v1, 'service');
    expect((await deployOf(account, v1)).failure).toBeUndefined();
    expect((await deployOf(account, v2)).failure).toBeUndefined();
    const { err } = await rollback(account);
    expect(err).toContain(`image    ${v2.slice(0, 19)} -> ${v1.slice(0, 19)}`);
    expect(
      world.parameters.get(names.imageDigestParameter)?.map(({ description }) => description?.split(' ')[0]),
    ).toEqual(expect.arrayContaining(['deploy', 'failed', 'deploy', 'deploy']));
  });
});
