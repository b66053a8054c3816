/** A finding that was accepted in review. A template may repeat it; it cannot add to it. */
export interface ReviewedAcknowledgement {
  /** Rule with its finding in brackets, as cdk-nag prints it. */
  readonly rule: RegExp;
  readonly type: string;

  /** The resource, by logical id. */
  readonly resource: RegExp;

  /**
   * Counts only in a stage whose data is destroyed with its stacks.
   * @default false
   */
  readonly disposable?: true;
}

const packs = '(HIPAA\\.Security|NIST\\.800\\.53\\.R5|PCI\\.DSS\\.321)';

const compliance = (rule: string): RegExp => new RegExp(`^${packs}-${rule}$`);
const solutions = (rule: string, finding = ''): RegExp => new RegExp(`^AwsSolutions-${rule}${finding}$`);

/** A wildcard in a managed policy of one role, by how the resource ends. */
const wildcard = (ending: string): RegExp => solutions('IAM5', `\\[Resource::${ending}\\]`);

const managed = (name: string): RegExp => solutions('IAM4', `\\[Policy::[^\\]]*:iam::aws:policy/${name}\\]`);

/**
 * The findings of the public packs that were reviewed and accepted, each on the resources that have it; the reasons are
 * where the resources are made. An acknowledgement that is not here does not count.
 */
export const reviewedAcknowledgements: readonly ReviewedAcknowledgement[] = [
  // What is to be destroyed is not protected against it.
  {
    rule: compliance('ELBDeletionProtectionEnabled'),
    type: 'AWS::ElasticLoadBalancingV2::LoadBalancer',
    resource: /^(Internal)?Edge/,
    disposable: true,
  },
  {
    rule: compliance('RDSInstanceDeletionProtectionEnabled'),
    type: 'AWS::RDS::DBCluster',
    resource: /^AuroraCluster/,
    disposable: true,
  },
  { rule: solutions('RDS10'), type: 'AWS::RDS::DBCluster', resource: /^AuroraCluster/, disposable: true },
  // Load balancers and S3 deliver logs to SSE-S3 buckets only; replication needs a second bucket to exist first.
  { rule: compliance('S3DefaultEncryptionKMS'), type: 'AWS::S3::Bucket', resource: /^AccessLogs/ },
  { rule: compliance('S3BucketReplicationEnabled'), type: 'AWS::S3::Bucket', resource: /^(AccessLogs|AuditBucket)/ },
  // The key-set function exists because the VPC has no way out; a failed run is repeated and watched.
  { rule: compliance('LambdaInsideVPC'), type: 'AWS::Lambda::Function', resource: /^KeySets/ },
  { rule: compliance('LambdaDLQ'), type: 'AWS::Lambda::Function', resource: /^KeySets/ },
  { rule: compliance('LambdaConcurrency'), type: 'AWS::Lambda::Function', resource: /^KeySets/ },
  // AWS Backup selects clusters; the rule looks for instances.
  { rule: compliance('RDSInBackupPlan'), type: 'AWS::RDS::DBInstance', resource: /^AuroraCluster(Writer|Reader)/ },
  // Closed by State Manager; the rule knows CDK's custom resource alone.
  { rule: compliance('VPCDefaultSecurityGroupClosed'), type: 'AWS::EC2::VPC', resource: /^Vpc/ },
  // A load balancer on the internet, or a NAT gateway, needs the route: in public subnets alone.
  {
    rule: compliance('VPCNoUnrestrictedRouteToIGW'),
    type: 'AWS::EC2::Route',
    resource: /^VpcpublicSubnet\dDefaultRoute/,
  },
  // The listener on port 80 redirects, and needs no certificate for it.
  {
    rule: compliance('ELBv2ACMCertificateRequired'),
    type: 'AWS::ElasticLoadBalancingV2::Listener',
    resource: /^(Internal)?EdgeHttp[0-9A-F]{8}$/,
  },
  { rule: solutions('EC23'), type: 'AWS::EC2::SecurityGroup', resource: /^GroupsLoadBalancer/ },
  // Names and addresses; container-secrets checks them.
  { rule: solutions('ECS2'), type: 'AWS::ECS::TaskDefinition', resource: /^(Task|Migrate|Expire|Restore)/ },
  // Policies that AWS maintains for its own services.
  { rule: managed('service-role/AWS_ConfigRole'), type: 'AWS::IAM::Role', resource: /^ConfigRole/ },
  {
    rule: managed('service-role/AWSBackupServiceRolePolicyFor(Backup|Restores)'),
    type: 'AWS::IAM::Role',
    resource: /^BackupsRole/,
  },
  {
    rule: managed('AmazonECSInfrastructureRolePolicyForLoadBalancers'),
    type: 'AWS::IAM::Role',
    resource: /^ApiTrafficRole/,
  },
  // Wildcards within a named resource; `*` alone only for actions that take no resource (iam-no-wildcard-resource).
  ...Object.entries({
    TaskRolePolicy: '[^*]*/audit/\\*',
    ConfigRolePolicy: '[^*]*/config/AWSLogs/[^*]*/\\*',
    CanaryRolePolicy: '(\\*|[^*]*/canary/\\*|[^*]*:log-group:/aws/lambda/cwsyn-[\\w-]+-\\*)',
    AuditorRolePolicy: '(\\*|[^*]*/\\*)',
    ExecutionRolePolicy: '\\*',
    MigrateExecutionRolePolicy: '\\*',
    ExpireExecutionRolePolicy: '\\*',
    RestoreRolePolicy: '[^*]*/audit/(checkpoints|segments)/\\*',
    RestoreExecutionRolePolicy: '\\*',
    AuroraMonitoringRolePolicy: '[^*]*:log-group:RDSOSMetrics:log-stream:\\*',
    DefaultGroupRolePolicy:
      '(\\*|[^*]*:automation-execution/\\*|[^*]*:automation-definition/AWSConfigRemediation-RemoveVPCDefaultSecurityGroupRules:\\*)',
    WatchRolePolicy: '[^*]*/audit/\\*',
    DeployRolePolicy: `(\\*|[^*]*:(${[
      'task-definition/[\\w-]+-migrate:\\*',
      'task/[\\w-]+/\\*',
      'service-deployment/[\\w-]+/[\\w-]+/\\*',
      'stack/healthcare-ai-account/\\*',
      'stack/healthcare-ai-[\\w-]+-(tasks|service|\\*)/\\*',
      'log-group:/healthcare-ai/[\\w-]+/(migrate|service):log-stream:\\*',
      'alarm:healthcare-ai-[\\w-]+-\\*',
      'role/aws-service-role/\\*',
    ].join('|')}))`,
  }).map(([policy, ending]) => ({
    rule: wildcard(ending),
    type: 'AWS::IAM::ManagedPolicy',
    resource: new RegExp(`^${policy}[0-9A-F]{8}$`),
  })),
];
