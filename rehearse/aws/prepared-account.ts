import { CreateTrailCommand, StartLoggingCommand } from '@aws-sdk/client-cloudtrail';
import { CreateLogGroupCommand } from '@aws-sdk/client-cloudwatch-logs';
import { PutConfigurationRecorderCommand } from '@aws-sdk/client-config-service';
import { PutRegistryScanningConfigurationCommand } from '@aws-sdk/client-ecr';
import { CreateDetectorCommand } from '@aws-sdk/client-guardduty';
import { CreateBucketCommand } from '@aws-sdk/client-s3';
import { PutParameterCommand } from '@aws-sdk/client-ssm';
import { AssumeRoleCommand } from '@aws-sdk/client-sts';
import { type AwsClients, createClients } from '../../packages/ops/src/aws/clients.ts';
import { createLinkedRoles, linkedRoles } from '../../packages/ops/src/aws/linked-roles.ts';
import { REQUEST_TIMEOUT_MS } from './emulator.ts';
import type { AccountKind } from './variants.ts';

export interface PreparedAccount {
  readonly id: string;
  readonly clients: AwsClients;
  readonly credentials: {
    readonly accessKeyId: string;
    readonly secretAccessKey: string;
    readonly sessionToken: string;
  };
}

export interface PrepareOptions {
  /** Of the first account. */
  readonly sts: AwsClients['sts'];
  readonly endpoint: string;
  readonly region: string;
  readonly id: string;
  readonly kind: AccountKind;
  readonly signal: AbortSignal;
}

/** Opens another account of the emulator, with what an account of its kind has before the first deployment. */
export async function prepareAccount(options: PrepareOptions): Promise<PreparedAccount> {
  const { sts, endpoint, region, id, kind, signal } = options;
  // By a role in it, as an organisation's administrator does.
  const RoleArn = `arn:aws:iam::${id}:role/administrator`;
  const { Credentials } = await sts.send(new AssumeRoleCommand({ RoleArn, RoleSessionName: 'rehearsal' }));
  const { AccessKeyId, SecretAccessKey, SessionToken } = Credentials!;
  const credentials = { accessKeyId: AccessKeyId!, secretAccessKey: SecretAccessKey!, sessionToken: SessionToken! };
  const clients = createClients({ region, endpoint, credentials, signal, requestTimeoutMs: REQUEST_TIMEOUT_MS });
  if (kind !== 'fresh') await createLinkedRoles({ clients }, linkedRoles);
  if (kind === 'landing-zone') await landingZone(clients, id);
  return { id, clients, credentials };
}

/** What AWS Control Tower and a security account leave in a member account. */
async function landingZone(clients: AwsClients, id: string): Promise<void> {
  const { guardDuty, config, logs, cloudTrail, s3, ssm, ecr } = clients;
  // Amazon Inspector scans images by itself.
  await ecr.send(new PutRegistryScanningConfigurationCommand({ scanType: 'ENHANCED', rules: [] }));
  await guardDuty.send(new CreateDetectorCommand({ Enable: true }));
  const ConfigurationRecorder = {
    name: 'aws-controltower-BaselineConfigRecorder',
    roleARN: `arn:aws:iam::${id}:role/aws-controltower-ConfigRecorderRole`,
  };
  await config.send(new PutConfigurationRecorderCommand({ ConfigurationRecorder }));
  await logs.send(new CreateLogGroupCommand({ logGroupName: 'RDSOSMetrics' }));
  const S3BucketName = `aws-controltower-logs-${id}`;
  await s3.send(new CreateBucketCommand({ Bucket: S3BucketName }));
  const Name = 'aws-controltower-BaselineCloudTrail';
  await cloudTrail.send(new CreateTrailCommand({ Name, S3BucketName, IsMultiRegionTrail: true }));
  await cloudTrail.send(new StartLoggingCommand({ Name }));
  await ssm.send(new PutParameterCommand({ Name: '/landing-zone/member', Value: 'true', Type: 'String' }));
}
