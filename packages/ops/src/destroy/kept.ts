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
export const alwaysKept: readonly Kept[] = [
  { what: 'metrics in CloudWatch', until: undefined, why: 'they expire after 15 months, without cost' },
  { what: 'the bootstrap stack CDKToolkit', until: undefined, why: 'other stacks of the account may use it' },
  {
    what: 'log group RDSOSMetrics',
    until: undefined,
    why: 'RDS makes it for the whole region, with a retention of 30 days; it holds load figures of the database host',
  },
  { what: 'service-linked roles', until: undefined, why: 'they belong to the account' },
];
