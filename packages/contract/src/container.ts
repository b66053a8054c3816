/** Commands of a container: node is the image's entry point, the working directory is /app. */
export const container = {
  node: '/nodejs/bin/node',
  serve: ['dist/main.cjs'],
  migrate: ['dist/main.cjs', 'migrate'],
  keys: ['dist/main.cjs', 'keys'],
  expireAudit: ['dist/main.cjs', 'expire-audit'],
  restoreAudit: ['dist/main.cjs', 'audit', 'restore', '--cloudwatch'],
  switchForm: ['dist/main.cjs', 'audit', 'switch-format'],
  /** Analyses what others queued: a deployment may scale it on its own. */
  analyzeWorker: ['dist/main.cjs', 'analyze-worker'],
  healthCheck: ['/nodejs/bin/node', 'dist/main.cjs', 'healthcheck'],
  /** The authorities of RDS, for `DATABASE_CA_FILE`. */
  databaseAuthorities: '/app/rds-ca.pem',
} as const;

/** Numeric, so that Kubernetes' `runAsNonRoot` can check it. */
export const user = { uid: 10001, gid: 10001 } as const;
