/**
 * Regions whose RDS root certificates the image contains (`scripts/rds-ca.ts`). In any other region the service cannot
 * verify its database, which would show only after Aurora was created. A test compares the list with the image's file.
 */
export const databaseRootRegions: readonly string[] = [
  'af-south-1',
  'ap-east-1',
  'ap-northeast-1',
  'ap-northeast-2',
  'ap-northeast-3',
  'ap-south-1',
  'ap-south-2',
  'ap-southeast-1',
  'ap-southeast-2',
  'ap-southeast-3',
  'ap-southeast-4',
  'ca-central-1',
  'eu-central-1',
  'eu-central-2',
  'eu-north-1',
  'eu-south-1',
  'eu-south-2',
  'eu-west-1',
  'eu-west-2',
  'eu-west-3',
  'me-central-1',
  'me-south-1',
  'sa-east-1',
  'us-east-1',
  'us-east-2',
  'us-west-1',
  'us-west-2',
];

/** Partition of a region. */
function partitionOf(region: string): 'aws' | 'aws-us-gov' | 'aws-cn' {
  if (region.startsWith('us-gov-')) return 'aws-us-gov';
  return region.startsWith('cn-') ? 'aws-cn' : 'aws';
}

/** Address of the root certificates of RDS in a region. https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/UsingWithRDS.SSL.html */
export function databaseRootsUrl(region: string): string {
  const host = {
    aws: 'truststore.pki.rds.amazonaws.com',
    'aws-us-gov': `truststore.pki.${region}.rds.amazonaws.com`,
    'aws-cn': 'rds-truststore.s3.cn-north-1.amazonaws.com.cn',
  }[partitionOf(region)];
  return `https://${host}/${region}/${region}-bundle.pem`;
}

/** What a stage leaves out where CloudFormation does not have it, and what to do instead. */
export interface MissingService {
  readonly types: readonly string[];

  /** Stack that leaves it out. */
  readonly stack: 'database' | 'monitoring';
  readonly instead: string;
}

/** Regions in which CloudFormation cannot make a budget. A test compares both lists with CloudFormation's own. */
const withoutBudgets: readonly string[] = [
  'af-south-1',
  'ap-east-1',
  'ap-east-2',
  'ap-northeast-3',
  'ap-south-2',
  'ap-southeast-3',
  'ap-southeast-4',
  'ap-southeast-5',
  'ap-southeast-6',
  'ap-southeast-7',
  'ca-west-1',
  'eu-central-2',
  'eu-north-1',
  'eu-south-1',
  'eu-south-2',
  'il-central-1',
  'me-central-1',
  'mx-central-1',
  'us-gov-east-1',
  'us-gov-west-1',
];

const withoutRestoreTests: readonly string[] = ['ap-southeast-5', 'ap-southeast-7', 'us-gov-east-1', 'us-gov-west-1'];

/** Resource types of this deployment that CloudFormation does not have in a region. */
export function missingServices(region: string): readonly MissingService[] {
  const missing: MissingService[] = [];
  if (withoutBudgets.includes(region)) {
    const instead =
      partitionOf(region) === 'aws-us-gov'
        ? 'Watch the cost in the commercial account that pays for this GovCloud account.'
        : 'Create a budget for the account by hand: `aws budgets create-budget`, or AWS Budgets in the console.';
    missing.push({ types: ['AWS::Budgets::Budget'], stack: 'monitoring', instead });
  }
  if (withoutRestoreTests.includes(region)) {
    missing.push({
      types: ['AWS::Backup::RestoreTestingPlan', 'AWS::Backup::RestoreTestingSelection'],
      stack: 'database',
      instead: 'Restore a backup by hand once per quarter: docs/runbooks/database-restore.md.',
    });
  }
  return missing;
}

/** Whether AWS offers a resource type in a region, as far as the types of this deployment go. */
export const isOffered = (type: string, region: string): boolean =>
  !missingServices(region).some(({ types }) => types.includes(type));
