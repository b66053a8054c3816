/** What a metric can be. https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/aws-services-cloudwatch-metrics.html */
export interface MetricFacts {
  /** Statistics that mean something for it. */
  readonly statistics: RegExp;

  /** Highest value that it can take, or that an alarm may wait for. */
  readonly most: number;

  /** Dimensions that have to be given, exactly; one of these sets. */
  readonly dimensions: readonly (readonly string[])[];
}

const count = /^(Sum)$/;
const gauge = /^(Average|Maximum|Minimum|p\d{2}(\.\d+)?)$/;
const infinite = Number.POSITIVE_INFINITY;

const balancer = [
  ['LoadBalancer'],
  ['LoadBalancer', 'TargetGroup'],
  ['AvailabilityZone', 'LoadBalancer', 'TargetGroup'],
  ['AvailabilityZone', 'LoadBalancer'],
];
const service = [['ClusterName', 'ServiceName']];
const database = [['DBClusterIdentifier'], ['DBInstanceIdentifier'], ['DBClusterIdentifier', 'Role']];
const waf = [
  ['Region', 'Rule', 'WebACL'],
  ['Rule', 'WebACL'],
  ['Region', 'RuleGroup', 'WebACL'],
];

const counts = (dimensions: readonly (readonly string[])[], most = infinite): MetricFacts => ({
  statistics: count,
  most,
  dimensions,
});
const gauges = (dimensions: readonly (readonly string[])[], most = infinite): MetricFacts => ({
  statistics: gauge,
  most,
  dimensions,
});

/** Metrics of AWS that an alarm may look at, by namespace and name. */
export const awsMetrics: { readonly [namespace: string]: { readonly [name: string]: MetricFacts } } = {
  'AWS/ApplicationELB': {
    HTTPCode_Target_5XX_Count: counts(balancer, 1000),
    HTTPCode_ELB_5XX_Count: counts(balancer, 1000),
    HTTPCode_Target_4XX_Count: counts(balancer),
    HTTPCode_ELB_4XX_Count: counts(balancer),
    RequestCount: counts(balancer),
    RejectedConnectionCount: counts(balancer),
    TargetConnectionErrorCount: counts(balancer),
    TargetTLSNegotiationErrorCount: counts(balancer),
    ClientTLSNegotiationErrorCount: counts(balancer),
    TargetResponseTime: gauges(balancer, 60),
    UnHealthyHostCount: gauges(balancer, 10),
    HealthyHostCount: gauges(balancer, 1000),
  },
  'AWS/Lambda': { Errors: counts([['FunctionName']], 100) },
  'AWS/ECS': { CPUUtilization: gauges(service, 100), MemoryUtilization: gauges(service, 100) },
  'ECS/ContainerInsights': {
    RunningTaskCount: gauges([...service, ['ClusterName']]),
    PendingTaskCount: gauges([...service, ['ClusterName']]),
    DesiredTaskCount: gauges([...service, ['ClusterName']]),
    DeploymentCount: gauges(service),
    RestartCount: {
      statistics: /^(Sum|Maximum|Average)$/,
      most: infinite,
      dimensions: [
        ...service,
        ['ClusterName', 'TaskDefinitionFamily'],
        ['ClusterName', 'ContainerName', 'ServiceName'],
      ],
    },
  },
  'AWS/RDS': {
    CPUUtilization: gauges(database, 100),
    ACUUtilization: gauges(database, 100),
    ServerlessDatabaseCapacity: gauges(database, 256),
    DatabaseConnections: gauges(database, 16_384),
    FreeableMemory: gauges(database),
    FreeLocalStorage: gauges(database),
    VolumeBytesUsed: gauges(database),
    Deadlocks: gauges(database),
    AuroraReplicaLag: gauges(database),
    CommitLatency: gauges(database),
    MaximumUsedTransactionIDs: gauges(database, 2_147_483_648),
  },
  'AWS/WAFV2': { BlockedRequests: counts(waf, 1_000_000), AllowedRequests: counts(waf), CountedRequests: counts(waf) },
  CloudWatchSynthetics: {
    SuccessPercent: gauges([['CanaryName']], 100),
    Failed: counts([['CanaryName']], 10),
    Duration: gauges([['CanaryName']]),
  },
  'AWS/Backup': {
    NumberOfBackupJobsFailed: counts([['ResourceType'], ['BackupVaultName'], ['BackupVaultName', 'ResourceType'], []]),
    NumberOfBackupJobsCompleted: counts([
      ['ResourceType'],
      ['BackupVaultName'],
      ['BackupVaultName', 'ResourceType'],
      [],
    ]),
    NumberOfRestoreJobsFailed: counts([['ResourceType'], []]),
    NumberOfCopyJobsFailed: counts([['ResourceType'], ['BackupVaultName'], []]),
  },
  'AWS/Events': {
    FailedInvocations: counts([['RuleName'], []]),
    MatchedEvents: counts([['RuleName']]),
    TriggeredRules: counts([['RuleName']]),
  },
  'AWS/SNS': { NumberOfNotificationsFailed: counts([['TopicName']]) },
  'AWS/NATGateway': { ErrorPortAllocation: counts([['NatGatewayId']]) },
  'AWS/Logs': { LogEventsWithFindings: counts([['DataProtectionOperation', 'LogGroupName'], ['LogGroupName']]) },
};
