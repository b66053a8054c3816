import type { ECSClient } from '@aws-sdk/client-ecs';
import { boundCalls } from './call-middleware.ts';

export interface ClientOptions {
  readonly region: string;

  /** @default - what the environment and ~/.aws say */
  readonly profile?: string;

  /** @default - AWS, or AWS_ENDPOINT_URL */
  readonly endpoint?: string;

  /** @default - the chain of the SDK */
  readonly credentials?: {
    readonly accessKeyId: string;
    readonly secretAccessKey: string;
    readonly sessionToken?: string;
  };

  /** Ends calls under way. */
  readonly signal: AbortSignal;

  /**
   * Milliseconds that one attempt may take.
   *
   * @default 20000
   */
  readonly requestTimeoutMs?: number;
}

/** Attempts of a call, the first included: the SDK repeats what is worth it (throttling, 5xx, cut connections). */
const MAX_ATTEMPTS = 4;

/** A package takes up to 0.2 s to load: each is when it is first called. */
const loaders = {
  acm: async () => (await import('@aws-sdk/client-acm')).ACMClient,
  autoScaling: async () => (await import('@aws-sdk/client-application-auto-scaling')).ApplicationAutoScalingClient,
  backup: async () => (await import('@aws-sdk/client-backup')).BackupClient,
  cloudFormation: async () => (await import('@aws-sdk/client-cloudformation')).CloudFormationClient,
  cloudTrail: async () => (await import('@aws-sdk/client-cloudtrail')).CloudTrailClient,
  cloudWatch: async () => (await import('@aws-sdk/client-cloudwatch')).CloudWatchClient,
  config: async () => (await import('@aws-sdk/client-config-service')).ConfigServiceClient,
  ec2: async () => (await import('@aws-sdk/client-ec2')).EC2Client,
  ecr: async () => (await import('@aws-sdk/client-ecr')).ECRClient,
  ecs: async () => (await import('@aws-sdk/client-ecs')).ECSClient,
  elb: async () => (await import('@aws-sdk/client-elastic-load-balancing-v2')).ElasticLoadBalancingV2Client,
  events: async () => (await import('@aws-sdk/client-eventbridge')).EventBridgeClient,
  guardDuty: async () => (await import('@aws-sdk/client-guardduty')).GuardDutyClient,
  iam: async () => (await import('@aws-sdk/client-iam')).IAMClient,
  kms: async () => (await import('@aws-sdk/client-kms')).KMSClient,
  logs: async () => (await import('@aws-sdk/client-cloudwatch-logs')).CloudWatchLogsClient,
  rds: async () => (await import('@aws-sdk/client-rds')).RDSClient,
  s3: async () => (await import('@aws-sdk/client-s3')).S3Client,
  serviceQuotas: async () => (await import('@aws-sdk/client-service-quotas')).ServiceQuotasClient,
  sns: async () => (await import('@aws-sdk/client-sns')).SNSClient,
  ssm: async () => (await import('@aws-sdk/client-ssm')).SSMClient,
  sts: async () => (await import('@aws-sdk/client-sts')).STSClient,
  waf: async () => (await import('@aws-sdk/client-wafv2')).WAFV2Client,
} as const;

type Loaders = typeof loaders;

/** A client of each service that the operations talk to, loaded and made at its first call. */
export type AwsClients = {
  readonly [Name in keyof Loaders]: Pick<InstanceType<Awaited<ReturnType<Loaders[Name]>>>, 'send'>;
};

/** Clients that give up in bounded time and end with the signal. */
export function createClients({ signal, requestTimeoutMs = 20_000, ...given }: ClientOptions): AwsClients {
  // An endpoint of one's own rarely answers to names of buckets before its own.
  const forS3 = { forcePathStyle: given.endpoint !== undefined };
  // Each has its own type; what they are given, and how they are called, is common to all.
  const make = async (name: keyof Loaders): Promise<ECSClient> => {
    const Client = (await loaders[name]()) as unknown as typeof ECSClient;
    const client = new Client({
      ...given,
      ...forS3,
      maxAttempts: MAX_ATTEMPTS,
      retryMode: 'standard',
      requestHandler: { connectionTimeout: 5000, requestTimeout: requestTimeoutMs, throwOnRequestTimeout: true },
    });
    boundCalls(client, signal);
    return client;
  };
  const lazily = (name: keyof Loaders) => {
    let made: Promise<ECSClient> | undefined;
    return {
      async send(...args: Parameters<ECSClient['send']>) {
        made ??= make(name);
        return (await made).send(...args);
      },
    };
  };
  const names = Object.keys(loaders) as (keyof Loaders)[];
  return Object.fromEntries(names.map((name) => [name, lazily(name)])) as unknown as AwsClients;
}
