import { DescribeKeyCommand } from '@aws-sdk/client-kms';
import type { StackResource } from '../aws/stack-resources.ts';
import type { OpsContext } from '../context.ts';

/** Something that AWS keeps after its stack is deleted. */
export interface Kept {
  readonly what: string;

  /** Date until which it is kept; undefined: until somebody deletes it. */
  readonly until: string | undefined;
  readonly why: string;
}

/** Keys that KMS deletes later. CloudFormation has scheduled their deletion by now. */
export async function keptKeys({ clients }: OpsContext, resources: readonly StackResource[]): Promise<Kept[]> {
  const keys = resources.filter(({ type }) => type === 'AWS::KMS::Key' || type === 'AWS::KMS::ReplicaKey');
  const found = await Promise.all(
    keys.map(async ({ logicalId, physicalId }) => {
      const { KeyMetadata } = await clients.kms.send(new DescribeKeyCommand({ KeyId: physicalId }));
      if (KeyMetadata?.KeyState !== 'PendingDeletion') return [];
      return [
        {
          what: `key ${physicalId} (${logicalId})`,
          until: KeyMetadata.DeletionDate?.toISOString().slice(0, 10),
          why: 'KMS waits before it deletes a key; it costs nothing meanwhile',
        },
      ];
    }),
  );
  return found.flat();
}

/** What no stack owns, or CloudFormation leaves by design. */
export function alwaysKept({ config }: OpsContext, resources: readonly StackResource[]): Kept[] {
  const { edge, accountBaseline } = config;
  const kept = (what: string, why: string): Kept => ({ what, until: undefined, why });
  return [
    // https://github.com/aws-cloudformation/cloudformation-coverage-roadmap/issues/1603
    ...(resources.some(({ type }) => type === 'AWS::CertificateManager::Certificate')
      ? [kept(`CNAME of ${edge.domainName} in zone ${edge.hostedZone?.id}`, 'ACM validated the certificate by it')]
      : []),
    ...(accountBaseline.owned
      ? []
      : [kept('log group RDSOSMetrics', 'RDS makes it for the whole region; it holds load figures of database hosts')]),
    kept('metrics in CloudWatch', 'they expire after 15 months, without cost'),
    kept('the bootstrap stack CDKToolkit', 'other stacks of the account may use it'),
    kept('service-linked roles', 'they belong to the account'),
  ];
}
