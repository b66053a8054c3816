import { absent, changed, type Draft, mutation, removed, removedAll } from '../draft.ts';

const ROLE = 'AWS::IAM::ManagedPolicy';
const TASK = 'AWS::ECS::TaskDefinition';
const SERVICE = 'AWS::ECS::Service';
const ACL = 'AWS::WAFv2::WebACL';
const PLAN = 'AWS::Backup::BackupPlan';
const VAULT = 'AWS::Backup::BackupVault';
const TOPIC_POLICY = 'AWS::SNS::TopicPolicy';
const foreign = 'arn:aws:iam::999999999999:thing/x';
const rule0 = 'BackupPlan.BackupPlanRule.0';

const unnamed = (draft: Draft, name: string): void => {
  const [container] = draft.resource(TASK, /^Task/).Properties.ContainerDefinitions as {
    Environment: { Name: string }[];
  }[];
  container!.Environment = container!.Environment.filter((item) => item.Name !== name);
};

/** Faults of what joins one resource to another, found by changing every property of production in turn. */
export const wiring = [
  ...(
    [
      ['AWS::EC2::Subnet', 'VpcId'],
      ['AWS::EC2::SecurityGroupEgress', 'DestinationSecurityGroupId'],
      ['AWS::EC2::VPCEndpoint', 'SecurityGroupIds.0'],
      ['AWS::ElasticLoadBalancingV2::LoadBalancer', 'Subnets.0'],
      ['AWS::RDS::DBSubnetGroup', 'SubnetIds.0'],
      ['AWS::Backup::BackupSelection', 'BackupSelection.IamRoleArn'],
      ['AWS::Backup::RestoreTestingSelection', 'ProtectedResourceArns.0'],
      ['AWS::Config::DeliveryChannel', 'S3BucketName'],
      ['AWS::CloudWatch::Alarm', 'OKActions.0'],
      ['AWS::Synthetics::Canary', 'ExecutionRoleArn'],
      ['AWS::SSM::Association', 'Parameters.AutomationAssumeRole.0'],
      [ROLE, 'Roles.0'],
      [SERVICE, 'LoadBalancers.0.AdvancedConfiguration.ProductionListenerRule'],
    ] as const
  ).map(([type, path]) =>
    changed(`${type.replace('AWS::', '')} ${path} of somebody else`, 'wired', type, path, foreign),
  ),
  changed('policy without statements', 'iam-complete', ROLE, 'PolicyDocument.Statement', []),
  mutation('principal that is no service', 'iam-complete', (d) => {
    d.statement('AWS::KMS::Key', 'KeyPolicy', /cloudwatch\.amazonaws/, /^KeysTopics/).Principal = {
      Service: 'cloudwatch.amazon.com',
    };
  }),
  mutation('refusal of nobody', 'iam-complete', (d) => {
    delete d.statement('AWS::S3::BucketPolicy', 'PolicyDocument', /SecureTransport/).Principal;
  }),
  mutation('service may write to a bucket for any account', 'iam-service-tied', (d) => {
    delete d.statement('AWS::S3::BucketPolicy', 'PolicyDocument', /cloudtrail\.amazonaws/, /^AuditBucket/).Condition;
  }),
  mutation('service may write to a bucket for another account', 'iam-service-tied', (d) => {
    d.statement('AWS::S3::BucketPolicy', 'PolicyDocument', /config\.amazonaws/, /^AccessLogs/).Condition = {
      StringEquals: { 'aws:SourceAccount': '999999999999' },
    };
  }),
  mutation('TLS 1.1 to a bucket', 'bucket-tls-only', (d) => {
    d.statement('AWS::S3::BucketPolicy', 'PolicyDocument', /TlsVersion/).Condition = {
      NumericLessThan: { 's3:TlsVersion': 1.1 },
    };
  }),
  mutation('data key for any stage', 'kms-task-context', (d) => {
    delete d.statement(ROLE, 'PolicyDocument', /EncryptionContext:stage/, /^TaskRolePolicy/).Condition;
  }),
  mutation('data key for any purpose', 'kms-task-context', (d) => {
    const statement = d.statement(ROLE, 'PolicyDocument', /EncryptionContext:purpose/, /^TaskRolePolicy/);
    statement.Condition = JSON.parse(JSON.stringify(statement.Condition).replace('"false"', '"true"'));
  }),
  changed('role session of twelve hours', 'iam-trust', 'AWS::IAM::Role', 'MaxSessionDuration', 43_200, /^AuditorRole/),
  removed('half of a pair of security group rules', 'sg-paired', 'AWS::EC2::SecurityGroupEgress', /^GroupsServiceto/),
  mutation('tasks cut off from the database', 'reachable', (d) => {
    d.remove('AWS::EC2::SecurityGroupIngress', /^GroupsDatabasefrom\w*GroupsService/);
    d.remove('AWS::EC2::SecurityGroupEgress', /^GroupsServiceto\w*GroupsDatabase/);
  }),
  removed('load balancer cut off from the tasks', 'reachable', 'AWS::EC2::SecurityGroupIngress', /^GroupsServicefrom/),
  removed('endpoint of KMS removed', 'endpoints-complete', 'AWS::EC2::VPCEndpoint', /Kms/),
  changed('VPC without DNS', 'endpoints-complete', 'AWS::EC2::VPC', 'EnableDnsSupport', false),
  mutation('endpoint for another account', 'endpoint-policy', (d) => {
    d.statement('AWS::EC2::VPCEndpoint', 'PolicyDocument', /PrincipalAccount/, /Kms/).Condition = {
      StringEquals: { 'aws:PrincipalAccount': '999999999999' },
    };
  }),
  mutation('endpoint service of a stranger', 'endpoint-policy', (d) =>
    d.set('AWS::EC2::VPCEndpoint', 'ServiceName', 'com.amazonaws-vpce.evil', /Kms/),
  ),
  absent('failed backups reported to nobody', 'backup-notifies', VAULT, 'Notifications', /^BackupsVault/),
  mutation('failed backups not reported', 'backup-notifies', (d) =>
    d.set(VAULT, 'Notifications.BackupVaultEvents', ['RESTORE_JOB_COMPLETED'], /^BackupsVault/),
  ),
  mutation('no copy in another region', 'backup-copied', (d) => {
    for (const rule of (d.resource(PLAN).Properties.BackupPlan as { BackupPlanRule: Record<string, unknown>[] })
      .BackupPlanRule)
      delete rule.CopyActions;
  }),
  mutation('copies to a foreign vault', 'backup-copied', (d) =>
    d.set(
      PLAN,
      `${rule0}.CopyActions.0.DestinationBackupVaultArn`,
      'arn:aws:backup:us-west-2:999999999999:backup-vault:x',
    ),
  ),
  mutation('backups kept longer than the lock takes, so that none is made', 'backup-copied', (d) =>
    d.set(PLAN, `${rule0}.Lifecycle.DeleteAfterDays`, 4000),
  ),
  changed('copies deleted at once', 'backup-copied', PLAN, `${rule0}.CopyActions.0.Lifecycle.DeleteAfterDays`, 1),
  mutation('vault lock that can be lifted', 'backup-vault', (d) =>
    d.unset(VAULT, 'LockConfiguration.ChangeableForDays', /^BackupsVault/),
  ),
  absent('recovery points may be deleted', 'backup-vault', VAULT, 'AccessPolicy', /^BackupsVault/),
  mutation('restore rehearsed never (impossible schedule)', 'restore-testing', (d) =>
    d.set('AWS::Backup::RestoreTestingPlan', 'ScheduleExpression', 'never'),
  ),
  mutation('audit log may be deleted', 'audit-log-protected', (d) =>
    d.set('AWS::Logs::LogGroup', 'DeletionProtectionEnabled', false, /^AuditEvents/),
  ),
  absent('database log not masked', 'log-group-masked', 'AWS::Logs::LogGroup', 'DataProtectionPolicy', /^Logs[0-9A-F]/),
  absent('trail does not watch the audit bucket', 'trail', 'AWS::CloudTrail::Trail', 'AdvancedEventSelectors.1'),
  mutation('audit objects lose old versions at once', 'bucket-lifecycle', (d) =>
    d.set(
      'AWS::S3::Bucket',
      'LifecycleConfiguration.Rules.0.NoncurrentVersionExpiration.NoncurrentDays',
      1,
      /^AuditBucket/,
    ),
  ),
  mutation('CloudWatch may not publish to the topic', 'topic-publishers', (d) => {
    const statement = d.statement(TOPIC_POLICY, 'PolicyDocument', /cloudwatch/);
    (statement.Principal as { Service: string[] }).Service = [
      'budgets.amazonaws.com',
      'events.amazonaws.com',
      'backup.amazonaws.com',
    ];
  }),
  absent('nobody may publish to the topic', 'topic-publishers', TOPIC_POLICY, 'PolicyDocument.Statement.1'),
  mutation('topic policy of another topic', 'sns-topic', (d) => {
    d.statement(TOPIC_POLICY, 'PolicyDocument', /SecureTransport/).Resource = 'arn:aws:sns:us-east-1:999999999999:x';
  }),
  changed('subscription of nobody', 'sns-topic', 'AWS::SNS::Subscription', 'Endpoint', 'nobody'),
  ...(
    [
      ['failed tasks', /FailedTasks/],
      ['failed deployments', /FailedDeployments/],
      ['threats', /Threats/],
      ['failovers', /DatabaseEvents/],
    ] as const
  ).map(([what, which]) => removedAll(`event rule on ${what} removed`, 'events-complete', 'AWS::Events::Rule', which)),
  mutation('event rule on another source', 'events-complete', (d) =>
    d.set('AWS::Events::Rule', 'EventPattern.source', ['aws.ec2'], /Threats/),
  ),
  absent('GuardDuty without a feature', 'guardduty', 'AWS::GuardDuty::Detector', 'Features.0'),
  mutation('alarm at a thousand times its threshold', 'alarm-can-fire', (d) =>
    d.set('AWS::CloudWatch::Alarm', 'Threshold', 5000, /ServiceEdgeErrors/),
  ),
  mutation('trail alarm at a thousand events', 'alarm-can-fire', (d) =>
    d.set('AWS::CloudWatch::Alarm', 'Threshold', 1001, /^Trailrootuse[0-9A-F]/),
  ),
  mutation('clinical notes refused by the WAF', 'waf-exceptions', (d) => {
    for (const rule of d.resource(ACL).Properties.Rules as {
      Statement: { ManagedRuleGroupStatement?: Record<string, unknown> };
    }[]) {
      delete rule.Statement.ManagedRuleGroupStatement?.RuleActionOverrides;
    }
  }),
  changed('WAF keeps samples of headers', 'waf-managed-groups', ACL, 'VisibilityConfig.SampledRequestsEnabled', true),
  mutation('own WAF rule without metrics', 'waf-managed-groups', (d) =>
    d.set(ACL, 'Rules.0.VisibilityConfig.CloudWatchMetricsEnabled', false),
  ),
  mutation('listener rule with no weight anywhere', 'alb-listener-action', (d) => {
    for (const index of [0, 1])
      d.set('AWS::ElasticLoadBalancingV2::ListenerRule', `Actions.0.ForwardConfig.TargetGroups.${index}.Weight`, 0);
  }),
  mutation('listener rule for one path', 'alb-listener-action', (d) =>
    d.set('AWS::ElasticLoadBalancingV2::ListenerRule', 'Conditions.0.PathPatternConfig.Values', ['/nothing']),
  ),
  mutation('load balancer without a scheme (the internet)', 'alb-attributes', (d) =>
    d.unset('AWS::ElasticLoadBalancingV2::LoadBalancer', 'Scheme'),
  ),
  mutation('canary deployment without its settings', 'service-deployment', (d) =>
    d.unset(SERVICE, 'DeploymentConfiguration.CanaryConfiguration'),
  ),
  mutation('rolling deployment with two target groups', 'service-deployment', (d) =>
    d.unset(SERVICE, 'DeploymentConfiguration.Strategy'),
  ),
  mutation('traffic to a container that is not there', 'container-ports', (d) =>
    d.set(SERVICE, 'LoadBalancers.0.ContainerName', 'nobody'),
  ),
  absent('container without a port', 'container-ports', TASK, 'ContainerDefinitions.0.PortMappings', /^Task/),
  ...['TLS', 'DATABASE_AUTH', 'DATABASE_TLS', 'KMS_KEY_ID', 'NODE_ENV'].map((name) =>
    mutation(`${name} left out`, 'container-environment', (d) => unnamed(d, name)),
  ),
  mutation('shell as the command', 'container-hardening', (d) =>
    d.set(TASK, 'ContainerDefinitions.0.Command', ['sh', '-c', 'x'], /^Migrate/),
  ),
  mutation('image resolved again at each start', 'container-hardening', (d) =>
    d.set(TASK, 'ContainerDefinitions.0.VersionConsistency', 'disabled', /^Task/),
  ),
  removedAll('one database instance in production', 'database-cluster', 'AWS::RDS::DBInstance', /Reader/),
  mutation('database that sleeps in production', 'database-cluster', (d) =>
    d.set('AWS::RDS::DBCluster', 'ServerlessV2ScalingConfiguration.MinCapacity', 0),
  ),
  mutation('backups deleted with the cluster', 'database-cluster', (d) =>
    d.set('AWS::RDS::DBCluster', 'DeleteAutomatedBackups', true),
  ),
  mutation('parameters of statements in the database log', 'database-tls', (d) =>
    d.unset('AWS::RDS::DBClusterParameterGroup', 'Parameters.log_parameter_max_length'),
  ),
  changed('signing key that encrypts', 'kms-enabled', 'AWS::KMS::Key', 'KeyUsage', 'ENCRYPT_DECRYPT', /^KeysSigning/),
  absent('old images never expire', 'ecr-repository', 'AWS::ECR::Repository', 'LifecyclePolicy'),
  mutation('endpoint of S3 reaches buckets of any account', 'endpoint-policy', (d) => {
    delete (
      d.statement('AWS::EC2::VPCEndpoint', 'PolicyDocument', /ResourceAccount/, /S3/).Condition as {
        StringEquals: Record<string, unknown>;
      }
    ).StringEquals['aws:ResourceAccount'];
  }),
  removed('load balancer without a route to the internet', 'subnet-isolated', 'AWS::EC2::Route'),
  mutation('443 closed', 'reachable', (d) =>
    d.unset('AWS::EC2::SecurityGroup', 'SecurityGroupIngress.0', /^GroupsLoadBalancer[0-9A-F]{8}$/),
  ),
  absent('default security group closed once', 'default-group-closed', 'AWS::SSM::Association', 'ScheduleExpression'),
  mutation('migration may decrypt anything', 'kms-task-context', (d) => {
    delete d.statement(ROLE, 'PolicyDocument', /kms:ViaService/, /^MigrateExecutionRolePolicy/).Condition;
  }),
  mutation('migration without TLS to the database', 'container-environment', (d) =>
    d.unset(TASK, 'ContainerDefinitions.0.Environment', /^Migrate/),
  ),
  mutation('migration task that runs the service', 'container-hardening', (d) =>
    d.unset(TASK, 'ContainerDefinitions.0.Command', /^Migrate/),
  ),
  mutation('canary that calls nothing', 'canary', (d) =>
    d.set('AWS::Synthetics::Canary', 'Code.Script', 'exports.handler = async () => {};'),
  ),
  mutation('capacity of another kind', 'service-network', (d) =>
    d.set('AWS::ECS::ClusterCapacityProviderAssociations', 'CapacityProviders', ['my-ec2']),
  ),
  absent('daily backups not copied', 'backup-copied', PLAN, `${rule0}.CopyActions`),
  mutation('alarm that fires after a day', 'alarm-can-fire', (d) =>
    d.set('AWS::CloudWatch::Alarm', 'Period', 86_400, /ServiceEdgeErrors/),
  ),
  mutation('alarm on another web ACL', 'alarm-metric-exists', (d) =>
    d.set('AWS::CloudWatch::Alarm', 'Dimensions.2.Value', 'x', /ServiceWafBlocks/),
  ),
  mutation('alarm on the metrics of another stage', 'alarm-metric-exists', (d) =>
    d.set('AWS::CloudWatch::Alarm', 'Dimensions.1.Value', 'dev', /ServiceAuditLag/),
  ),
  changed('WAF that refuses everything', 'waf-managed-groups', ACL, 'DefaultAction', { Block: {} }),
  mutation('image digest of another stage', 'parameters', (d) => {
    const parameters = d.template(SERVICE).Parameters as Record<string, { Default: string }>;
    parameters.ImageDigest!.Default = '/healthcare-ai/dev/image-digest';
  }),
  mutation('data key of somebody else', 'container-environment', (d) => {
    const [first] = d.resource(TASK, /^Task/).Properties.ContainerDefinitions as {
      Environment: { Name: string; Value: unknown }[];
    }[];
    first!.Environment.find(({ Name }) => Name === 'KMS_KEY_ID')!.Value = 'arn:aws:kms:us-east-1:999999999999:key/x';
  }),
  mutation('database of somebody else', 'container-environment', (d) => {
    const [first] = d.resource(TASK, /^Task/).Properties.ContainerDefinitions as {
      Environment: { Name: string; Value: unknown }[];
    }[];
    first!.Environment.find(({ Name }) => Name === 'DATABASE_URL')!.Value = 'postgresql://app@evil.example:5432/x';
  }),
];
