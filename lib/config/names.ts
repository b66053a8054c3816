/** Stack of what an account can have only once: one of the stages that share an account makes it. */
export const ACCOUNT_STACK = 'healthcare-ai-account';

/**
 * Names that are fixed because others must know them without the stack: an operator, a
 * pipeline, another stack that would otherwise depend on this one, or AWS itself (RDS and WAF prescribe theirs).
 */
export function namesOf(stage: string, region: string) {
  const base = `healthcare-ai-${stage}`;
  // Roles, trails, dashboards and budgets have one namespace for all regions of an account.
  const global = `${base}-${region}`;
  const logs = `/healthcare-ai/${stage}`;
  return {
    base,
    /** `Service` dimension of the service's own metrics. */
    metricService: 'healthcare-ai',
    /** SSM parameter that holds the digest of the image: written by deploy, rollout and rollback, read by the template. */
    imageDigestParameter: `/healthcare-ai/${stage}/image-digest`,
    /** SSM parameter that exists while the image of the stage is being changed: `npm run ops` and `npm run deploy`. */
    changeParameter: `/healthcare-ai/${stage}/change`,
    /** Event that `doctor --live` sends: a rule forwards it to the alarm topic, so that delivery is proven end to end. */
    deliveryTest: { source: 'healthcare-ai.doctor', detailType: 'Delivery test' },
    repository: base,
    cluster: base,
    service: base,
    serviceFamily: `${base}-service`,
    migrateFamily: `${base}-migrate`,
    expireFamily: `${base}-expire`,
    restoreFamily: `${base}-restore`,
    databaseCluster: base,
    databaseName: 'healthcare_ai',
    databaseRole: 'healthcare_ai',
    /** Ends what is past its retention in the audit trail. */
    retentionRole: 'healthcare_ai_retention',
    databaseOwner: 'healthcare_ai_owner',
    trail: global,
    dashboard: global,
    budget: global,
    roles: {
      serviceTask: `${global}-service-task`,
      serviceExecution: `${global}-service-execution`,
      migrateTask: `${global}-migrate-task`,
      migrateExecution: `${global}-migrate-execution`,
      expireTask: `${global}-expire-task`,
      expireExecution: `${global}-expire-execution`,
      restoreTask: `${global}-restore-task`,
      restoreExecution: `${global}-restore-execution`,
      auditor: `${global}-auditor`,
      deploy: `${global}-deploy`,
      watch: `${global}-watch`,
    },
    keySetFunction: `${base}-key-sets`,
    canary: `${base}-up`.slice(0, 21),
    backupCopyVault: `${base}-copy`,
    logGroups: {
      service: `${logs}/service`,
      migrate: `${logs}/migrate`,
      audit: `${logs}/audit`,
      trail: `${logs}/trail`,
      keySets: `${logs}/key-sets`,
      flow: `${logs}/flow`,
      taskEvents: `${logs}/task-events`,
      /** AWS WAF takes no other beginning. */
      waf: `aws-waf-logs-${base}`,
      database: `/aws/rds/cluster/${base}/postgresql`,
      containerInsights: `/aws/ecs/containerinsights/${base}/performance`,
    },
  } as const;
}

export type Names = ReturnType<typeof namesOf>;

/** Names of the containers of the tasks: the one that serves, and those of the one-off tasks. */
export const SERVICE_CONTAINER = 'service';

export const MIGRATE_CONTAINER = 'migrate';
export const EXPIRE_CONTAINER = 'expire';
export const RESTORE_CONTAINER = 'restore';
