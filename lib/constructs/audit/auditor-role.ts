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
   * @default - principals that the account's own policies allow
   */
  readonly principals: readonly string[];

  readonly trailName: string;
  readonly logGroups: readonly logs.ILogGroup[];
  readonly bucket: s3.IBucket;
  readonly auditKey: kms.IKey;
  readonly signingKey: kms.IKey;
}

/** Role that IAM Identity Center makes for a permission set; its name ends with an id that changes when it is created again. */
const IDENTITY_CENTER = /^arn:[^:]+:iam::(\d{12}):role\/aws-reserved\/sso\.amazonaws\.com\//;

/**
 * Who may take the role. Sessions of IAM Identity Center carry no `aws:MultiFactorAuthPresent`, so a condition on it
 * would lock every such auditor out: Identity Center asks for the second factor when they sign in.
 * https://repost.aws/questions/QUPEQ2SFeESKefkIxvIqn-hQ
 */
function trusted(arns: readonly string[]): iam.IPrincipal[] {
  const others = arns.filter((arn) => !IDENTITY_CENTER.test(arn));
  const multiFactor = { Bool: { 'aws:MultiFactorAuthPresent': 'true' } };
  const principals =
    arns.length === 0 ? [new iam.AccountRootPrincipal()] : others.map((arn) => new iam.ArnPrincipal(arn));
  return [
    ...principals.map((principal) => new iam.PrincipalWithConditions(principal, multiFactor)),
    ...arns.flatMap((arn) => {
      const account = IDENTITY_CENTER.exec(arn)?.[1];
      if (account === undefined) return [];
      const conditions = { ArnLike: { 'aws:PrincipalArn': arn } };
      return [new iam.PrincipalWithConditions(new iam.AccountPrincipal(account), conditions)];
    }),
  ];
}

/** Reads the evidence, and nothing else: no notes, no database, no change. A second factor is required. */
export class AuditorRole extends Construct {
  constructor(scope: Construct, id: string, props: AuditorRoleProps) {
    super(scope, id);
    const { partition, region, account } = Stack.of(this);
    const role = new LeastPrivilegeRole(this, 'Role', {
      roleName: props.name,
      description: 'Reads audit events, CloudTrail and the proof of both',
      wildcards: {
        '.Arn>/*': 'Every object of the audit bucket is evidence.',
        '*': 'The results of a query are fetched by its id; the actions take no resource.',
      },
      assumedBy: new iam.CompositePrincipal(...trusted(props.principals)),
      statements: [
        {
          sid: 'Query',
          actions: ['logs:StartQuery', 'logs:FilterLogEvents', 'logs:GetLogEvents', 'logs:DescribeLogStreams'],
          resources: props.logGroups.map((group) => group.logGroupArn),
        },
        {
          // These take no resource: a query id belongs to the caller that started the query.
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
