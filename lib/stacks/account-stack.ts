import * as config from 'aws-cdk-lib/aws-config';
import * as guardduty from 'aws-cdk-lib/aws-guardduty';
import * as iam from 'aws-cdk-lib/aws-iam';
import type * as kms from 'aws-cdk-lib/aws-kms';
import type * as s3 from 'aws-cdk-lib/aws-s3';
import { Aws, RemovalPolicy } from 'aws-cdk-lib/core';
import type { Construct } from 'constructs';
import { ACCOUNT_STACK } from '../config/names.ts';
import type { StageConfig } from '../config/schema.ts';
import { acknowledge } from '../constructs/acknowledge.ts';
import { accessLogPrefixes } from '../constructs/audit/access-log-bucket.ts';
import { declareElsewhere, type Elsewhere } from '../constructs/elsewhere.ts';
import { EncryptedLogGroup } from '../constructs/encrypted-log-group.ts';
import { forThisAccount, LeastPrivilegeRole } from '../constructs/least-privilege-role.ts';
import { StageStack } from '../constructs/stage-stack.ts';

export interface AccountStackProps {
  readonly config: StageConfig;
  readonly accessLogs: s3.IBucket;
  readonly logsKey: kms.IKey;
}

/** Questions that AWS Config asks of the whole account, all the time: managed rule by name. */
const configRules: readonly string[] = [
  'ROOT_ACCOUNT_MFA_ENABLED',
  'IAM_ROOT_ACCESS_KEY_CHECK',
  'IAM_USER_MFA_ENABLED',
  'MULTI_REGION_CLOUD_TRAIL_ENABLED',
  'CLOUD_TRAIL_LOG_FILE_VALIDATION_ENABLED',
  'S3_BUCKET_PUBLIC_READ_PROHIBITED',
  'S3_BUCKET_PUBLIC_WRITE_PROHIBITED',
  'RDS_STORAGE_ENCRYPTED',
  'RDS_SNAPSHOTS_PUBLIC_PROHIBITED',
  'VPC_DEFAULT_SECURITY_GROUP_CLOSED',
  'INCOMING_SSH_DISABLED',
  'CMK_BACKING_KEY_ROTATION_ENABLED',
];

/** Services whose roles a stage needs before it uses them. */
const linkedServices: readonly string[] = [
  'ecs.amazonaws.com',
  'ecs.application-autoscaling.amazonaws.com',
  'elasticloadbalancing.amazonaws.com',
  'rds.amazonaws.com',
];

/** Resources of the account that the stage relies on, and that are there already. */
export function existingInAccount({ accountBaseline }: StageConfig): Elsewhere[] {
  const { rdsHostLogs, guardDuty, config } = accountBaseline;
  const settings = [
    [rdsHostLogs, { type: 'AWS::Logs::LogGroup', id: 'RDSOSMetrics', setting: 'accountBaseline.rdsHostLogs' }],
    [guardDuty, { type: 'AWS::GuardDuty::Detector', setting: 'accountBaseline.guardDuty' }],
    [config, { type: 'AWS::Config::ConfigurationRecorder', setting: 'accountBaseline.config' }],
  ] as const;
  return settings.flatMap(([who, resource]) => (who === 'existing' ? [resource] : []));
}

/** Whether the account stack would hold a resource: CloudFormation accepts no stack without one. */
export function hasAccountResources({ accountBaseline }: StageConfig): boolean {
  const { rdsHostLogs, guardDuty, config, serviceLinkedRoles, githubOidcProvider } = accountBaseline;
  return [rdsHostLogs, guardDuty, config, serviceLinkedRoles].includes('create') || githubOidcProvider;
}

/** What an account can have only once. Of the stages that share an account, one has `accountBaseline.owned`. */
export class AccountStack extends StageStack {
  constructor(scope: Construct, id: string, props: AccountStackProps) {
    super(scope, id, {
      ...props,
      description: 'Threat detection, configuration recorder, GitHub identity provider',
      stackName: ACCOUNT_STACK,
      stateful: true,
    });
    const {
      guardDuty,
      config: recorder,
      rdsHostLogs,
      serviceLinkedRoles,
      githubOidcProvider,
    } = this.config.accountBaseline;
    if (rdsHostLogs === 'create') {
      // RDS enhanced monitoring writes to a group of this name, and would make it without key or retention.
      new EncryptedLogGroup(this, 'DatabaseHosts', {
        name: 'RDSOSMetrics',
        key: props.logsKey,
        retentionDays: this.config.retention.applicationLogs,
      });
    }
    if (guardDuty === 'create') {
      new guardduty.CfnDetector(this, 'GuardDuty', {
        enable: true,
        findingPublishingFrequency: 'FIFTEEN_MINUTES',
        features: ['S3_DATA_EVENTS', 'RDS_LOGIN_EVENTS'].map((name) => ({ name, status: 'ENABLED' })),
      });
    }
    if (recorder === 'create') this.recordConfiguration(props.accessLogs);
    declareElsewhere(this, ...existingInAccount(this.config));
    if (serviceLinkedRoles === 'create') this.createServiceLinkedRoles();
    if (githubOidcProvider) {
      new iam.CfnOIDCProvider(this, 'GitHub', {
        url: 'https://token.actions.githubusercontent.com',
        clientIdList: ['sts.amazonaws.com'],
      });
    }
  }

  /**
   * Roles that AWS services make at their first use in an account, and then cannot assume for some seconds.
   * https://github.com/aws-cloudformation/cloudformation-coverage-roadmap/issues/818
   */
  private createServiceLinkedRoles(): void {
    for (const service of linkedServices) {
      const id = `ServiceRole-${service.replace('.amazonaws.com', '')}`;
      const role = new iam.CfnServiceLinkedRole(this, id, { awsServiceName: service });
      role.applyRemovalPolicy(RemovalPolicy.RETAIN);
    }
  }

  private recordConfiguration(bucket: s3.IBucket): void {
    const policy = 'service-role/AWS_ConfigRole';
    const role = new LeastPrivilegeRole(this, 'ConfigRole', {
      assumedBy: forThisAccount('config'),
      description: 'AWS Config records the configuration of the account',
      wildcards: {
        [`/${accessLogPrefixes.config}/AWSLogs/<AWS::AccountId>/*`]: 'Config writes new objects below its own prefix.',
      },
      awsManaged: [policy],
      statements: [
        {
          actions: ['s3:PutObject'],
          resources: [bucket.arnForObjects(`${accessLogPrefixes.config}/AWSLogs/${Aws.ACCOUNT_ID}/*`)],
          conditions: { StringLike: { 's3:x-amz-acl': 'bucket-owner-full-control' } },
        },
        { actions: ['s3:GetBucketAcl'], resources: [bucket.bucketArn] },
      ],
    });
    acknowledge(role.node.defaultChild!, {
      id: `AwsSolutions-IAM4[Policy::arn:<AWS::Partition>:iam::aws:policy/${policy}]`,
      reason: 'AWS keeps this list of read rights in step with the resource types that Config records.',
    });
    const recorder = new config.CfnConfigurationRecorder(this, 'Recorder', {
      name: 'default',
      roleArn: role.roleArn,
      recordingGroup: { allSupported: true, includeGlobalResourceTypes: true },
    });
    new config.CfnDeliveryChannel(this, 'Delivery', {
      name: 'default',
      s3BucketName: bucket.bucketName,
      s3KeyPrefix: accessLogPrefixes.config,
      configSnapshotDeliveryProperties: { deliveryFrequency: 'TwentyFour_Hours' },
    });
    for (const identifier of configRules) {
      const name = identifier.toLowerCase().replaceAll('_', '-');
      const rule = new config.CfnConfigRule(this, name, {
        configRuleName: `healthcare-ai-${name}`,
        source: { owner: 'AWS', sourceIdentifier: identifier },
      });
      rule.addResourceDependency(recorder);
    }
  }
}
