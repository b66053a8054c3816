import { contract } from '@healthcare-ai/contract';
import type * as rds from 'aws-cdk-lib/aws-rds';
import type { Names } from '../../config/names.ts';
import type { StageConfig } from '../../config/schema.ts';
import type { AuditStack } from '../../stacks/audit-stack.ts';
import { DATABASE_PORT } from '../network/security-groups.ts';

/** Where the service finds what the other stacks made. */
export interface Surroundings {
  readonly databaseHost: string;
  readonly databasePort: number;
  readonly dataKeyArn: string;
  readonly signingKeyArn: string;
  readonly auditLogGroup: string;
  readonly auditBucket: string;
}

/** The surroundings of a stage's tasks. */
export function surroundingsOf(audit: AuditStack, cluster: rds.IDatabaseCluster): Surroundings {
  return {
    databaseHost: cluster.clusterEndpoint.hostname,
    databasePort: DATABASE_PORT,
    dataKeyArn: audit.keys.data.keyArn,
    signingKeyArn: audit.keys.signing.keyArn,
    auditLogGroup: audit.auditLogGroup.logGroupName,
    auditBucket: audit.auditBucket.bucketName,
  };
}

/** Variables of every process that connects to the database. */
function databaseVariables(user: string, names: Names, around: Surroundings): Record<string, string> {
  const { databaseHost, databasePort } = around;
  return {
    NODE_ENV: 'production',
    STAGE: names.base.replace('healthcare-ai-', ''),
    DATABASE_URL: `postgresql://${user}@${databaseHost}:${databasePort}/${names.databaseName}`,
    DATABASE_TLS: 'verify',
    DATABASE_CA_FILE: contract.container.databaseAuthorities,
  };
}

/** The environment of the service: names from `contract.environment`, no secret among them. */
export function serviceEnvironment(config: StageConfig, names: Names, around: Surroundings): Record<string, string> {
  const { service, analysis, sidecar } = config;
  return {
    ...databaseVariables(names.databaseRole, names, around),
    DATABASE_AUTH: 'iam',
    DATABASE_POOL_SIZE: String(service.databasePoolSize),
    HOST: '0.0.0.0',
    PORT: String(contract.port),
    METRICS_PORT: String(contract.metricsPort),
    WORKERS: '1',
    TLS: 'self-signed',
    TRUST_PROXY_HOPS: '1',
    LOG_LEVEL: service.logLevel,
    LOG_FORMAT: 'json',
    CORS_ORIGINS: JSON.stringify(service.corsOrigins),
    MAX_NOTE_LENGTH: String(service.maxNoteLength),
    RATE_LIMIT: service.rateLimit,
    KMS_KEY_ID: around.dataKeyArn,
    AUDIT_SIGNING_KEY_ID: around.signingKeyArn,
    AUDIT_LOG_GROUP: around.auditLogGroup,
    AUDIT_BUCKET: around.auditBucket,
    SHUTDOWN_DELAY_SECONDS: String(contract.timeouts.shutdownDelay),
    SHUTDOWN_DEADLINE_SECONDS: String(contract.timeouts.shutdownDeadline),
    EMF_NAMESPACE: contract.metrics.namespace,
    ANALYSIS_ENGINE: analysis.engine,
    ...(analysis.engine === 'bedrock' ? { BEDROCK_MODEL_ID: analysis.modelId } : {}),
    ...(sidecar.kind === 'datadog' ? { DD_AGENT_HOST: '127.0.0.1' } : {}),
    ...(service.oidc === undefined
      ? {}
      : {
          OIDC_ISSUER: service.oidc.issuer,
          OIDC_AUDIENCE: service.oidc.audience,
          OIDC_JWKS: service.oidc.jwks,
        }),
  };
}

/** The environment of the expiry: a database role of its own, by a token of IAM, and the key that signs the tombstone. */
export function expireEnvironment(names: Names, around: Surroundings): Record<string, string> {
  return {
    ...databaseVariables(names.retentionRole, names, around),
    DATABASE_AUTH: 'iam',
    AUDIT_SIGNING_KEY_ID: around.signingKeyArn,
    LOG_FORMAT: 'json',
  };
}

/** The environment of the trail's restoration: the service's database role, and where the service publishes. */
export function restoreEnvironment(names: Names, around: Surroundings): Record<string, string> {
  return {
    ...databaseVariables(names.databaseRole, names, around),
    DATABASE_AUTH: 'iam',
    AUDIT_SIGNING_KEY_ID: around.signingKeyArn,
    AUDIT_LOG_GROUP: around.auditLogGroup,
    AUDIT_BUCKET: around.auditBucket,
    LOG_FORMAT: 'json',
  };
}

/** The environment of the migration: it logs in as the owner, whose user and password come as secrets. */
export function migrateEnvironment(names: Names, around: Surroundings): Record<string, string> {
  return { ...databaseVariables(names.databaseOwner, names, around), DATABASE_AUTH: 'password', LOG_FORMAT: 'json' };
}
