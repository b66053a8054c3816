import * as iam from 'aws-cdk-lib/aws-iam';
import type * as kms from 'aws-cdk-lib/aws-kms';
import type * as s3 from 'aws-cdk-lib/aws-s3';
import { Stack } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';
import { LeastPrivilegeRole } from '../least-privilege-role.ts';

export interface WatchRoleProps {
  readonly name: string;
  readonly stage: string;

  /** owner/name */
  readonly githubRepository: string;
  readonly bucket: s3.IBucket;

  /** Prefix of the bucket below which the service publishes its audit events. */
  readonly prefix: string;
  readonly auditKey: kms.IKey;
  readonly signingKey: kms.IKey;
}

const ISSUER = 'token.actions.githubusercontent.com';

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
      assumedBy: new iam.WebIdentityPrincipal(`arn:${partition}:iam::${account}:oidc-provider/${ISSUER}`, {
        StringEquals: {
          [`${ISSUER}:aud`]: 'sts.amazonaws.com',
          [`${ISSUER}:sub`]: `repo:${props.githubRepository}:environment:${props.stage}-watch`,
        },
      }),
      statements: [
        {
          sid: 'CdkLookup',
          actions: ['sts:AssumeRole'],
          resources: [`arn:${partition}:iam::${account}:role/cdk-hnb659fds-lookup-role-${account}-${region}`],
        },
        {
          sid: 'ReadEvents',
          actions: ['s3:GetObject', 's3:GetObjectVersion', 's3:GetObjectRetention'],
          resources: [props.bucket.arnForObjects(`${props.prefix}/*`)],
        },
        { sid: 'ListBucket', actions: ['s3:ListBucket', 's3:ListBucketVersions'], resources: [props.bucket.bucketArn] },
        { sid: 'Decrypt', actions: ['kms:Decrypt'], resources: [props.auditKey.keyArn] },
        {
          sid: 'VerifySignatures',
          actions: ['kms:GetPublicKey', 'kms:Verify', 'kms:DescribeKey'],
          resources: [props.signingKey.keyArn],
        },
      ],
    });
  }
}
