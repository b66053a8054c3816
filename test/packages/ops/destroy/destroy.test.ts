import { destroyCommand } from '@healthcare-ai/ops/commands/destroy';
import { stages } from '../../../../lib/config/stages.ts';
import { type AwsEndpoint, AwsFault, type Handler, startAwsEndpoint } from '../support/aws-endpoint.ts';
import { runAgainst } from '../support/run-command.ts';

let aws: AwsEndpoint;
afterEach(() => aws.stop());

const KEY = '1234abcd-12ab-34cd-56ef-1234567890ab';

const VAULT = 'healthcare-ai-dev-vault';

/** An account with three stacks of the stage. @param audit the one resource of the audit stack */
function account(audit = { type: 'AWS::KMS::Key', id: KEY }): Readonly<Record<string, Handler>> {
  const stacks = new Set(['healthcare-ai-dev-audit', 'healthcare-ai-dev-network', 'healthcare-ai-dev-service']);
  const types: Readonly<Record<string, string>> = {
    audit: audit.type,
    network: 'AWS::EC2::VPC',
    service: 'AWS::CertificateManager::Certificate',
  };
  const missing = (name: string) => new AwsFault('ValidationError', `Stack with id ${name} does not exist`);
  return {
    ListStackResources: ({ StackName }) =>
      stacks.has(StackName)
        ? {
            StackResourceSummaries: [
              {
                LogicalResourceId: 'KeysData',
                PhysicalResourceId: StackName.endsWith('audit') ? audit.id : KEY,
                ResourceType: types[StackName.split('-').at(-1)!],
                ResourceStatus: 'CREATE_COMPLETE',
                LastUpdatedTimestamp: new Date(0),
              },
            ],
          }
        : missing(StackName),
    DescribeStacks: ({ StackName }) => (stacks.has(StackName) ? {} : missing(StackName)),
    UpdateTerminationProtection: () => ({ StackId: 's' }),
    DeleteStack: ({ StackName }) => {
      stacks.delete(StackName);
      return {};
    },
    DeleteParameter: () => new AwsFault('ParameterNotFound', ''),
    DescribeKey: ({ KeyId }) => ({
      KeyMetadata: { KeyId, KeyState: 'PendingDeletion', DeletionDate: Date.UTC(2026, 11, 6) / 1000 },
    }),
  };
}

async function destroy(disposable: boolean) {
  aws = await startAwsEndpoint(account());
  return runDestroy(disposable);
}

function runDestroy(disposable: boolean) {
  return runAgainst(['destroy', '--stage', 'dev', '--yes'], {
    endpoint: aws.url,
    command: destroyCommand,
    stages: {
      dev: {
        ...stages.dev,
        disposable,
        accountBaseline: { owned: false },
        edge: {
          domainName: stages.dev.edge.domainName,
          hostedZone: { id: 'Z0123456789ABCDEFGHIJ', name: 'example.org' },
        },
      },
    },
  });
}

test('a stage that is not disposable is not touched', async () => {
  const { code, err } = await destroy(false);
  expect(code).toBe(2);
  expect(err).toMatch(/Stage dev is not disposable/);
  expect(aws.calls).toEqual([]);
});

test('stacks are deleted before those that they read from, and what AWS keeps is listed with its date', async () => {
  const { code, out, err } = await destroy(true);
  expect({ code, err }).toMatchObject({ code: 0 });
  const deleted = aws.calls.flatMap(({ operation, input }) => (operation === 'DeleteStack' ? [input.StackName] : []));
  expect(deleted).toEqual(['healthcare-ai-dev-service', 'healthcare-ai-dev-network', 'healthcare-ai-dev-audit']);
  expect(out).toMatch(new RegExp(`key ${KEY} \\(KeysData\\) +2026-12-06`));
  expect(out).toMatch(/CNAME of notes\.dev\.example\.org in zone Z0123456789ABCDEFGHIJ +until you delete it/);
  expect(out).toMatch(/log group RDSOSMetrics +until you delete it/);
  expect(out).toMatch(/bootstrap stack CDKToolkit +until you delete it/);
});

test('every recovery point of a vault is deleted, not those of the first page alone', async () => {
  let points = ['a', 'b', 'c'];
  const list = `GET /backup-vaults/${VAULT}/recovery-points`;
  const of = (name: string) => [{ RecoveryPointArn: name }];
  aws = await startAwsEndpoint({
    ...account({ type: 'AWS::Backup::BackupVault', id: VAULT }),
    [list]: ({ nextToken }) =>
      nextToken || points.length < 2
        ? { RecoveryPoints: points.slice(1).flatMap(of) }
        : { RecoveryPoints: of(points[0]!), NextToken: 'second' },
    ...Object.fromEntries(
      points.map((point) => [
        `DELETE /backup-vaults/${VAULT}/recovery-points/${point}`,
        () => {
          points = points.filter((other) => other !== point);
          return {};
        },
      ]),
    ),
  });
  const { code, err } = await runDestroy(true);
  expect({ code, err, points }).toMatchObject({ code: 0, points: [] });
});
