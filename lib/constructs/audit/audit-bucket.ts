import * as iam from 'aws-cdk-lib/aws-iam';
import type * as kms from 'aws-cdk-lib/aws-kms';
import * as s3 from 'aws-cdk-lib/aws-s3';
import { Aws, Duration, RemovalPolicy, Stack } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';
import { acknowledgeRule } from '../acknowledge.ts';
import { accessLogPrefixes } from './access-log-bucket.ts';

export interface AuditBucketProps {
  readonly key: kms.IKey;

  /** Receives the bucket's own access log. */
  readonly accessLogs: s3.IBucket;

  /** Days for which an object cannot be deleted. */
  readonly retentionDays: number;

  /** Compliance mode binds the root user too; governance mode can be lifted with the right to bypass it. */
  readonly lock: 'compliance' | 'governance';

  /** Name of the trail that writes here. */
  readonly trailName: string;
}

/** Prefixes of the bucket, one a writer. */
export const auditPrefixes = { trail: 'cloudtrail', events: 'audit' } as const;

/** Write once, read many: audit events, their signed checkpoints and CloudTrail. */
export class AuditBucket extends Construct {
  readonly bucket: s3.Bucket;

  constructor(scope: Construct, id: string, props: AuditBucketProps) {
    super(scope, id);
    const retention = Duration.days(props.retentionDays);
    this.bucket = new s3.Bucket(this, 'Resource', {
      encryption: s3.BucketEncryption.KMS,
      encryptionKey: props.key,
      bucketKeyEnabled: true,
      blockPublicAccess: s3.BlockPublicAccess.BLOCK_ALL,
      objectOwnership: s3.ObjectOwnership.BUCKET_OWNER_ENFORCED,
      enforceSSL: true,
      minimumTLSVersion: 1.2,
      versioned: true,
      objectLockEnabled: true,
      objectLockDefaultRetention:
        props.lock === 'compliance'
          ? s3.ObjectLockRetention.compliance(retention)
          : s3.ObjectLockRetention.governance(retention),
      serverAccessLogsBucket: props.accessLogs,
      serverAccessLogsPrefix: accessLogPrefixes.auditBucket,
      removalPolicy: RemovalPolicy.RETAIN,
      lifecycleRules: [
        {
          id: 'archive-then-expire',
          transitions: [
            { storageClass: s3.StorageClass.GLACIER_INSTANT_RETRIEVAL, transitionAfter: Duration.days(90) },
          ],
          // After the lock has ended; versions under lock are never removed by a rule.
          expiration: Duration.days(props.retentionDays + 30),
          noncurrentVersionExpiration: Duration.days(props.retentionDays + 30),
          abortIncompleteMultipartUploadAfter: Duration.days(7),
        },
      ],
    });
    this.allowTrail(props.trailName);
    acknowledgeRule(this.bucket.node.defaultChild!, 'S3BucketReplicationEnabled', {
      reason:
        'The same events are kept in the audit log group and, until published, in the database, whose backups are copied to another region. Replication needs a second bucket to exist first.',
    });
  }

  /** https://docs.aws.amazon.com/awscloudtrail/latest/userguide/create-s3-bucket-policy-for-cloudtrail.html */
  private allowTrail(name: string): void {
    const { partition, region } = Stack.of(this);
    const source = `arn:${partition}:cloudtrail:${region}:${Aws.ACCOUNT_ID}:trail/${name}`;
    this.bucket.addToResourcePolicy(
      new iam.PolicyStatement({
        sid: 'TrailReads',
        principals: [new iam.ServicePrincipal('cloudtrail.amazonaws.com')],
        actions: ['s3:GetBucketAcl'],
        resources: [this.bucket.bucketArn],
        conditions: { StringEquals: { 'aws:SourceArn': source } },
      }),
    );
    this.bucket.addToResourcePolicy(
      new iam.PolicyStatement({
        sid: 'TrailWrites',
        principals: [new iam.ServicePrincipal('cloudtrail.amazonaws.com')],
        actions: ['s3:PutObject'],
        resources: [this.bucket.arnForObjects(`${auditPrefixes.trail}/AWSLogs/${Aws.ACCOUNT_ID}/*`)],
        conditions: { StringEquals: { 'aws:SourceArn': source, 's3:x-amz-acl': 'bucket-owner-full-control' } },
      }),
    );
  }
}
