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
    .meta({ description: 'In `production` nothing is made up: what is missing stops the start.' }),
  STAGE: z
    .string()
    .regex(/^[a-z][a-z0-9-]{0,31}$/, 'must be a short lower-case name')
    .default('local')
    .meta({ description: 'Name of the deployment stage: bound to every data key, and a dimension of every metric.' }),
  HOST: z.string().default('127.0.0.1').meta({ description: 'Address to listen on; `0.0.0.0` in a container.' }),
  PORT: integer(0, 65_535).default(contract.port).meta({ description: 'Port of the API; 0 takes a free one.' }),
  METRICS_PORT: integer(0, 65_535)
    .default(contract.metricsPort)
    .meta({ description: 'Port of `/metrics`, on `HOST`; keep it away from load balancers.' }),
  WORKERS: integer(1, 64)
    .default(1)
    .meta({ description: 'Processes that share the port. More than one needs `DATABASE_URL`.' }),
  TLS: z.enum(['off', 'self-signed', 'file']).optional().meta({
    description:
      'How the API listens: plain HTTP, HTTPS with a certificate made at start (behind a load balancer), or HTTPS with `TLS_CERT_FILE` and `TLS_KEY_FILE`. Must be chosen in production.',
    shown: '`off`',
  }),
  TLS_CERT_FILE: z.string().optional().meta({ description: 'PEM certificate chain, with `TLS=file`.' }),
  TLS_KEY_FILE: z.string().optional().meta({ description: 'PEM private key, with `TLS=file`.' }),
  TRUST_PROXY_HOPS: integer(0, 8).default(0).meta({
    description:
      'How many proxies stand in front: that many entries of `X-Forwarded-For`, from the right, are believed.',
  }),
  DATA_DIR: z
    .string()
    .default('./data')
    .meta({ description: 'Where the embedded database and its master key are kept when `DATABASE_URL` is not set.' }),
  LOG_LEVEL: z
    .string()
    .transform((text) => text.toLowerCase())
    .pipe(z.enum(['debug', 'info', 'warn', 'warning', 'error'], 'must be debug, info, warn or error'))
    .transform((level) => (level === 'warning' ? 'warn' : level))
    .default('info')
    .meta({ description: '`debug`, `info`, `warn` or `error`, in either case.' }),
  LOG_FORMAT: z
    .enum(['json', 'text'])
    .optional()
    .meta({ description: '`json`, or `text` for people.', shown: '`json` in production, else `text`' }),
  DEBUG: flag.default(false).meta({ description: '`true` is `LOG_LEVEL=debug`. Refused in production.' }),
  CORS_ORIGINS: origins
    .default([])
    .meta({ description: 'Origins whose pages may call the API: `["https://app.example.org"]`.', shown: 'none' }),
  MAX_NOTE_LENGTH: integer(1, 1_000_000)
    .default(contract.maxNoteLength)
    .meta({ description: 'Longest `note_text`, in Unicode code points.' }),
  RATE_LIMIT: rateLimit.default({ count: 600, seconds: 60 }).meta({
    description: 'Requests that one principal may make, per process: `600/minute`, `5/minute`, `off`.',
    shown: '`600/minute`',
  }),
  FAILED_AUTH_RATE_LIMIT: rateLimit
    .default({ count: 30, seconds: 60 })
    .meta({ description: 'Failed authentications that one address may make, per process.', shown: '`30/minute`' }),
  BREAK_GLASS_MINUTES: integer(1, 1_440).default(60).meta({
    description:
      'How long a clinician who broke the glass may read notes of other care teams; see docs/break-glass.md.',
  }),
  BREAK_GLASS_RATE_LIMIT: rateLimit.default({ count: 20, seconds: 3600 }).meta({
    description: 'How often one principal may break the glass, per process.',
    shown: '`20/hour`',
  }),
  DATABASE_URL: databaseUrl.optional().meta({
    description: 'PostgreSQL 15 or later. Required in production; without it PGlite keeps the data in `DATA_DIR`.',
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
    .meta({ description: '`iam` signs a fresh token of AWS RDS for every new connection.' }),
  DATABASE_TLS: z.enum(['verify', 'off']).optional().meta({
    description: '`verify` checks the certificate of the server and its name.',
    shown: '`verify` in production, else `off`',
  }),
  DATABASE_CA_FILE: z.string().optional().meta({
    description: 'PEM bundle of the authorities to believe, with `DATABASE_TLS=verify`.',
    shown: "Node's own",
  }),
  SERVICE_ROLE_PASSWORD: z.string().min(16, 'must have at least 16 characters').optional().meta({
    description: 'Read by `migrate --service-role` alone: the password that the role of the service gets.',
    secret: true,
  }),
  RETENTION_ROLE_PASSWORD: z.string().min(16, 'must have at least 16 characters').optional().meta({
    description: 'Read by `migrate --retention-role` alone: the password that the role of `expire-audit` gets.',
    secret: true,
  }),
  DATABASE_POOL_SIZE: integer(1, 100)
    .default(contract.database.poolSize)
    .meta({ description: 'Connections of a process for reading, beside those of its lanes.' }),
  LANES: integer(1, 8).default(contract.database.lanes).meta({
    description: 'Group commits that a process has in flight at once; each has a connection and an audit chain.',
  }),
  ENCRYPTION_KEY: key256.optional().meta({
    description: 'Master key, 32 bytes in base64 or hex: wraps the data keys. Production needs it or `KMS_KEY_ID`.',
    secret: true,
  }),
  ENCRYPTION_KEY_PREVIOUS: z
    .string()
    .transform((text) => text.split(',').map((item) => item.trim()))
    .pipe(z.array(key256))
    .default([])
    .meta({
      description: 'Master keys before a rotation, separated by commas: they unwrap, and never wrap.',
      secret: true,
      shown: 'none',
    }),
  KMS_KEY_ID: kmsKeyId.optional().meta({
    description: 'AWS KMS key that wraps the data keys, in place of `ENCRYPTION_KEY`.',
  }),
  ...trailSettings,
  AWS_REGION: z.string().optional().meta({ description: 'Region of KMS and RDS. ECS sets it.' }),
  OIDC_ISSUERS: issuers.optional().meta({
    description:
      'Issuers whose access tokens are accepted beside API keys, as a JSON array: docs/identity.md has the form and a page for each provider.',
  }),
  OIDC_ISSUER: url(['https:', 'http:'])
    .optional()
    .meta({ description: 'One issuer in short form, with the settings below: `OIDC_ISSUERS` can do more.' }),
  OIDC_AUDIENCE: z
    .string()
    .optional()
    .meta({ description: '`aud` that a JWT must name; required with `OIDC_ISSUER`.' }),
  OIDC_JWKS: jwks.optional().meta({ description: 'Key set of the issuer, as JSON: for tasks with no way out.' }),
  OIDC_JWKS_URI: url(['https:', 'http:'])
    .optional()
    .meta({ description: 'Where to fetch the key set, where the network allows it.' }),
  OIDC_TENANT_CLAIM: z.string().default('tenant').meta({ description: 'Claim that names the tenant.' }),
  OIDC_ROLES_CLAIM: z.string().default('roles').meta({ description: 'Claim that lists the roles.' }),
  OIDC_CARE_TEAMS_CLAIM: z
    .string()
    .default('care_teams')
    .meta({ description: 'Claim that lists the care teams whose notes the subject reads.' }),
  OIDC_MAX_LIFETIME: integer(60, 86_400)
    .default(43_200)
    .meta({ description: 'Longest life of a JWT, in seconds: 45 CFR 164.312(a)(2)(iii), automatic logoff.' }),
  ANALYSIS_ENGINE: z.enum(['embedded', 'bedrock']).default('embedded').meta({
    description: 'What analyses notes: rules in this process, or a model on Amazon Bedrock.',
  }),
  ANALYSIS_WORKERS: integer(0, 16).default(1).meta({
    description:
      'Analyses that a process makes at once; `0` leaves them to other processes (`analyze-worker`). Each takes a thread.',
  }),
  ANALYSIS_MAX_ATTEMPTS: integer(1, 20)
    .default(6)
    .meta({ description: 'Attempts at an analysis before it is given up; it can be asked for again.' }),
  ANALYSIS_SEND: z.enum(['note', 'deidentified']).default('note').meta({
    description:
      'What is sent to a model: the note, or its de-identified text. The second reduces what is sent; it is no de-identification under 45 CFR 164.514.',
  }),
  SITE_PROFILE: siteProfile.optional().meta({
    description:
      'What the site knows of itself for de-identification, as JSON: `locale`, `staff`, `institutions`, `wards`, `numbers`, `keep`, `remove`. See docs/de-identification.md.',
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
    .meta({ description: 'Model or inference profile that analyses notes, with `ANALYSIS_ENGINE=bedrock`.' }),
  BEDROCK_TOOL_CHOICE: z.enum(['forced', 'auto']).default('forced').meta({
    description: '`auto` for models that refuse a forced tool call or a temperature.',
  }),
  BEDROCK_GUARDRAIL_ID: z
    .string()
    .regex(/^[A-Za-z0-9:/_-]{1,2048}$/, 'must be the id or ARN of a guardrail')
    .optional()
    .meta({ description: 'Guardrail of Amazon Bedrock that every call goes through.' }),
  BEDROCK_GUARDRAIL_VERSION: z
    .string()
    .regex(/^([1-9]\d{0,7}|DRAFT)$/, 'must be a number or DRAFT')
    .optional()
    .meta({ description: 'Version of the guardrail.' }),
  BEDROCK_TIMEOUT_SECONDS: integer(1, contract.timeouts.loadBalancerIdle - 5)
    .default(45)
    .meta({
      description: 'Longest time for an answer of the model, repetitions included: a load balancer waits no longer.',
    }),
  BEDROCK_ATTEMPT_TIMEOUT_SECONDS: integer(1, contract.timeouts.loadBalancerIdle - 5)
    .default(30)
    .meta({ description: 'Longest time for one call of the model.' }),
  BEDROCK_INPUT_PRICE: price.optional().meta({
    description: 'Price of 1,000 input tokens, in any currency. Without prices costs are reported as unknown.',
  }),
  BEDROCK_OUTPUT_PRICE: price.optional().meta({ description: 'Price of 1,000 output tokens.' }),
  BEDROCK_ENDPOINT: url(['https:', 'http:'])
    .optional()
    .meta({ description: 'Where Bedrock is called.', shown: 'that of the region' }),
  SHUTDOWN_DELAY_SECONDS: integer(0, 300)
    .optional()
    .meta({
      description: 'After SIGTERM, how long to answer 503 on `/health` and go on serving.',
      shown: `\`${contract.timeouts.shutdownDelay}\` in production, else \`0\``,
    }),
  SHUTDOWN_DEADLINE_SECONDS: integer(1, 600)
    .default(contract.timeouts.shutdownDeadline)
    .meta({ description: 'When whatever is left is cut off: keep it below the stop timeout of the platform.' }),
  EMF_NAMESPACE: z
    .string()
    .regex(/^[A-Za-z0-9/_.#:-]{1,255}$/, 'must be the name of a CloudWatch namespace')
    .optional()
    .meta({
      description: 'CloudWatch namespace; when set, metrics go to stdout once a minute in Embedded Metric Format.',
    }),
  DD_AGENT_HOST: z
    .string()
    .optional()
    .meta({ description: 'Host of the Datadog agent; when set, metrics go to it by DogStatsD.' }),
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
