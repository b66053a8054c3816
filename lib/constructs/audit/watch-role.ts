import type * as kms from 'aws-cdk-lib/aws-kms';
import type * as logs from 'aws-cdk-lib/aws-logs';
import type * as s3 from 'aws-cdk-lib/aws-s3';
import { Stack } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';
import { forGithubEnvironment, LeastPrivilegeRole } from '../least-privilege-role.ts';

export interface WatchRoleProps {
  /** Of the CDK bootstrap stack. */
  readonly qualifier: string;

  readonly name: string;
  readonly stage: string;

  /** owner/name, or owner@ID/name@ID: as the subject of its OIDC tokens names it. */
  readonly githubRepository: string;
  /** Where the service writes its audit events. */
  readonly logGroup: logs.ILogGroup;
  readonly bucket: s3.IBucket;

  /** Prefix of the bucket below which the service publishes its audit events. */
  readonly prefix: string;
  readonly auditKey: kms.IKey;
  readonly signingKey: kms.IKey;
}

/**
 * What the nightly workflow takes: it verifies the audit trail and compares what runs with the templates. Its GitHub
 * environment, `<stage>-watch`, has no approvals, because it can change nothing.
 */
export class WatchRole extends Construct {
  constructor(scope: Construct, id: string, props: WatchRoleProps) {
    super(scope, id);
    const { partition, region, account } = Stack.of(this);
    new LeastPrivilegeRole(this, 'Role', {
      roleName: props.name,
      description: `Watches ${props.stage} from GitHub Actions`,
      wildcards: { [`.Arn>/${props.prefix}/*`]: 'Every object that the service publishes is verified.' },
      assumedBy: forGithubEnvironment(this, props.githubRepository, `${props.stage}-watch`),
      statements: [
        {
          sid: 'CdkLookup',
          actions: ['sts:AssumeRole'],
          resources: [`arn:${partition}:iam::${account}:role/cdk-${props.qualifier}-lookup-role-${account}-${region}`],
        },
        // What `npm run ops -- audit verify --cloudwatch --bucket` calls.
        {
          sid: 'ReadEvents',
          actions: ['logs:DescribeLogStreams', 'logs:GetLogEvents'],
          resources: [props.logGroup.logGroupArn],
        },
        {
          sid: 'ReadCheckpoints',
          actions: ['s3:GetObject'],
          resources: [props.bucket.arnForObjects(`${props.prefix}/*`)],
        },
        { sid: 'FindCheckpoints', actions: ['s3:ListBucket'], resources: [props.bucket.bucketArn] },
        { sid: 'Decrypt', actions: ['kms:Decrypt'], resources: [props.auditKey.keyArn] },
        { sid: 'PublicKey', actions: ['kms:GetPublicKey'], resources: [props.signingKey.keyArn] },
      ],
    });
  }
}
