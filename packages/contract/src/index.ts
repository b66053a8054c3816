/**
 * The facts on which the service and every deployment of it must agree.
 *
 * The templates of `lib/` import this file and nothing else of the service (the operations also make API keys as it does,
 * and read its trail); the files under `deploy/`, which cannot import, are compared with it by tests. Times are in
 * seconds.
 */
export const contract = {
  /** Where the API listens (`PORT`). */
  port: 8000,

  /** Where `/metrics` listens (`METRICS_PORT`): no load balancer forwards it. */
  metricsPort: 9464,

  /** How a container is told what to do: node is the image's entry point, the working directory is /app. */
  container: {
    node: '/nodejs/bin/node',
    serve: ['dist/main.cjs'],
    migrate: ['dist/main.cjs', 'migrate'],
    keys: ['dist/main.cjs', 'keys'],
    expireAudit: ['dist/main.cjs', 'expire-audit'],
    restoreAudit: ['dist/main.cjs', 'audit', 'restore', '--cloudwatch'],
    switchForm: ['dist/main.cjs', 'audit', 'switch-format'],
    /** Analyses what others queued: a deployment may scale it apart. */
    analyzeWorker: ['dist/main.cjs', 'analyze-worker'],
    healthCheck: ['/nodejs/bin/node', 'dist/main.cjs', 'healthcheck'],
    /** The authorities of RDS, for `DATABASE_CA_FILE`. */
    databaseAuthorities: '/app/rds-ca.pem',
  },

  /** Metadata of a resource that lists the findings of public packs that the code acknowledges, each with its reason. */
  acknowledgedMetadata: 'HealthcareAI::Acknowledged',

  /** Numeric, so that Kubernetes' `runAsNonRoot` can check it. */
  user: { uid: 10001, gid: 10001 },

  paths: {
    /** For load balancers that replace an unhealthy target (ECS): touches no dependency. */
    health: '/health',
    live: '/health/live',
    /** For proxies that only withhold traffic (Kubernetes, nginx, Cloud Run): includes the database. */
    ready: '/health/ready',
    metrics: '/metrics',
  },

  /** What a principal can be: permissions are in `service/src/identity/roles.ts`. */
  roles: ['integration', 'clinician', 'auditor', 'admin'],

  /** Where the page at /app calls the routes of the API, with its cookie. */
  pageApi: '/app/api',

  /** Routes whose bodies hold clinical prose: a WAF must not judge their content as code. */
  noteRoutes: ['/ingest', '/notes/search', '/summarize', '/deidentify', '/break-glass'],

  /** Requests a second and burst that the edge allows an address; 600 a minute is the service's own default. */
  edgeRateLimit: { perSecond: 10, burst: 20 },

  timeouts: {
    /** How long the load balancer keeps an idle connection; below `keepAlive`, or it reuses a closed one. */
    loadBalancerIdle: 60,
    /** Node's keep-alive timeout. https://docs.aws.amazon.com/elasticloadbalancing/latest/application/application-load-balancers.html */
    keepAlive: 75,
    /** A client has this long to send its headers, then its whole request: slow clients hold nothing for ever. */
    headers: 15,
    request: 30,
    /** After SIGTERM the process answers 503 on /health and goes on serving for this long (`SHUTDOWN_DELAY_SECONDS`). */
    shutdownDelay: 15,
    /** The load balancer stops forwarding after this long: at least `shutdownDelay`. */
    deregistration: 20,
    /** When the process ends whatever is left (`SHUTDOWN_DEADLINE_SECONDS`): below `stop`. */
    shutdownDeadline: 45,
    /** When the platform kills: ECS allows up to 120 on Fargate. */
    stop: 60,
    /** Time to the first healthy answer that a start may take before it counts as failed. */
    healthCheckGrace: 60,
  },

  /** PostgreSQL connections that one process opens at most: `LANES` + that of the analyses + `DATABASE_POOL_SIZE`. */
  database: {
    lanes: 2,
    analysisLanes: 1,
    /** In one process at a time: that which publishes the audit trail. */
    publisher: 1,
    poolSize: 4,
    /**
     * `version` is the newest migration; `oldestService` the schema version of the oldest release that still runs on it:
     * 1 as long as every migration is additive. Images carry both, and a rollback to an older release is refused.
     */
    schema: { version: 13, oldestService: 1 },
    /** The schema version of the oldest release that reads the form: after the switch nothing older may run. */
    storedForms: { 'audit-2': 11 },
  },

  /** What `MAX_NOTE_LENGTH` defaults to, in Unicode code points. */
  maxNoteLength: 10_000,

  /** CloudWatch: namespace and dimension names of the Embedded Metric Format lines. */
  metrics: { namespace: 'HealthcareAI', dimensions: ['Service', 'Stage'] },

  /** Environment variables that a deployment sets. docs/configuration.md explains each. */
  environment: [
    'NODE_ENV',
    'STAGE',
    'HOST',
    'PORT',
    'METRICS_PORT',
    'WORKERS',
    'TLS',
    'TRUST_PROXY_HOPS',
    'LOG_LEVEL',
    'LOG_FORMAT',
    'CORS_ORIGINS',
    'MAX_NOTE_LENGTH',
    'RATE_LIMIT',
    'DATABASE_URL',
    'DATABASE_AUTH',
    'DATABASE_TLS',
    'DATABASE_CA_FILE',
    'DATABASE_POOL_SIZE',
    'KMS_KEY_ID',
    'ENCRYPTION_KEY',
    'AUDIT_SIGNING_KEY',
    'AUDIT_SIGNING_KEY_ID',
    'AUDIT_LOG_GROUP',
    'AUDIT_BUCKET',
    'AUDIT_DIR',
    'OIDC_ISSUERS',
    'PAGE_SIGN_IN',
    'SHUTDOWN_DELAY_SECONDS',
    'SHUTDOWN_DEADLINE_SECONDS',
    'EMF_NAMESPACE',
    'DD_AGENT_HOST',
    'ANALYSIS_ENGINE',
    'ANALYSIS_WORKERS',
    'ANALYSIS_SEND',
    'SITE_PROFILE',
    'VOCABULARIES',
    'BEDROCK_MODEL_ID',
    'BEDROCK_TOOL_CHOICE',
  ],
} as const;

/** The largest body of a note of `maxNoteLength` code points: each may be an escaped surrogate pair of 12 bytes. */
export const maxBodyBytes = (maxNoteLength: number): number => 12 * maxNoteLength + 4096;
