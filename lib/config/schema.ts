import { IssuerSettingsError, readIssuers } from '@healthcare-ai/access-tokens/issuer-settings';
import { signInEndpoints } from '@healthcare-ai/access-tokens/sign-in';
import { contract } from '@healthcare-ai/contract';
import { z } from 'zod';
import { retentionDays, SIX_YEARS } from './retention.ts';

const integer = (low: number, high: number) => z.int().min(low).max(high);
const arn = (service: string) =>
  z.string().regex(new RegExp(`^arn:aws[a-z-]*:${service}:[a-z0-9-]*:\\d{12}:\\S+$`), `must be an ARN of ${service}`);
const cidr = z.cidrv4('must be an IPv4 range such as 10.0.0.0/16');
const retention = z.literal([...retentionDays]);
const pinnedImage = z
  .string()
  .regex(/^[^\s@]+@sha256:[0-9a-f]{64}$/, 'must name the image by digest: repository@sha256:<64 hex digits>');

/** As `OIDC_ISSUERS` of the service has them. Issuers whose keys are at a URI get them by way of the key-set function. */
const issuers = z.array(z.record(z.string(), z.unknown())).superRefine((given, context) => {
  if (given.length === 0) return;
  try {
    for (const { keys } of readIssuers(given, contract.roles)) {
      if ('file' in keys || 'bucket' in keys) {
        context.addIssue({
          code: 'custom',
          message: 'keys must be a uri or jwks: tasks have no files, and the bucket is made',
        });
      }
    }
  } catch (error) {
    if (!(error instanceof IssuerSettingsError)) throw error;
    for (const message of error.faults) context.addIssue({ code: 'custom', message });
  }
});

/** What an account has only once: made by this stage, or there already (a landing zone, another stage). */
const once = (description: string) => z.enum(['create', 'existing']).default('create').describe(description);

const account = z
  .strictObject({
    owned: z
      .boolean()
      .default(true)
      .describe('Whether this stage makes the account stack. Of the stages that share an account, one does.'),
    guardDuty: once('GuardDuty detector. `existing` where an organization or another tool has enabled GuardDuty.'),
    config: once('AWS Config recorder and its rules. `existing` in a Control Tower account.'),
    trail: once(
      'Trail of management events. With `existing` the stage records only who reads and writes audit events, and the alarms on management events are left to the existing trail.',
    ),
    rdsHostLogs: once(
      'Log group `RDSOSMetrics`. `existing` where enhanced monitoring of RDS was ever on in the region.',
    ),
    serviceLinkedRoles: once(
      'Service-linked roles of ECS, RDS, Elastic Load Balancing and Application Auto Scaling. `npm run deploy` creates missing ones itself; with `create` CloudFormation does it, which fails in an account that has one of them.',
    ).default('existing'),
    githubOidcProvider: z.boolean().default(false).describe("Make the account's GitHub OIDC provider."),
  })
  .describe('What an account can have only once.');

const subnets = (what: string) =>
  z
    .array(z.string().regex(/^subnet-[0-9a-f]{8,17}$/, 'must be a subnet id such as subnet-0123456789abcdef0'))
    .min(2)
    .max(3)
    .describe(`${what}: one subnet per zone, in the order of \`availabilityZones\`.`);

/** Zones of a stage at most: the address plan of the VPC has room for them. */
export const MOST_ZONES = 3;

const existingVpc = z
  .strictObject({
    id: z
      .string()
      .regex(/^vpc-[0-9a-f]{8,17}$/, 'must be a VPC id such as vpc-0123456789abcdef0')
      .describe('Id of the existing VPC.'),
    cidr: cidr.describe('Address range of the VPC.'),
    loadBalancerSubnets: subnets('Subnets of the load balancer, public ones for `network.exposure: internet`'),
    taskSubnets: subnets('Private subnets of the tasks'),
    databaseSubnets: subnets('Private subnets of the database'),
    endpoints: z
      .enum(['create', 'existing'])
      .default('create')
      .describe(
        'Interface endpoints of ECR, CloudWatch Logs, KMS, Secrets Manager and S3. `existing`: the VPC has them, or reaches shared ones.',
      ),
    endpointCidrs: z
      .array(cidr)
      .default([])
      .describe('Address ranges of existing endpoints; empty for the range of the VPC.'),
    s3PrefixList: z
      .string()
      .regex(/^pl-[0-9a-f]{8,17}$/, 'must be a prefix list id such as pl-63a5400a')
      .optional()
      .describe('Prefix list of S3 in the region, where existing endpoints include a gateway endpoint of S3.'),
  })
  .optional()
  .describe('Use an existing VPC. Nothing is looked up: `npm run ops -- doctor --live` checks what is written here.');

const network = z
  .strictObject({
    cidr: cidr.default('10.20.0.0/16').describe('Address range of the VPC, /16 to /20.'),
    egress: z
      .enum(['none', 'nat'])
      .default('none')
      .describe('`none`: tasks reach VPC endpoints alone. `nat`: tasks have a way out through NAT gateways.'),
    exposure: z
      .enum(['internet', 'internal'])
      .default('internet')
      .describe('Where the load balancer is. `internal`: reached through the VPC only.'),
    endpointZones: integer(1, 3)
      .optional()
      .describe('Zones with VPC endpoints; none for every zone. Each endpoint costs by zone and hour.'),
    vpc: existingVpc,
    transitGateway: z
      .strictObject({
        id: z
          .string()
          .regex(/^tgw-[0-9a-f]{8,17}$/, 'must be a transit gateway id such as tgw-0123456789abcdef0')
          .describe('Id of the transit gateway.'),
        cidrs: z.array(cidr).min(1).describe('Address ranges that the stage reaches through it, such as the hospital.'),
      })
      .optional()
      .describe('Transit gateway to which the VPC of the stage is attached: the way in of an internal load balancer.'),
    allowedCidrs: z
      .array(cidr)
      .min(1)
      .default(['0.0.0.0/0'])
      .describe('Who may reach the load balancer. A hospital list is better than everybody.'),
  })
  .describe('VPC and what may reach it.');

const edge = z
  .strictObject({
    domainName: z.hostname('must be a host name').describe('Name in the certificate; the canary calls it.'),
    certificateArn: arn('acm')
      .optional()
      .describe("Certificate of the load balancer, in the stage's region. Set this or `edge.hostedZone`."),
    hostedZone: z
      .strictObject({
        id: z
          .string()
          .regex(/^Z[0-9A-Z]{5,31}$/, 'must be the id of a hosted zone such as Z0123456789ABCDEFGHIJ')
          .describe('Id of the public hosted zone.'),
        name: z.hostname('must be a host name').describe('Domain of the zone; `edge.domainName` ends with it.'),
      })
      .optional()
      .describe('Public Route 53 zone in which the stage makes its certificate (DNS validation) and its alias record.'),
    minimumTls: z
      .enum(['tls1.2', 'tls1.3'])
      .default('tls1.2')
      .describe('Oldest TLS version taken. Interface engines in hospitals often lack 1.3; both policies prefer it.'),
    requestsPerMinute: integer(10, 2_000_000)
      .default(contract.edgeRateLimit.perSecond * 60)
      .describe('Requests a minute that the WAF allows an address: raise it for a hospital behind one address.'),
    jwt: z
      .strictObject({
        issuer: z.url().describe('`iss` that a token must carry.'),
        jwksEndpoint: z.url().describe('Where the load balancer fetches the key set.'),
      })
      .optional()
      .describe('Have the load balancer verify a JWT before it forwards (health paths excepted).'),
  })
  .describe('Load balancer and WAF.');

const service = z
  .strictObject({
    cpu: z
      .literal([256, 512, 1024, 2048, 4096])
      .default(1024)
      .describe('CPU units of a task. The service is one thread: over 1024 is refused.'),
    memory: integer(512, 30_720).default(2048).describe('Memory of a task, in MiB.'),
    minTasks: integer(0, 1000).default(2).describe('Fewest tasks. 0 lets `npm run ops -- scale` stop the service.'),
    maxTasks: integer(1, 1000).default(6).describe('Most tasks.'),
    cpuTarget: integer(10, 95).default(70).describe('Average CPU, in percent, that scaling holds.'),
    capacity: z.enum(['fargate', 'spot']).default('fargate').describe('`spot` is cheaper and may be taken away.'),
    deployment: z.enum(['rolling', 'canary']).default('rolling').describe('How a new image takes the traffic.'),
    canaryPercent: integer(1, 50).default(10).describe('Share of the traffic that the new image gets first.'),
    bakeMinutes: integer(1, 60).default(10).describe('Minutes that a deployment is watched before it counts as done.'),
    logLevel: z.enum(['debug', 'info', 'warn', 'error']).default('info').describe('`LOG_LEVEL` of the service.'),
    maxNoteLength: integer(1, 1_000_000).default(contract.maxNoteLength).describe('`MAX_NOTE_LENGTH`, in code points.'),
    rateLimit: z
      .string()
      .regex(/^(off|\d+\/(second|minute|hour))$/, 'must be off or like 600/minute')
      .default('600/minute')
      .describe('`RATE_LIMIT`: requests of one principal, per task.'),
    corsOrigins: z.array(z.url()).default([]).describe('`CORS_ORIGINS`: whose pages may call the API.'),
    databasePoolSize: integer(1, 100)
      .default(contract.database.poolSize)
      .describe('`DATABASE_POOL_SIZE`: connections of a task for reading.'),
    issuers: issuers
      .default([])
      .describe('Identity providers whose access tokens are accepted beside API keys: docs/identity.md.'),
    page: z
      .strictObject({
        authorizationEndpoint: signInEndpoints.shape.authorizationEndpoint.describe(
          'Where the page at `/app` sends people to sign in, at an issuer of `service.issuers`.',
        ),
        tokenEndpoint: signInEndpoints.shape.tokenEndpoint.describe(
          'Where the browser exchanges the code for a token.',
        ),
        endSessionEndpoint: signInEndpoints.shape.endSessionEndpoint.describe(
          "Where signing out ends the provider's own session. With a query of its own it is used as it is.",
        ),
        clientId: signInEndpoints.shape.clientId.describe('Public client with PKCE: it has no secret.'),
        scope: signInEndpoints.shape.scope.describe('Scopes to ask for, such as `openid notes/read`.'),
      })
      .optional()
      .describe('Serve the page at `/app`; not together with `edge.jwt`: docs/page.md.'),
  })
  .describe('Tasks of the service.');

const sidecar = z
  .discriminatedUnion('kind', [
    z.strictObject({ kind: z.literal('none') }),
    z.strictObject({
      kind: z.literal('datadog'),
      image: pinnedImage.describe('Agent image, by digest.'),
      apiKeySecretArn: arn('secretsmanager').describe('Secret that holds the API key, made by hand.'),
      site: z.hostname().default('datadoghq.com').describe('Datadog site.'),
    }),
    z.strictObject({
      kind: z.literal('adot'),
      image: pinnedImage.describe('Collector image, by digest.'),
    }),
  ])
  .describe('Observability agent beside the service; needs `network.egress: nat`.');

/** What a site adds to the rules, whichever engine answers. */
const siteTerms = {
  siteProfileSecretArn: arn('secretsmanager')
    .optional()
    .describe(
      'Secret that holds `SITE_PROFILE` as JSON (docs/de-identification.md), made by hand with the key of Secrets Manager.',
    ),
  vocabularies: z
    .array(
      z
        .string()
        .regex(
          /^(rxnorm|dm\+d|icd-10-cm|snomed|local-medications|local-problems)=\/[^,\s]+$/,
          'must be system=/absolute/path of a file in the image',
        ),
    )
    .default([])
    .describe('`VOCABULARIES`: lists of terms as `system=/path`; the files are part of the image (docs/analysis.md).'),
};

const analysis = z
  .discriminatedUnion('engine', [
    z.strictObject({ engine: z.literal('embedded'), ...siteTerms }),
    z.strictObject({
      engine: z.literal('bedrock'),
      modelId: z
        .string()
        .regex(/^[a-z0-9.:-]+$/, 'must be the id of a foundation model')
        .describe('Foundation model, such as `anthropic.claude-sonnet-4-20250514-v1:0`.'),
      inferenceProfile: z
        .strictObject({
          id: z
            .string()
            .regex(/^(us|us-gov|eu|apac|jp|au|ca|global)\.[a-z0-9.:-]+$/, 'must be the id of an inference profile')
            .describe('System-defined profile, such as `us.anthropic.claude-sonnet-4-20250514-v1:0`.'),
          regions: z
            .array(z.string().regex(/^[a-z]{2}(-[a-z]+)+-\d$/, 'must be a region such as us-west-2'))
            .min(1)
            .describe('Regions to which the profile may send text: `aws bedrock get-inference-profile` lists them.'),
        })
        .optional()
        .describe('Cross-region inference profile of the model. Newer models accept no call without one.'),
      send: z
        .enum(['note', 'deidentified'])
        .default('note')
        .describe(
          '`ANALYSIS_SEND`: text that the model gets. `deidentified` sends less; it is not de-identification under 45 CFR 164.514.',
        ),
      toolChoice: z
        .enum(['forced', 'auto'])
        .default('forced')
        .describe('`BEDROCK_TOOL_CHOICE`: `auto` for models that reject a forced tool call or a temperature.'),
      ...siteTerms,
    }),
  ])
  .describe('`ANALYSIS_ENGINE`; `bedrock` adds the endpoint and the permission for one model.');

const database = z
  .strictObject({
    minAcu: z.number().min(0).max(256).multipleOf(0.5).default(0.5).describe('Aurora capacity units at least.'),
    maxAcu: z.number().min(1).max(256).multipleOf(0.5).default(4).describe('Aurora capacity units at most.'),
    readers: integer(0, 15).default(0).describe('Replicas in other zones, ready to take over.'),
    backupDays: integer(1, 35).default(35).describe('Days of point-in-time recovery.'),
    ownAuthorities: z
      .boolean()
      .default(false)
      .describe(
        'Whether the image was built with root certificates in `scripts/rds-roots`, for a region that this release lacks.',
      ),
  })
  .describe('Aurora PostgreSQL, Serverless v2.');

const backup = z
  .strictObject({
    dailyRetentionDays: integer(7, 3653).default(35).describe('Days that a daily backup is kept.'),
    monthlyRetentionDays: integer(30, 3653).default(365).describe('Days that a monthly backup is kept.'),
    lock: z
      .enum(['governance', 'compliance'])
      .default('governance')
      .describe('Nobody can remove `compliance` after a grace period of three days.'),
    copyRegion: z
      .string()
      .regex(/^[a-z]{2}(-[a-z]+)+-\d$/, 'must be a region such as us-west-2')
      .optional()
      .describe('Region that also gets every backup.'),
  })
  .describe('AWS Backup.');

const retentions = z
  .strictObject({
    applicationLogs: retention.default(365).describe('Days of application, database, WAF and flow logs.'),
    audit: retention.default(SIX_YEARS).describe('Days of audit events and CloudTrail: six years in production.'),
    accessLogs: integer(90, 3653).default(SIX_YEARS).describe('Days of load balancer and bucket access logs.'),
  })
  .describe('How long records are kept, in days.');

const alarms = z
  .strictObject({
    emails: z.array(z.email()).default([]).describe('Addresses that get the alarms. Each confirms once.'),
    latencyP99Seconds: z.number().min(0.05).max(60).default(1).describe('p99 of the load balancer, in seconds.'),
    serverErrors: integer(1, 100_000).default(5).describe('5xx answers in a minute.'),
    wafBlocks: integer(1, 1_000_000).default(500).describe('Requests refused by the WAF in five minutes.'),
    uptimeCheckMinutes: integer(0, 60)
      .default(5)
      .describe('Minutes between two calls of the uptime canary; each call costs. 0 for no canary.'),
    monthlyBudgetUsd: integer(1, 10_000_000).default(500).describe('US dollars a month.'),
  })
  .describe('Who gets alarms, and when.');

/** The configuration of one stage. docs/configuration-aws.md is made from it. */
export const stageSchema = z.strictObject({
  account: z
    .string()
    .regex(/^\d{12}$/, 'must be 12 digits')
    .optional()
    .describe('AWS account; without it the templates fit any account.'),
  region: z
    .string()
    .regex(/^[a-z]{2}(-[a-z]+)+-\d$/, 'must be a region such as us-east-1')
    .describe('AWS region.'),
  availabilityZones: z
    .array(z.string())
    .min(2)
    .max(MOST_ZONES)
    .describe('Two or three zones of the region. Once deployed, add and remove them at the end of the list.'),
  production: z.boolean().default(false).describe('Whether it holds data of real patients: stricter rules apply.'),
  disposable: z
    .boolean()
    .default(false)
    .describe(
      'Whether destroying the stacks destroys the data: no Object Lock, no backup lock, no deletion protection. Refused in production.',
    ),
  bootstrapQualifier: z
    .string()
    .regex(/^[a-z0-9]{1,10}$/, 'must be 1 to 10 lowercase letters and digits')
    .default('hnb659fds')
    .describe('Qualifier of the CDK bootstrap stack: `npx cdk bootstrap --qualifier`.'),
  permissionsBoundary: z
    .string()
    .regex(/^[\w+=,.@/-]{1,128}$/, 'must be the name of a managed policy in the account')
    .optional()
    .describe('Name of the managed policy that every role gets as its permissions boundary.'),
  accountBaseline: account.prefault({}),
  network: network.prefault({}),
  edge,
  service: service.prefault({}),
  analysis: analysis.prefault({ engine: 'embedded' }),
  sidecar: sidecar.default({ kind: 'none' }),
  database: database.prefault({}),
  backup: backup.prefault({}),
  retention: retentions.prefault({}),
  alarms: alarms.prefault({}),
  auditors: z
    .array(arn('iam'))
    .default([])
    .describe(
      'Principals that may take the auditor role, with MFA. A role of IAM Identity Center (`.../aws-reserved/sso.amazonaws.com/.../AWSReservedSSO_NAME_*`) needs no MFA condition: its sessions carry none, and Identity Center asks for MFA at sign-in.',
    ),
  githubRepository: z
    .string()
    // https://github.blog/changelog/2026-04-23-immutable-subject-claims-for-github-actions-oidc-tokens/
    .regex(/^([\w.-]+\/[\w.-]+|[\w.-]+@\d+\/[\w.-]+@\d+)$/, 'must be owner/name, or owner@ID/name@ID')
    .optional()
    .describe(
      'Repository whose workflows, in the environment named as the stage, may deploy, as its OIDC subject names it: `owner@ID/name@ID` if it was made or renamed since July 15, 2026, otherwise `owner/name`.',
    ),
});

/** What a stage file writes: defaults may be left out. */
export type StageInput = z.input<typeof stageSchema>;

/** A checked stage configuration with its name. */
export type StageConfig = z.output<typeof stageSchema> & { readonly stage: string };
