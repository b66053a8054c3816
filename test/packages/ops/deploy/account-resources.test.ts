import { linkedRoles } from '@healthcare-ai/ops/aws/linked-roles';
import { ACCOUNT_STACK } from '../../../../lib/config/names.ts';
import { AwsFault } from '../support/aws-server.ts';
import { World } from '../support/world/world.ts';
import { Account } from './account.ts';
import { type RunDeployOptions, runDeploy } from './run-deploy.ts';

async function deployTo(
  prepare: (account: Account) => void,
  settings: RunDeployOptions['settings'] = {},
  fault?: { readonly on: string; readonly with: AwsFault },
) {
  const account = new Account(new World());
  prepare(account);
  const server = await account.start({ before: ({ name }) => (name === fault?.on ? fault.with : undefined) });
  const options = { digest: account.world.images[0]!.digest, settings };
  const deployed = await runDeploy(account, server.endpoint, options);
  await server.close();
  return { ...deployed, calls: server.calls.map(({ name }) => name) };
}

describe('An account that has already what it can have once', () => {
  it.each<[setting: string, what: string, prepare: (account: Account) => void]>([
    ['guardDuty', 'GuardDuty detector', (account) => account.detectors.push('12abc34d567e8fa901bc2d34e56789f0')],
    ['config', 'AWS Config recorder', (account) => account.recorders.push('aws-controltower-BaselineConfigRecorder')],
    ['rdsHostLogs', 'log group RDSOSMetrics', (account) => account.logGroups.push('RDSOSMetrics')],
  ])('is refused before the first change, with the setting accountBaseline.%s', async (setting, what, prepare) => {
    const refused = await deployTo(prepare);
    expect(refused.failure).toMatch(`The account has a ${what} already`);
    expect(refused.failure).toMatch(`set accountBaseline.${setting}=existing`);
    expect(refused.cdk).toEqual([]);
    const accepted = await deployTo(prepare, { [`accountBaseline.${setting}`]: 'existing' });
    expect(accepted.failure).toBeUndefined();
  });

  it.each<[setting: string, what: RegExp, prepare: (account: Account) => void]>([
    [
      'serviceLinkedRoles=create',
      /service-linked roles already \(AWSServiceRoleForECS, .*\): set accountBaseline\.serviceLinkedRoles=existing/,
      () => {},
    ],
    [
      'githubOidcProvider=true',
      /identity provider of GitHub already \(.*\): set accountBaseline\.githubOidcProvider=false/,
      (account) => account.identityProviders.push('token.actions.githubusercontent.com'),
    ],
    ['trail=existing', /no other trail of all regions: set accountBaseline\.trail=create/, () => {}],
  ])('is refused before the first change with accountBaseline.%s', async (setting, what, prepare) => {
    const [key, value] = setting.split('=');
    const { failure, cdk } = await deployTo(prepare, { [`accountBaseline.${key}`]: value! });
    expect(failure).toMatch(what);
    expect(cdk).toEqual([]);
  });

  it('may have a trail, and is warned that a second one is billed', async () => {
    const { failure, said } = await deployTo((account) =>
      account.trails.push('organization', 'healthcare-ai-dev-us-east-1'),
    );
    expect(failure).toBeUndefined();
    expect(said).toMatch(/WARNING The account has a trail already \(organization\)\n.*accountBaseline\.trail=existing/);
  });

  it('is accepted when the account stack made it', async () => {
    const { failure } = await deployTo((account) => {
      account.detectors.push('d');
      account.stacks.set(ACCOUNT_STACK, { status: 'CREATE_COMPLETE', template: '{}', events: [], next: [] });
      account.resources.set(ACCOUNT_STACK, [['GuardDuty', 'd', 'AWS::GuardDuty::Detector']]);
    });
    expect(failure).toBeUndefined();
  });

  it('is missed when the settings say that it exists', async () => {
    const { failure, cdk } = await deployTo(() => {}, { 'accountBaseline.guardDuty': 'existing' });
    expect(failure).toMatch(/The account has no GuardDuty detector: set accountBaseline\.guardDuty=create/);
    expect(cdk).toEqual([]);
  });
});

describe('Service-linked roles', () => {
  const missing = (account: Account) => account.missingRoles.add('AWSServiceRoleForECS').add('AWSServiceRoleForRDS');

  it('are created before CloudFormation needs them', async () => {
    const { failure, said, calls } = await deployTo(missing);
    expect(failure).toBeUndefined();
    expect(said).toMatch(/created AWSServiceRoleForECS, AWSServiceRoleForRDS/);
    expect(calls.filter((name) => name === 'iam.CreateServiceLinkedRole')).toHaveLength(2);
  });

  it('of restore tests is created where the account stack makes the others', async () => {
    const { failure, said } = await deployTo(
      (account) => {
        for (const { role } of linkedRoles) account.missingRoles.add(role);
      },
      { 'accountBaseline.serviceLinkedRoles': 'create' },
    );
    expect(failure).toBeUndefined();
    expect(said).toMatch(/created AWSServiceRoleForBackupRestoreTesting \(/);
  });

  it('are left alone where all exist', async () => {
    expect((await deployTo(() => {})).calls).not.toContain('iam.CreateServiceLinkedRole');
  });

  it('come with the command of an administrator where the right is missing', async () => {
    const fault = new AwsFault('AccessDenied', 'not authorized to perform: iam:CreateServiceLinkedRole', 403);
    const { failure, cdk } = await deployTo(missing, {}, { on: 'iam.CreateServiceLinkedRole', with: fault });
    expect(failure).toMatch(/aws iam create-service-linked-role --aws-service-name ecs\.amazonaws\.com && aws iam/);
    expect(cdk).toEqual([]);
  });

  it('that another deployment created meanwhile are fine', async () => {
    const taken =
      'Service role name AWSServiceRoleForECS has been taken in this account, please try a different suffix.';
    const fault = new AwsFault('InvalidInput', taken);
    expect((await deployTo(missing, {}, { on: 'iam.CreateServiceLinkedRole', with: fault })).failure).toBeUndefined();
  });
});

it('warns when AWS Backup would make no backup of Aurora', async () => {
  const { failure, said } = await deployTo((account) => {
    account.backupOptIn = false;
  });
  expect(failure).toBeUndefined();
  expect(said).toMatch(/WARNING AWS Backup is not enabled for Aurora in us-east-1/);
  expect(said).toMatch(/aws backup update-region-settings --resource-type-opt-in-preference Aurora=true/);
});

it('warns of a quota that is too small, before the first service', async () => {
  const small = (account: Account) => {
    account.quota = 1;
  };
  const { failure, said } = await deployTo(small);
  expect(failure).toBeUndefined();
  expect(said).toMatch(/WARNING quota: vCPUs of Fargate: 1 allowed; the stage needs [\d.]+ at most/);
  const again = await deployTo((account) => {
    small(account);
    account.stack('service', 'CREATE_COMPLETE', { digest: account.world.images[0]!.digest });
  });
  expect(again.said).not.toMatch(/WARNING/);
});
