import * as iam from 'aws-cdk-lib/aws-iam';
import type * as kms from 'aws-cdk-lib/aws-kms';
import type * as logs from 'aws-cdk-lib/aws-logs';
import type * as s3 from 'aws-cdk-lib/aws-s3';
import { Duration, Stack } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';
import { LeastPrivilegeRole } from '../least-privilege-role.ts';

export interface AuditorRoleProps {
  readonly name: string;

  /**
   * ARNs that may take the role.
   *
   * @default - whoever the account's own policies let
   */
  readonly principals: readonly string[];

  readonly trailName: string;
  readonly logGroups: readonly logs.ILogGroup[];
  readonly bucket: s3.IBucket;
  readonly auditKey: kms.IKey;
  readonly signingKey: kms.IKey;
}

/** Reads the evidence, and nothing else: no notes, no database, no change. MFA is required. */
export class AuditorRole extends Construct {
  constructor(scope: Construct, id: string, props: AuditorRoleProps) {
    super(scope, id);
    const { partition, region, account } = Stack.of(this);
    const principals =
      props.principals.length === 0
        ? [new iam.AccountRootPrincipal()]
        : props.principals.map((arn) => new iam.ArnPrincipal(arn));
    const role = new LeastPrivilegeRole(this, 'Role', {
      roleName: props.name,
      description: 'Reads audit events, CloudTrail and the proof of both',
      wildcards: {
        '.Arn>/*': 'Every object of the audit bucket is evidence.',
        '*': 'The results of a query are fetched by its id; the actions take no resource.',
      },
      assumedBy: new iam.PrincipalWithConditions(new iam.CompositePrincipal(...principals), {
        Bool: { 'aws:MultiFactorAuthPresent': 'true' },
      }),
      statements: [
        {
          sid: 'Query',
          actions: ['logs:StartQuery', 'logs:FilterLogEvents', 'logs:GetLogEvents', 'logs:DescribeLogStreams'],
          resources: props.logGroups.map((group) => group.logGroupArn),
        },
        {
          // These take no resource: a query id belongs to whoever started the query.
          sid: 'QueryResults',
          actions: ['logs:GetQueryResults', 'logs:StopQuery', 'logs:DescribeQueryDefinitions'],
          resources: ['*'],
        },
        {
          sid: 'ReadBucket',
          actions: ['s3:GetObject', 's3:GetObjectVersion', 's3:GetObjectRetention'],
          resources: [props.bucket.arnForObjects('*')],
        },
        { sid: 'ListBucket', actions: ['s3:ListBucket', 's3:ListBucketVersions'], resources: [props.bucket.bucketArn] },
        { sid: 'Decrypt', actions: ['kms:Decrypt'], resources: [props.auditKey.keyArn] },
        {
          sid: 'VerifySignatures',
          actions: ['kms:GetPublicKey', 'kms:Verify', 'kms:DescribeKey'],
          resources: [props.signingKey.keyArn],
        },
        {
          sid: 'ReadTrail',
          actions: ['cloudtrail:GetTrail', 'cloudtrail:GetTrailStatus', 'cloudtrail:GetEventSelectors'],
          resources: [`arn:${partition}:cloudtrail:${region}:${account}:trail/${props.trailName}`],
        },
      ],
    });
    (role.node.defaultChild as iam.CfnRole).maxSessionDuration = Duration.hours(4).toSeconds();
  }
}
