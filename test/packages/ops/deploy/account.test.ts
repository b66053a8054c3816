import { AwsFault } from '../support/aws-server.ts';
import { World } from '../support/world/world.ts';
import { Account } from './account.ts';
import { runDeploy } from './run-deploy.ts';

async function refusal(prepare: (account: Account) => void, fault?: { readonly on: string; readonly with: AwsFault }) {
  const account = new Account(new World());
  prepare(account);
  const server = await account.start({ before: ({ name }) => (name === fault?.on ? fault.with : undefined) });
  const { failure, cdk } = await runDeploy(account, server.endpoint, { digest: account.world.images[0]!.digest });
  await server.close();
  expect(cdk).toEqual([]);
  return failure;
}

describe('What a deploy looks at before it makes anything', () => {
  it('is the bootstrap stack of the region', async () => {
    const failure = await refusal((account) => {
      account.bootstrapped = false;
    });
    expect(failure).toBe(
      'Account 111122223333 is not bootstrapped in us-east-1. Do it once: npx cdk bootstrap aws://111122223333/us-east-1',
    );
  });

  it.each([
    ['is not there', undefined, /There is no certificate arn:\S+ in us-east-1\. Request one/],
    ['waits for its validation', { status: 'PENDING_VALIDATION', names: [] }, /is PENDING_VALIDATION, not ISSUED/],
    ['is for another name', { status: 'ISSUED', names: ['example.com'] }, /is for example\.com, which is not/],
    ['is a wildcard two labels up', { status: 'ISSUED', names: ['*.example.org'] }, /is for \*\.example\.org/],
  ])('is a certificate that %s', async (_what, certificate, message) => {
    const failure = await refusal((account) => {
      account.certificate = certificate;
    });
    expect(failure).toMatch(message);
  });

  it('is content with a wildcard that covers the name', async () => {
    const account = new Account(new World());
    account.certificate = { status: 'ISSUED', names: ['*.dev.example.org'] };
    const server = await account.start();
    const { failure } = await runDeploy(account, server.endpoint, { digest: account.world.images[0]!.digest });
    await server.close();
    expect(failure).toBeUndefined();
  });

  it('is whether the credentials still hold', async () => {
    const expired = new AwsFault('ExpiredToken', 'The security token included in the request is expired', 403);
    const failure = await refusal(() => {}, { on: 'sts.GetCallerIdentity', with: expired });
    expect(failure).toMatch(/The AWS credentials have expired\. Log in again/);
  });
});
