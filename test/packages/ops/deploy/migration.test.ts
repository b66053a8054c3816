import { names, World } from '../support/world/world.ts';
import { Account } from './account.ts';
import { runDeploy } from './run-deploy.ts';

/** Deploys a second image, to a stage that runs the first. */
async function deploySecond(prepare: (account: Account) => void, spec: { readonly migrationExitCode?: number } = {}) {
  const world = new World();
  const { digest } = world.push({ tag: 'v2', ...spec });
  const account = new Account(world);
  account.stack('service', 'UPDATE_COMPLETE', { digest: world.images[0]!.digest });
  prepare(account);
  const server = await account.start();
  const deployed = await runDeploy(account, server.endpoint, { digest });
  await server.close();
  return { ...deployed, world, account, first: world.images[0]!.digest };
}

const stopped = (stoppedReason: string, container: object = {}) => ({
  taskArn: 'arn:aws:ecs:us-east-1:111122223333:task/healthcare-ai-dev/t1',
  lastStatus: 'STOPPED',
  stopCode: 'TaskFailedToStart',
  stoppedReason,
  containers: [{ name: 'migrate', ...container }],
});

describe('A migration that does not end well', () => {
  it.each([
    ['there is no capacity', 'RESOURCE:ENI', /ECS did not start the task: RESOURCE:ENI/],
    ['the cluster is not there', 'MISSING', /ECS did not start the task: MISSING/],
  ])('is reported when %s: RunTask answers with failures', async (_what, reason, message) => {
    const { failure, cdk } = await deploySecond((account) => {
      account.runTaskFailure = reason;
    });
    expect(failure).toMatch(message);
    expect(cdk).not.toContain('service');
  });

  it('is reported when the image cannot be pulled', async () => {
    const reason = 'CannotPullContainerError: pull image manifest has been retried 5 time(s): i/o timeout';
    const { failure, cdk } = await deploySecond((account) => {
      account.stoppedTask = stopped(reason);
    });
    expect(failure).toMatch(
      /^The migration task \S+ never ran: CannotPullContainerError: pull image manifest has been retried/,
    );
    expect(failure).toContain('The service was not touched');
    expect(cdk).not.toContain('service');
  });

  it('is reported when a secret cannot be read', async () => {
    const reason =
      'ResourceInitializationError: unable to pull secrets: AccessDeniedException: not authorized to perform: kms:Decrypt';
    const { failure } = await deploySecond((account) => {
      account.stoppedTask = stopped(reason);
    });
    expect(failure).toContain(reason);
  });

  it('is reported with its exit code and its last line, and the stage names the old image again', async () => {
    const { failure, said, cdk, world, first, account } = await deploySecond(() => {}, { migrationExitCode: 1 });
    expect(failure).toMatch(/The migration task \S+ ended with exit code 1: .*Its last line: .*no start of revision/);
    expect(failure).toMatch(/the stage runs sha256:\w{12} again/);
    expect(said).toContain('no start of revision');
    expect(cdk).not.toContain('service');
    expect(world.value(names.imageDigestParameter)).toBe(first);
    expect(account.stacks.get(`${names.base}-tasks`)?.digest).toBe(first);
  });

  it('is not waited for without end', async () => {
    const { failure } = await deploySecond((account) => {
      account.stoppedTask = { ...stopped(''), lastStatus: 'PROVISIONING' };
    });
    expect(failure).toMatch(/Gave up after 1m of waiting for the task/);
  });
});
