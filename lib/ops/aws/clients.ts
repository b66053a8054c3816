import { ACMClient } from '@aws-sdk/client-acm';
import { ApplicationAutoScalingClient } from '@aws-sdk/client-application-auto-scaling';
import { BackupClient } from '@aws-sdk/client-backup';
import { CloudFormationClient } from '@aws-sdk/client-cloudformation';
import { CloudTrailClient } from '@aws-sdk/client-cloudtrail';
import { CloudWatchClient } from '@aws-sdk/client-cloudwatch';
import { CloudWatchLogsClient } from '@aws-sdk/client-cloudwatch-logs';
import { EC2Client } from '@aws-sdk/client-ec2';
import { ECRClient } from '@aws-sdk/client-ecr';
import { ECSClient } from '@aws-sdk/client-ecs';
import { ElasticLoadBalancingV2Client } from '@aws-sdk/client-elastic-load-balancing-v2';
import { GuardDutyClient } from '@aws-sdk/client-guardduty';
import { KMSClient } from '@aws-sdk/client-kms';
import { RDSClient } from '@aws-sdk/client-rds';
import { S3Client } from '@aws-sdk/client-s3';
import { ServiceQuotasClient } from '@aws-sdk/client-service-quotas';
import { SNSClient } from '@aws-sdk/client-sns';
import { SSMClient } from '@aws-sdk/client-ssm';
import { STSClient } from '@aws-sdk/client-sts';
import { WAFV2Client } from '@aws-sdk/client-wafv2';
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
export const MAX_ATTEMPTS = 4;

const constructors = {
  acm: ACMClient,
  autoScaling: ApplicationAutoScalingClient,
  backup: BackupClient,
  cloudFormation: CloudFormationClient,
  cloudTrail: CloudTrailClient,
  cloudWatch: CloudWatchClient,
  ec2: EC2Client,
  ecr: ECRClient,
  ecs: ECSClient,
  elb: ElasticLoadBalancingV2Client,
  guardDuty: GuardDutyClient,
  kms: KMSClient,
  logs: CloudWatchLogsClient,
  rds: RDSClient,
  s3: S3Client,
  serviceQuotas: ServiceQuotasClient,
  sns: SNSClient,
  ssm: SSMClient,
  sts: STSClient,
  waf: WAFV2Client,
} as const;

type Constructors = typeof constructors;

/** A client of each service that the operations talk to, made when first asked for. */
export type AwsClients = { readonly [Name in keyof Constructors]: InstanceType<Constructors[Name]> };

/** Clients that give up in bounded time and end with the signal. */
export function createClients({ signal, requestTimeoutMs = 20_000, ...given }: ClientOptions): AwsClients {
  const made = new Map<string, unknown>();
  // An endpoint of one's own rarely answers to names of buckets before its own.
  const forS3 = { forcePathStyle: given.endpoint !== undefined };
  const make = (name: keyof Constructors): unknown => {
    // Each has its own type; what they are given is common to all.
    const client = new (constructors[name] as typeof ECSClient)({
      ...given,
      ...forS3,
      maxAttempts: MAX_ATTEMPTS,
      retryMode: 'standard',
      requestHandler: { connectionTimeout: 5000, requestTimeout: requestTimeoutMs, throwOnRequestTimeout: true },
    });
    boundCalls(client, signal);
    return client;
  };
  const clients = {} as AwsClients;
  for (const name of Object.keys(constructors) as (keyof Constructors)[]) {
    Object.defineProperty(clients, name, {
      enumerable: true,
      get: () => made.get(name) ?? made.set(name, make(name)).get(name),
    });
  }
  return clients;
}
