import { names, World } from '../support/world/world.ts';
import { Account } from './account.ts';
import { complete, type Deployed, runDeploy } from './run-deploy.ts';

async function deployOf(
  account: Account,
  cdk: typeof complete = complete,
): Promise<Deployed & { readonly calls: readonly string[] }> {
  const server = await account.start();
  try {
    const deployed = await runDeploy(account, server.endpoint, { digest: account.world.images[0]!.digest, cdk });
    return { ...deployed, calls: server.calls.map(({ name }) => name) };
  } finally {
    await server.close();
  }
}

const account = () => new Account(new World());
const service = `${names.base}-service`;

describe('Stacks that an earlier attempt left', () => {
  it('waits for an operation of somebody else, and continues', async () => {
    const busy = account();
    busy.stack('database', 'UPDATE_IN_PROGRESS', {
      next: ['UPDATE_IN_PROGRESS', 'UPDATE_IN_PROGRESS', 'UPDATE_COMPLETE'],
    });
    const { said, failure, cdk } = await deployOf(busy);
    expect(failure).toBeUndefined();
    expect(said).toContain('healthcare-ai-dev-database is UPDATE_IN_PROGRESS: an operation is in progress');
    expect(cdk).toContain('database');
  });

  it('gives up on one that never ends, in bounded time, and says how long it waited', async () => {
    const stuck = account();
    stuck.stack('network', 'UPDATE_IN_PROGRESS');
    const { failure, cdk } = await deployOf(stuck);
    expect(failure).toMatch(
      /Gave up after 1m of waiting for CloudFormation to end what it does on healthcare-ai-dev-network/,
    );
    expect(cdk).toEqual([]);
  });

  it('deletes one whose first creation failed, its protections taken off, and creates it', async () => {
    const failed = account();
    failed.stack('service', 'ROLLBACK_COMPLETE', { protected: true });
    const { said, failure, calls } = await deployOf(failed);
    expect(failure).toBeUndefined();
    expect(said).toContain('delete what a failed attempt left of service, then create it');
    expect(calls).toEqual(
      expect.arrayContaining([
        'cloudFormation.UpdateTerminationProtection',
        'elb.ModifyLoadBalancerAttributes',
        'cloudFormation.DeleteStack',
      ]),
    );
    expect(failed.stacks.get(service)?.status).toBe('CREATE_COMPLETE');
  });

  it('leaves one alone that worked and that somebody failed to delete', async () => {
    const half = account();
    half.stack('service', 'DELETE_FAILED', { protected: false });
    const { failure, calls, cdk } = await deployOf(half);
    expect(failure).toMatch(/^healthcare-ai-dev-service is DELETE_FAILED: .*Nothing was changed/);
    expect(calls).not.toContain('cloudFormation.DeleteStack');
    expect(calls).not.toContain('elb.ModifyLoadBalancerAttributes');
    expect(cdk).not.toContain('service');
  });

  it('deletes one whose first creation failed and whose deletion failed, too', async () => {
    const failed = account();
    failed.stack('service', 'DELETE_FAILED', {
      events: [{ type: 'AWS::CloudFormation::Stack', id: service, status: 'ROLLBACK_COMPLETE', reason: '' }],
    });
    const { failure } = await deployOf(failed);
    expect(failure).toBeUndefined();
    expect(failed.stacks.get(service)?.status).toBe('CREATE_COMPLETE');
  });

  it('says which resource keeps what is left from being deleted', async () => {
    const failed = account();
    failed.stack('service', 'ROLLBACK_FAILED', {
      resists: true,
      events: [{ type: 'AWS::S3::Bucket', id: 'Bucket', status: 'DELETE_FAILED', reason: 'The bucket is not empty' }],
    });
    const { failure } = await deployOf(failed);
    expect(failure).toMatch(/cannot be deleted \(DELETE_FAILED\): Bucket \(AWS::S3::Bucket\): The bucket is not empty/);
    expect(failure).toContain('Delete that resource by hand');
  });

  it('undoes an update whose rollback failed, and then updates', async () => {
    const failed = account();
    failed.stack('tasks', 'UPDATE_ROLLBACK_FAILED');
    const { said, failure, calls } = await deployOf(failed);
    expect(failure).toBeUndefined();
    expect(said).toContain('undo the failed update of tasks, then update it');
    expect(calls).toContain('cloudFormation.ContinueUpdateRollback');
  });

  it('says which resource keeps an update from being undone, and how to continue', async () => {
    const failed = account();
    failed.stack('tasks', 'UPDATE_ROLLBACK_FAILED', {
      next: ['UPDATE_ROLLBACK_FAILED', 'UPDATE_ROLLBACK_IN_PROGRESS', 'UPDATE_ROLLBACK_FAILED'],
      events: [{ type: 'AWS::ECS::Cluster', id: 'Cluster', status: 'UPDATE_FAILED', reason: 'Cluster not found' }],
    });
    const { failure } = await deployOf(failed);
    expect(failure).toMatch(
      /cannot be undone \(UPDATE_ROLLBACK_FAILED\): Cluster \(AWS::ECS::Cluster\): Cluster not found/,
    );
    expect(failure).toContain('npx cdk rollback --orphan');
  });

  it('reports the first resource that failed and what its service said, not what followed from it', async () => {
    const refused = account();
    const { failure, cdk } = await deployOf(refused, (part, of) => {
      if (part !== 'service') return complete(part, of);
      const listener = 'AWS::ElasticLoadBalancingV2::Listener';
      of.stack('service', 'ROLLBACK_COMPLETE', {
        events: [
          { type: 'AWS::CloudFormation::Stack', id: service, status: 'ROLLBACK_COMPLETE' },
          {
            type: 'AWS::CloudFormation::Stack',
            id: service,
            status: 'ROLLBACK_IN_PROGRESS',
            reason: 'The following resource(s) failed to create: [Https, Waf].',
          },
          { type: 'AWS::WAFv2::WebACL', id: 'Waf', status: 'CREATE_FAILED', reason: 'Resource creation cancelled' },
          {
            type: listener,
            id: 'Https',
            status: 'CREATE_FAILED',
            reason:
              'Resource handler returned message: "Certificate ARN \'arn:aws:acm:x\' is not valid (Service: ElasticLoadBalancingV2, Status Code: 400)" (RequestToken: 1, HandlerErrorCode: InvalidRequest)',
          },
        ],
      });
      return { code: 1, lines: ['❌ failed'] };
    });
    expect(failure).toContain(
      "healthcare-ai-dev-service failed, and is ROLLBACK_COMPLETE. The cause: Https (AWS::ElasticLoadBalancingV2::Listener): Certificate ARN 'arn:aws:acm:x' is not valid",
    );
    expect(failure).not.toMatch(/RequestToken|cancelled/);
    expect(failure).toContain('run the same command again');
    expect(cdk.at(-1)).toBe('service');
  });

  it('says what to do about a name that an earlier attempt retained', async () => {
    const { failure } = await deployOf(account(), (part, of) => {
      if (part !== 'service') return complete(part, of);
      const reason =
        "Resource of type 'AWS::Logs::LogGroup' with identifier '/healthcare-ai/dev/service' already exists.";
      of.stack('service', 'ROLLBACK_COMPLETE', {
        events: [{ type: 'AWS::Logs::LogGroup', id: 'ServiceLogs', status: 'CREATE_FAILED', reason }],
      });
      return { code: 1, lines: [] };
    });
    expect(failure).toMatch(
      /retained it under this name: .* npx cdk deploy 'dev\/service' -c stage=dev --import-existing-resources/,
    );
  });

  it('passes on what cdk said when no stack reports anything', async () => {
    const { failure } = await deployOf(account(), (part, of) =>
      part === 'audit'
        ? { code: 1, lines: ['some progress', '❌  dev/audit failed: Bucket cdk-assets is not there'] }
        : complete(part, of),
    );
    expect(failure).toMatch(/^cdk deploy failed: dev\/audit failed: Bucket cdk-assets is not there\./);
  });

  it('puts the image of the stage back when the service does not take the new one', async () => {
    const world = new World();
    const [old] = world.images;
    const { digest } = world.push({ tag: 'v2' });
    const refusing = new Account(world);
    refusing.stack('service', 'UPDATE_COMPLETE', { digest: old!.digest });
    const server = await refusing.start();
    const { failure } = await runDeploy(refusing, server.endpoint, {
      digest,
      cdk: (part, of) => {
        if (part !== 'service') return complete(part, of);
        const reason = "Error occurred during operation 'ECS Deployment Circuit Breaker was triggered'.";
        of.stack('service', 'UPDATE_ROLLBACK_COMPLETE', {
          events: [{ type: 'AWS::ECS::Service', id: 'Api', status: 'UPDATE_FAILED', reason }],
        });
        return { code: 1, lines: [] };
      },
    });
    await server.close();
    expect(failure).toMatch(/Circuit Breaker was triggered.*\n.*the stage runs sha256:\w{12} again/);
    expect(world.value(names.imageDigestParameter)).toBe(old!.digest);
    expect(world.value('/healthcare-ai/dev/change')).toBeUndefined();
  });
});
