import { contract } from '@healthcare-ai/contract';
import * as z from 'zod';
import { siteProfile } from './site-profile.ts';
import { trailSettings } from './trail-settings.ts';
import {
  databaseUrl,
  flag,
  integer,
  issuers,
  jwks,
  key256,
  kmsKeyId,
  origins,
  pageSignIn,
  price,
  rateLimit,
  url,
} from './values.ts';
import { vocabularyFiles } from './vocabularies.ts';

/**
 * Every environment variable that the service reads. The table in docs/configuration.md is made from it, so each has
 * a description, and `shown` where the default is not a plain value.
 */
export const environment = z.object({
  NODE_ENV: z
    .enum(['development', 'test', 'production'])
    .default('development')
    .meta({ description: 'In `production` no value is generated: a missing setting stops the start.' }),
  STAGE: z
    .string()
    .regex(/^[a-z][a-z0-9-]{0,31}$/, 'must be a short lower-case name')
    .default('local')
    .meta({ description: 'Name of the deployment stage: bound to every data key, and a dimension of every metric.' }),
  HOST: z.string().default('127.0.0.1').meta({ description: 'Address to listen on. Use `0.0.0.0` in a container.' }),
  PORT: integer(0, 65_535).default(contract.port).meta({ description: 'Port of the API. 0 selects a free port.' }),
  METRICS_PORT: integer(0, 65_535)
    .default(contract.metricsPort)
    .meta({ description: 'Port of `/metrics`, on `HOST`. Do not expose it through a load balancer.' }),
  WORKERS: integer(1, 64)
    .default(1)
    .meta({ description: 'Number of processes that share the port. More than one requires `DATABASE_URL`.' }),
  TLS: z.enum(['off', 'self-signed', 'file']).optional().meta({
    description:
      '`off` serves HTTP, `self-signed` serves HTTPS with a certificate created at start (behind a load balancer), `file` uses `TLS_CERT_FILE` and `TLS_KEY_FILE`. Required in production.',
    shown: '`off`',
  }),
  TLS_CERT_FILE: z.string().optional().meta({ description: 'PEM certificate chain, with `TLS=file`.' }),
  TLS_KEY_FILE: z.string().optional().meta({ description: 'PEM private key, with `TLS=file`.' }),
  TRUST_PROXY_HOPS: integer(0, 8).default(0).meta({
    description:
      'Number of trusted proxies in front of the service: how many entries of `X-Forwarded-For`, from the right, are trusted.',
  }),
  DATA_DIR: z
    .string()
    .default('./data')
    .meta({ description: 'Folder of the embedded database and its master key, if `DATABASE_URL` is not set.' }),
  LOG_LEVEL: z
    .string()
    .transform((text) => text.toLowerCase())
    .pipe(z.enum(['debug', 'info', 'warn', 'warning', 'error'], 'must be debug, info, warn or error'))
    .transform((level) => (level === 'warning' ? 'warn' : level))
    .default('info')
    .meta({ description: '`debug`, `info`, `warn` or `error`. Case is ignored.' }),
  LOG_FORMAT: z
    .enum(['json', 'text'])
    .optional()
    .meta({ description: '`json`, or human-readable `text`.', shown: '`json` in production, else `text`' }),
  DEBUG: flag.default(false).meta({ description: '`true` sets `LOG_LEVEL=debug`. Not allowed in production.' }),
  CORS_ORIGINS: origins
    .default([])
    .meta({ description: 'Origins allowed by CORS, such as `["https://app.example.org"]`.', shown: 'none' }),
  MAX_NOTE_LENGTH: integer(1, 1_000_000)
    .default(contract.maxNoteLength)
    .meta({ description: 'Maximum length of `note_text`, in Unicode code points.' }),
  RATE_LIMIT: rateLimit.default({ count: 600, seconds: 60 }).meta({
    description: 'Requests allowed for each principal and process: `600/minute`, `5/minute` or `off`.',
    shown: '`600/minute`',
  }),
  FAILED_AUTH_RATE_LIMIT: rateLimit
    .default({ count: 30, seconds: 60 })
    .meta({ description: 'Failed authentications allowed for each address and process.', shown: '`30/minute`' }),
  BREAK_GLASS_MINUTES: integer(1, 1_440).default(60).meta({
    description: 'Duration of an emergency access to notes of other care teams, in minutes; see docs/break-glass.md.',
  }),
  BREAK_GLASS_RATE_LIMIT: rateLimit.default({ count: 20, seconds: 3600 }).meta({
    description: 'Emergency accesses allowed for each principal and process.',
    shown: '`20/hour`',
  }),
  DATABASE_URL: databaseUrl.optional().meta({
    description:
      'Connection URL of PostgreSQL 15 or later. Required in production. Without it, PGlite stores the data in `DATA_DIR`.',
    secret: true,
  }),
  DATABASE_USER: z.string().optional().meta({ description: 'Overrides the user in `DATABASE_URL`.' }),
  DATABASE_PASSWORD: z
    .string()
    .optional()
    .meta({ description: 'Overrides the password in `DATABASE_URL`.', secret: true }),
  DATABASE_AUTH: z
    .enum(['password', 'iam'])
    .default('password')
    .meta({ description: '`iam` creates an AWS RDS token for each new connection.' }),
  DATABASE_TLS: z.enum(['verify', 'off']).optional().meta({
    description: '`verify` checks the certificate and the host name of the server.',
    shown: '`verify` in production, else `off`',
  }),
  DATABASE_CA_FILE: z.string().optional().meta({
    description: 'PEM bundle of trusted certificate authorities, for `DATABASE_TLS=verify`.',
    shown: "Node's own",
  }),
  SERVICE_ROLE_PASSWORD: z.string().min(16, 'must have at least 16 characters').optional().meta({
    description: 'Password for the role created by `migrate --service-role`. Only that command reads it.',
    secret: true,
  }),
  RETENTION_ROLE_PASSWORD: z.string().min(16, 'must have at least 16 characters').optional().meta({
    description: 'Password for the role created by `migrate --retention-role`. Only that command reads it.',
    secret: true,
  }),
  DATABASE_POOL_SIZE: integer(1, 100)
    .default(contract.database.poolSize)
    .meta({ description: 'Read connections of a process, in addition to those of its lanes.' }),
  LANES: integer(1, 8).default(contract.database.lanes).meta({
    description: 'Concurrent group commits of a process. Each has a connection and an audit chain.',
  }),
  ENCRYPTION_KEY: key256.optional().meta({
    description:
      'Master key that wraps the data keys: 32 bytes in base64 or hex. Production requires it or `KMS_KEY_ID`.',
    secret: true,
  }),
  ENCRYPTION_KEY_PREVIOUS: z
    .string()
    .transform((text) => text.split(',').map((item) => item.trim()))
    .pipe(z.array(key256))
    .default([])
    .meta({
      description: 'Former master keys, separated by commas. They only unwrap.',
      secret: true,
      shown: 'none',
    }),
  KMS_KEY_ID: kmsKeyId.optional().meta({
    description: 'AWS KMS key that wraps the data keys, instead of `ENCRYPTION_KEY`.',
  }),
  ...trailSettings,
  AWS_REGION: z.string().optional().meta({ description: 'Region of KMS and RDS. Amazon ECS sets it.' }),
  OIDC_ISSUERS: issuers.optional().meta({
    description:
      'Issuers whose access tokens are accepted beside API keys, as a JSON array: docs/identity.md has the form, and links a page for each provider.',
  }),
  OIDC_ISSUER: url(['https:', 'http:'])
    .optional()
    .meta({ description: 'One issuer in short form, with the settings below: `OIDC_ISSUERS` can do more.' }),
  OIDC_AUDIENCE: z
    .string()
    .optional()
    .meta({ description: '`aud` that a JWT must name; required with `OIDC_ISSUER`.' }),
  OIDC_JWKS: jwks
    .optional()
    .meta({ description: 'Key set of the issuer, as JSON, for tasks without internet access.' }),
  OIDC_JWKS_URI: url(['https:', 'http:'])
    .optional()
    .meta({ description: 'URL of the key set, for tasks with internet access.' }),
  OIDC_TENANT_CLAIM: z.string().default('tenant').meta({ description: 'Claim that names the tenant.' }),
  OIDC_ROLES_CLAIM: z.string().default('roles').meta({ description: 'Claim that lists the roles.' }),
  OIDC_CARE_TEAMS_CLAIM: z
    .string()
    .default('care_teams')
    .meta({ description: 'Claim that lists the care teams whose notes the subject reads.' }),
  OIDC_MAX_LIFETIME: integer(60, 86_400)
    .default(43_200)
    .meta({ description: 'Maximum lifetime of a JWT, in seconds (45 CFR 164.312(a)(2)(iii), automatic logoff).' }),
  PAGE_SIGN_IN: pageSignIn.optional().meta({
    description:
      'How people sign in to the page at `/app`: `off` (no page), `api-key`, or the endpoints of an identity provider as JSON. See docs/page.md.',
    shown: '`off` in production or with an issuer, else `api-key`',
  }),
  ANALYSIS_ENGINE: z.enum(['embedded', 'bedrock']).default('embedded').meta({
    description: 'Analysis engine: `embedded` rules, or a model on Amazon `bedrock`.',
  }),
  ANALYSIS_WORKERS: integer(0, 16).default(1).meta({
    description:
      'Concurrent analyses of a process, one thread each. `0` leaves them to other processes (`analyze-worker`).',
  }),
  ANALYSIS_MAX_ATTEMPTS: integer(1, 20)
    .default(6)
    .meta({ description: 'Attempts before an analysis fails. A failed analysis can be requested again.' }),
  ANALYSIS_SEND: z.enum(['note', 'deidentified']).default('note').meta({
    description:
      'Text sent to a model: the `note`, or its `deidentified` text. The latter is not de-identification under 45 CFR 164.514.',
  }),
  SITE_PROFILE: siteProfile.optional().meta({
    description:
      'Site-specific terms for de-identification, as JSON: `locale`, `staff`, `institutions`, `wards`, `numbers`, `keep`, `remove`. See docs/de-identification.md.',
    secret: true,
  }),
  VOCABULARIES: vocabularyFiles.optional().meta({
    description:
      'Lists of terms and codes that the rules use, as `system=/path` with commas between them. See docs/analysis.md.',
  }),
  BEDROCK_MODEL_ID: z
    .string()
    .regex(/^[A-Za-z0-9.:/_-]{1,2048}$/, 'must be the id or ARN of a model or an inference profile')
    .optional()
    .meta({ description: 'Model or inference profile for `ANALYSIS_ENGINE=bedrock`.' }),
  BEDROCK_TOOL_CHOICE: z.enum(['forced', 'auto']).default('forced').meta({
    description: 'Use `auto` for models that reject a forced tool call or a temperature.',
  }),
  BEDROCK_GUARDRAIL_ID: z
    .string()
    .regex(/^[A-Za-z0-9:/_-]{1,2048}$/, 'must be the id or ARN of a guardrail')
    .optional()
    .meta({ description: 'Amazon Bedrock guardrail applied to every call.' }),
  BEDROCK_GUARDRAIL_VERSION: z
    .string()
    .regex(/^([1-9]\d{0,7}|DRAFT)$/, 'must be a number or DRAFT')
    .optional()
    .meta({ description: 'Version of the guardrail.' }),
  BEDROCK_TIMEOUT_SECONDS: integer(1, contract.timeouts.loadBalancerIdle - 5)
    .default(45)
    .meta({
      description:
        'Timeout for an answer of the model, retries included. It must be below the idle timeout of the load balancer.',
    }),
  BEDROCK_ATTEMPT_TIMEOUT_SECONDS: integer(1, contract.timeouts.loadBalancerIdle - 5)
    .default(30)
    .meta({ description: 'Timeout for one call of the model.' }),
  BEDROCK_INPUT_PRICE: price.optional().meta({
    description: 'Price of 1,000 input tokens, in any currency. Without prices costs are reported as unknown.',
  }),
  BEDROCK_OUTPUT_PRICE: price.optional().meta({ description: 'Price of 1,000 output tokens.' }),
  BEDROCK_ENDPOINT: url(['https:', 'http:'])
    .optional()
    .meta({ description: 'Endpoint of Amazon Bedrock.', shown: 'that of the region' }),
  SHUTDOWN_DELAY_SECONDS: integer(0, 300)
    .optional()
    .meta({
      description: 'After SIGTERM, how long the process keeps serving while `/health` returns 503.',
      shown: `\`${contract.timeouts.shutdownDelay}\` in production, else \`0\``,
    }),
  SHUTDOWN_DEADLINE_SECONDS: integer(1, 600)
    .default(contract.timeouts.shutdownDeadline)
    .meta({ description: 'Shutdown deadline after SIGTERM. Keep it below the stop timeout of the platform.' }),
  EMF_NAMESPACE: z
    .string()
    .regex(/^[A-Za-z0-9/_.#:-]{1,255}$/, 'must be the name of a CloudWatch namespace')
    .optional()
    .meta({
      description:
        'CloudWatch namespace. If set, the service writes metrics to stdout each minute in Embedded Metric Format.',
    }),
  DD_AGENT_HOST: z
    .string()
    .optional()
    .meta({ description: 'Host of the Datadog agent. If set, the service sends metrics to it by DogStatsD.' }),
  DD_DOGSTATSD_PORT: integer(1, 65_535).default(8125).meta({ description: 'UDP port of the Datadog agent.' }),
});

export type Environment = z.output<typeof environment>;

/** Settings that may be given as the path of a file, in NAME_FILE: Docker and Kubernetes mount secrets so. */
export const fileSettings = [
  'DATABASE_URL',
  'DATABASE_PASSWORD',
  'SERVICE_ROLE_PASSWORD',
  'RETENTION_ROLE_PASSWORD',
  'ENCRYPTION_KEY',
  'ENCRYPTION_KEY_PREVIOUS',
  'AUDIT_SIGNING_KEY',
  'AUDIT_SIGNING_KEY_NEXT',
  'OIDC_ISSUERS',
  'OIDC_JWKS',
  'SITE_PROFILE',
] as const;
