/** Actions that the policies of one holder may allow, and what for. A new one is added after thinking of its abuse. */
export interface ReviewedActions {
  /** Beginning of the policy's logical id; what follows is a hash. */
  readonly policy: string;
  readonly purpose: string;
  readonly actions: readonly string[];
}

const pullImage = [
  'ecr:BatchCheckLayerAvailability',
  'ecr:BatchGetImage',
  'ecr:GetAuthorizationToken',
  'ecr:GetDownloadUrlForLayer',
];
const writeLogs = ['logs:CreateLogStream', 'logs:PutLogEvents'];

export const reviewedActions: readonly ReviewedActions[] = [
  {
    policy: 'TaskRolePolicy',
    purpose:
      'The service: its data key, its signing key, its database role, its audit trail; a model where configured.',
    actions: [
      'bedrock:InvokeModel',
      'kms:Decrypt',
      'kms:GenerateDataKey',
      'kms:GetPublicKey',
      'kms:Sign',
      'logs:CreateLogStream',
      'logs:PutLogEvents',
      'rds-db:connect',
      's3:GetObject',
      's3:PutObject',
    ],
  },
  {
    policy: 'KeySetsRolePolicy',
    purpose: 'The key-set function: writes the copies of public key sets, one object per issuer, and its log.',
    actions: [...writeLogs, 's3:PutObject'],
  },
  {
    policy: 'ExpireRolePolicy',
    purpose:
      'Expiry of the audit trail: its database role, which ends what is past its retention and stores no checkpoint but ' +
      'a tombstone, and the key that signs it.',
    actions: ['kms:GetPublicKey', 'kms:Sign', 'rds-db:connect'],
  },
  {
    policy: 'RestoreRolePolicy',
    purpose:
      "Restoration of the audit trail after a restore of the database: reads what was published, and adds rows as the service's database role.",
    actions: [
      'kms:Decrypt',
      'kms:GetPublicKey',
      'logs:DescribeLogStreams',
      'logs:GetLogEvents',
      'rds-db:connect',
      's3:GetObject',
    ],
  },
  {
    policy: 'AuditorRolePolicy',
    purpose: 'Reads evidence, and nothing else.',
    actions: [
      'cloudtrail:GetEventSelectors',
      'cloudtrail:GetTrail',
      'cloudtrail:GetTrailStatus',
      'kms:Decrypt',
      'kms:DescribeKey',
      'kms:GetPublicKey',
      'kms:Verify',
      'logs:DescribeLogStreams',
      'logs:DescribeQueryDefinitions',
      'logs:FilterLogEvents',
      'logs:GetLogEvents',
      'logs:GetQueryResults',
      'logs:StartQuery',
      'logs:StopQuery',
      's3:GetObject',
      's3:GetObjectRetention',
      's3:GetObjectVersion',
      's3:ListBucket',
      's3:ListBucketVersions',
    ],
  },
  {
    policy: 'WatchRolePolicy',
    purpose:
      "The night's workflow: verifies the audit trail, and compares what runs with the templates by CDK's look-up role.",
    actions: [
      'kms:Decrypt',
      'kms:GetPublicKey',
      'logs:DescribeLogStreams',
      'logs:GetLogEvents',
      's3:GetObject',
      's3:ListBucket',
      'sts:AssumeRole',
    ],
  },
  {
    policy: 'CanaryRolePolicy',
    purpose: 'Calls the health check from outside.',
    actions: [
      'cloudwatch:PutMetricData',
      'logs:CreateLogGroup',
      'logs:CreateLogStream',
      'logs:PutLogEvents',
      's3:GetBucketLocation',
      's3:ListAllMyBuckets',
      's3:PutObject',
    ],
  },
  {
    policy: 'DefaultGroupRolePolicy',
    purpose: 'State Manager empties the default security group.',
    actions: [
      'ec2:DescribeSecurityGroups',
      'ec2:RevokeSecurityGroupEgress',
      'ec2:RevokeSecurityGroupIngress',
      'ssm:GetAutomationExecution',
      'ssm:StartAutomationExecution',
    ],
  },
  {
    policy: 'ExecutionRolePolicy',
    purpose: 'Starts the service: pulls its image, writes its output, reads the secret of a sidecar.',
    actions: [...pullImage, ...writeLogs, 'secretsmanager:GetSecretValue'],
  },
  {
    policy: 'MigrateExecutionRolePolicy',
    purpose: 'Starts the migration: as above, and the master password of the database.',
    actions: [...pullImage, ...writeLogs, 'kms:Decrypt', 'secretsmanager:GetSecretValue'],
  },
  {
    policy: 'ExpireExecutionRolePolicy',
    purpose: 'Starts the expiry: pulls its image, writes its output.',
    actions: [...pullImage, ...writeLogs],
  },
  {
    policy: 'RestoreExecutionRolePolicy',
    purpose: "Starts the trail's restoration: pulls its image, writes its output.",
    actions: [...pullImage, ...writeLogs],
  },
  {
    policy: 'DeployRolePolicy',
    purpose:
      "A pipeline: pushes the image, writes the digest, has CloudFormation bring it, runs the migration, takes CDK's roles.",
    actions: [
      'acm:DescribeCertificate',
      'application-autoscaling:DescribeScalableTargets',
      'backup:DescribeRegionSettings',
      'cloudtrail:DescribeTrails',
      'cloudformation:CancelUpdateStack',
      'cloudformation:DescribeStackEvents',
      'cloudformation:DescribeStackResources',
      'cloudformation:DescribeStacks',
      'cloudformation:GetTemplate',
      'cloudformation:ListStackResources',
      'cloudformation:UpdateStack',
      'cloudwatch:DescribeAlarms',
      'config:DescribeConfigurationRecorders',
      'ecr:BatchCheckLayerAvailability',
      'ecr:BatchGetImage',
      'ecr:CompleteLayerUpload',
      'ecr:DescribeImageScanFindings',
      'ecr:DescribeImages',
      'ecr:DescribeRepositories',
      'ecr:GetAuthorizationToken',
      'ecr:GetDownloadUrlForLayer',
      'ecr:InitiateLayerUpload',
      'ecr:PutImage',
      'ecr:StartImageScan',
      'ecr:UploadLayerPart',
      'ecs:DescribeServiceDeployments',
      'ecs:DescribeServices',
      'ecs:DescribeTaskDefinition',
      'ecs:DescribeTasks',
      'ecs:ListServiceDeployments',
      'ecs:ListTasks',
      'ecs:RunTask',
      'ecs:StopTask',
      'ecs:UpdateService',
      'elasticloadbalancing:DescribeLoadBalancerAttributes',
      'elasticloadbalancing:DescribeRules',
      'elasticloadbalancing:DescribeTargetHealth',
      'guardduty:ListDetectors',
      'iam:ListOpenIDConnectProviders',
      'iam:GetRole',
      'iam:PassRole',
      'logs:DescribeLogGroups',
      'logs:GetLogEvents',
      'ssm:DeleteParameter',
      'ssm:GetParameter',
      'ssm:GetParameterHistory',
      'ssm:GetParameters',
      'ssm:PutParameter',
      'sts:AssumeRole',
    ],
  },
  {
    policy: 'AuroraMonitoringRolePolicy',
    purpose: 'RDS writes enhanced monitoring to its log group.',
    actions: [
      'logs:CreateLogGroup',
      'logs:CreateLogStream',
      'logs:DescribeLogStreams',
      'logs:GetLogEvents',
      'logs:PutLogEvents',
      'logs:PutRetentionPolicy',
    ],
  },
  {
    policy: 'TrailLogsRolePolicy',
    purpose: 'CloudTrail writes to its log group.',
    actions: writeLogs,
  },
  {
    policy: 'FlowLogRolePolicy',
    purpose: 'VPC flow logs write to their log group.',
    actions: ['logs:CreateLogStream', 'logs:DescribeLogStreams', 'logs:PutLogEvents'],
  },
  {
    policy: 'ConfigRolePolicy',
    purpose: 'AWS Config delivers what it records.',
    actions: ['s3:GetBucketAcl', 's3:PutObject'],
  },
];
