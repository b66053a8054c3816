import { contract } from '@healthcare-ai/contract';
import type * as kms from 'aws-cdk-lib/aws-kms';
import type * as logs from 'aws-cdk-lib/aws-logs';
import type * as rds from 'aws-cdk-lib/aws-rds';
import type * as s3 from 'aws-cdk-lib/aws-s3';
import { issuersVariable } from '../../config/issuers.ts';
import type { Names } from '../../config/names.ts';
import type { StageConfig } from '../../config/schema.ts';
import { DATABASE_PORT } from '../network/security-groups.ts';

/** Resources of other stacks that the tasks use. */
export interface StageOutputs {
  readonly databaseHost: string;
  readonly databasePort: number;
  readonly dataKeyArn: string;
  readonly signingKeyArn: string;
  readonly auditLogGroup: string;
  readonly auditBucket: string;

  /** Bucket that holds the copies of key sets. */
  readonly keySetBucket: string;
}

/** What the audit stack gives to the tasks. */
interface AuditResources {
  readonly keys: { readonly data: kms.IKey; readonly signing: kms.IKey };
  readonly auditLogGroup: logs.ILogGroup;
  readonly auditBucket: s3.IBucket;
  readonly accessLogs: s3.IBucket;
}

export function stageOutputs(audit: AuditResources, cluster: rds.IDatabaseCluster): StageOutputs {
  return {
    databaseHost: cluster.clusterEndpoint.hostname,
    databasePort: DATABASE_PORT,
    dataKeyArn: audit.keys.data.keyArn,
    signingKeyArn: audit.keys.signing.keyArn,
    auditLogGroup: audit.auditLogGroup.logGroupName,
    auditBucket: audit.auditBucket.bucketName,
    keySetBucket: audit.accessLogs.bucketName,
  };
}

/** Variables of every process that connects to the database. */
function databaseVariables(
  user: string,
  stage: string,
  names: Names,
  { databaseHost, databasePort }: StageOutputs,
): Record<string, string> {
  return {
    NODE_ENV: 'production',
    STAGE: stage,
    DATABASE_URL: `postgresql://${user}@${databaseHost}:${databasePort}/${names.databaseName}`,
    DATABASE_TLS: 'verify',
    DATABASE_CA_FILE: contract.container.databaseAuthorities,
  };
}

/** The environment of the service: names from `contract.environment`, no secret among them. */
export function serviceEnvironment(config: StageConfig, names: Names, outputs: StageOutputs): Record<string, string> {
  const { service, analysis, sidecar } = config;
  return {
    ...databaseVariables(names.databaseRole, config.stage, names, outputs),
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
    KMS_KEY_ID: outputs.dataKeyArn,
    AUDIT_SIGNING_KEY_ID: outputs.signingKeyArn,
    AUDIT_LOG_GROUP: outputs.auditLogGroup,
    AUDIT_BUCKET: outputs.auditBucket,
    SHUTDOWN_DELAY_SECONDS: String(contract.timeouts.shutdownDelay),
    SHUTDOWN_DEADLINE_SECONDS: String(contract.timeouts.shutdownDeadline),
    EMF_NAMESPACE: contract.metrics.namespace,
    ANALYSIS_ENGINE: analysis.engine,
    ...(analysis.engine === 'bedrock'
      ? {
          BEDROCK_MODEL_ID: analysis.inferenceProfile?.id ?? analysis.modelId,
          BEDROCK_TOOL_CHOICE: analysis.toolChoice,
          ANALYSIS_SEND: analysis.send,
        }
      : {}),
    ...(analysis.vocabularies.length === 0 ? {} : { VOCABULARIES: analysis.vocabularies.join(',') }),
    ...(sidecar.kind === 'datadog' ? { DD_AGENT_HOST: '127.0.0.1' } : {}),
    ...(service.page === undefined ? {} : { PAGE_SIGN_IN: JSON.stringify(service.page) }),
    ...(service.issuers.length === 0 ? {} : { OIDC_ISSUERS: issuersVariable(service.issuers, outputs.keySetBucket) }),
  };
}

/** The environment of the expiry: a database role of its own, by a token of IAM, and the key that signs the tombstone. */
export function expireEnvironment(config: StageConfig, names: Names, outputs: StageOutputs): Record<string, string> {
  return {
    ...databaseVariables(names.retentionRole, config.stage, names, outputs),
    DATABASE_AUTH: 'iam',
    AUDIT_SIGNING_KEY_ID: outputs.signingKeyArn,
    LOG_FORMAT: 'json',
  };
}

/** The environment of the trail's restoration: the service's database role, and where the service publishes. */
export function restoreEnvironment(config: StageConfig, names: Names, outputs: StageOutputs): Record<string, string> {
  return {
    ...databaseVariables(names.databaseRole, config.stage, names, outputs),
    DATABASE_AUTH: 'iam',
    AUDIT_SIGNING_KEY_ID: outputs.signingKeyArn,
    AUDIT_LOG_GROUP: outputs.auditLogGroup,
    AUDIT_BUCKET: outputs.auditBucket,
    LOG_FORMAT: 'json',
  };
}

/** The environment of the migration: it logs in as the owner, whose user and password come as secrets. */
export function migrateEnvironment(config: StageConfig, names: Names, outputs: StageOutputs): Record<string, string> {
  return {
    ...databaseVariables(names.databaseOwner, config.stage, names, outputs),
    DATABASE_AUTH: 'password',
    LOG_FORMAT: 'json',
  };
}
