import { names, World } from '../support/world/world.ts';
import { Account } from './account.ts';
import { complete, runDeploy, templateOf } from './run-deploy.ts';

/** What happened to an account, in order: the stacks that CDK was asked for, and the calls that change something. */
async function journalOf(account: Account, digest: string): Promise<string[]> {
  const journal: string[] = [];
  const changing = /^(ssm\.PutParameter|ecs\.RunTask|ssm\.DeleteParameter|cloudFormation\.(Delete|Update|Continue))/;
  const server = await account.start({
    before: ({ name, input }) => {
      if (changing.test(name)) journal.push(name.startsWith('ssm') ? `${name} ${input.Name}` : name);
      return undefined;
    },
  });
  try {
    const cdk: typeof complete = (part, of) => {
      journal.push(part);
      return complete(part, of);
    };
    const { failure } = await runDeploy(account, server.endpoint, { digest, cdk });
    expect(failure).toBeUndefined();
  } finally {
    await server.close();
  }
  return journal.filter((line) => !line.endsWith('/change'));
}

describe('The order of work of a deploy', () => {
  it('names the image before anything reads it, migrates before it serves, and watches last', async () => {
    // GIVEN an account without anything but the image
    const world = new World();
    const digest = world.images[0]!.digest;
    world.parameters.clear();
    // WHEN
    const journal = await journalOf(new Account(world), digest);
    // THEN
    expect(journal).toEqual([
      ...['audit', 'account', 'network', 'registry', 'database'],
      `ssm.PutParameter ${names.imageDigestParameter}`,
      ...['tasks', 'ecs.RunTask', 'service', 'monitoring'],
    ]);
  });

  it('brings a new image to a stage that runs by the same order, and touches no other stack', async () => {
    const world = new World();
    const account = deployed(world);
    const { digest } = world.push({ tag: 'v2' });
    expect(await journalOf(account, digest)).toEqual([
      `ssm.PutParameter ${names.imageDigestParameter}`,
      ...['tasks', 'ecs.RunTask', 'service'],
    ]);
    expect(account.stacks.get(`${names.base}-service`)?.digest).toBe(digest);
  });

  it('changes nothing the second time', async () => {
    const world = new World();
    expect(await journalOf(deployed(world), world.images[0]!.digest)).toEqual([]);
  });

  it('leaves the image as it is when told so, and has none to leave on an empty account', async () => {
    const world = new World();
    const account = deployed(world);
    account.stack('service', 'UPDATE_COMPLETE', { template: '{}', digest: world.images[0]!.digest });
    world.push({ tag: 'v2' });
    expect(await journalOf(account, 'current')).toEqual(['service']);

    const empty = new Account(new World());
    empty.world.parameters.clear();
    const server = await empty.start();
    const { failure } = await runDeploy(empty, server.endpoint, { digest: 'current' });
    await server.close();
    expect(failure).toBe('Stage dev has no image yet. Leave --digest out to build the first.');
  });

  it('updates the one stack whose template changed', async () => {
    const world = new World();
    const account = deployed(world);
    account.stack('monitoring', 'UPDATE_COMPLETE', { template: '{"Description":"of last week"}' });
    expect(await journalOf(account, world.images[0]!.digest)).toEqual(['monitoring']);
  });

  it('takes up a deploy that was cut off after the image was named: no second name, and the migration before the service', async () => {
    const world = new World();
    const account = deployed(world);
    const { digest } = world.push({ tag: 'v2' });
    world.put(names.imageDigestParameter, digest, 'deploy change=cut-off schema=3,1');
    expect(await journalOf(account, digest)).toEqual(['tasks', 'ecs.RunTask', 'service']);
  });
});

/** A stage that is what its templates say, and runs the first image of the world. */
function deployed(world: World): Account {
  const account = new Account(world);
  const { digest } = world.images[0]!;
  for (const part of ['audit', 'account', 'network', 'registry', 'database', 'monitoring']) {
    account.stack(part, 'CREATE_COMPLETE', { template: templateOf(part) });
  }
  for (const part of ['tasks', 'service']) {
    account.stack(part, 'UPDATE_COMPLETE', { template: templateOf(part), digest });
  }
  return account;
}
