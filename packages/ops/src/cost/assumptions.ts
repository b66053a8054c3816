/** What no template says, each a month unless it says otherwise. `--assume requests=5000000` sets another. */
export const assumptions = {
  hours: { value: 730, means: 'hours of a month: 365 days of 24 hours, by 12' },
  requests: { value: 1_000_000, means: 'requests to the API' },
  answerKilobytes: { value: 2, means: 'bytes of one answer, in thousands' },
  lcu: {
    value: 1,
    means: 'load balancer capacity units, on average; one is 25 new connections a second or 1 GB an hour',
  },
  endpointGb: { value: 20, means: 'gigabytes through the VPC endpoints: logs, images, keys' },
  natGb: { value: 50, means: 'gigabytes through the NAT gateways, where a stage has them' },
  zoneGb: { value: 10, means: 'gigabytes that cross from one zone to another, counted on both sides' },
  deploys: { value: 20, means: 'deployments' },
  migrationMinutes: { value: 3, means: 'minutes that the migration task of a deployment runs' },
  expiries: { value: 1, means: 'runs of the task that says what is past its retention in the audit trail, or ends it' },
  expiryMinutes: { value: 60, means: 'minutes of such a run: it verifies the whole stored trail' },
  imageGb: { value: 5, means: 'gigabytes of images in the registry' },
  databaseGb: { value: 50, means: 'gigabytes of the database' },
  databaseReadsWrites: { value: 20, means: 'reads and writes of storage for one request' },
  backupGb: { value: 100, means: 'gigabytes of backups beyond the free ones, in one region' },
  restoreTests: { value: 4, means: 'restores that AWS Backup tests' },
  restoreTestHours: { value: 2, means: 'hours that a restored cluster lives; its capacity is counted at the least' },
  dataKeys: { value: 100_000, means: 'requests that wrap, unwrap or make a data key, those of AWS services included' },
  checkpointMinutes: { value: 1, means: 'minutes between two signed checkpoints of the audit trail' },
  serviceLogBytes: { value: 700, means: 'bytes of log that one request makes' },
  auditEventBytes: { value: 900, means: 'bytes of one audit event; a request makes one' },
  databaseLogGb: { value: 1, means: 'gigabytes of the log of PostgreSQL' },
  databaseHostLogGb: { value: 0.5, means: 'gigabytes of enhanced monitoring of one database instance' },
  flowLogGb: { value: 5, means: 'gigabytes of flow log' },
  wafLogBytes: { value: 1_500, means: 'bytes of WAF log that one request makes' },
  trailLogGb: { value: 1, means: 'gigabytes of CloudTrail in its log group' },
  insightsLogGb: { value: 1, means: 'gigabytes of Container Insights for one task' },
  smallLogGb: { value: 0.1, means: 'gigabytes of a log group that is written now and then' },
  logMonths: { value: 12, means: 'months of logs that have gathered, or the retention where that is shorter' },
  logCompression: { value: 0.15, means: 'share of its size that a stored log takes' },
  queryGb: { value: 50, means: 'gigabytes that queries of the logs read' },
  serviceMetrics: { value: 23, means: 'metrics that the service writes into its log: docs/metrics.md' },
  insightsMetrics: { value: 80, means: 'metrics that Container Insights makes of a cluster with one service' },
  canarySeconds: { value: 5, means: 'seconds that a run of the canary takes' },
  canaryGb: { value: 1, means: 'gigabytes of memory of a run of the canary, where its template names none' },
  accessLogGb: { value: 2, means: 'gigabytes of access logs in their bucket' },
  auditBucketGb: {
    value: 10,
    means: 'gigabytes of audit events and CloudTrail in their bucket that are younger than the move to Glacier',
  },
  auditArchiveGb: { value: 50, means: 'gigabytes of it that have moved to Glacier Instant Retrieval' },
  bucketWrites: { value: 100_000, means: 'objects written to a bucket' },
  bucketReads: { value: 50_000, means: 'objects read from a bucket' },
  dataEvents: { value: 100_000, means: 'data events that CloudTrail records' },
  managementEvents: { value: 500_000, means: 'management events that GuardDuty looks at' },
  guardDutyGb: { value: 5, means: 'gigabytes of flow and DNS logs that GuardDuty looks at' },
  guardDutyDataEvents: { value: 500_000, means: 'S3 data events that GuardDuty looks at' },
  configItems: { value: 500, means: 'changes of configuration that AWS Config records' },
  configEvaluations: { value: 100, means: 'evaluations of one rule of AWS Config' },
  mails: { value: 200, means: 'mails to one address' },
  automationSteps: { value: 5, means: 'steps of one run of a State Manager runbook' },
} as const satisfies Record<string, { readonly value: number; readonly means: string }>;

export type AssumptionName = keyof typeof assumptions;
export type Assumptions = Readonly<Record<AssumptionName, number>>;

/** The assumptions with some replaced. @throws TypeError for a name or a value that cannot be */
export function assume(replaced: Readonly<Record<string, string>> = {}): Assumptions {
  const values: Record<string, number> = Object.fromEntries(
    Object.entries(assumptions).map(([name, { value }]) => [name, value]),
  );
  for (const [name, text] of Object.entries(replaced)) {
    const value = Number(text);
    if (!(name in values))
      throw new TypeError(`--assume ${name}: there is no such assumption; docs/cost.md lists them`);
    if (text.trim() === '' || !Number.isFinite(value) || value < 0) {
      throw new TypeError(`--assume ${name}=${text}: use a number from 0`);
    }
    values[name] = value;
  }
  return values as Assumptions;
}
