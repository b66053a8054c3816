import * as iam from 'aws-cdk-lib/aws-iam';
import * as s3 from 'aws-cdk-lib/aws-s3';
import { Aws, Duration, RemovalPolicy } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';
import { acknowledgeRule } from '../acknowledge.ts';

export interface AccessLogBucketProps {
  /** Days to keep objects. */
  readonly retentionDays: number;
}

/** Prefixes of the bucket, one a writer. */
export const accessLogPrefixes = {
  auditBucket: 's3/audit/',
  loadBalancer: 'alb/access',
  connections: 'alb/connections',
  config: 'config',
  canary: 'canary',
} as const;

/**
 * Operational records: access logs, configuration snapshots, canary results, copies of identity providers' public keys.
 * No note is stored here.
 */
export class AccessLogBucket extends Construct {
  readonly bucket: s3.Bucket;

  constructor(scope: Construct, id: string, props: AccessLogBucketProps) {
    super(scope, id);
    this.bucket = new s3.Bucket(this, 'Resource', {
      encryption: s3.BucketEncryption.S3_MANAGED,
      blockPublicAccess: s3.BlockPublicAccess.BLOCK_ALL,
      objectOwnership: s3.ObjectOwnership.BUCKET_OWNER_ENFORCED,
      enforceSSL: true,
      minimumTLSVersion: 1.2,
      versioned: true,
      removalPolicy: RemovalPolicy.RETAIN,
      lifecycleRules: [
        {
          id: 'expire',
          expiration: Duration.days(props.retentionDays),
          noncurrentVersionExpiration: Duration.days(30),
          abortIncompleteMultipartUploadAfter: Duration.days(7),
        },
      ],
    });
    // https://docs.aws.amazon.com/config/latest/developerguide/s3-bucket-policy.html
    this.bucket.addToResourcePolicy(
      new iam.PolicyStatement({
        sid: 'ConfigReads',
        principals: [new iam.ServicePrincipal('config.amazonaws.com')],
        actions: ['s3:GetBucketAcl', 's3:ListBucket'],
        resources: [this.bucket.bucketArn],
        conditions: { StringEquals: { 'aws:SourceAccount': Aws.ACCOUNT_ID } },
      }),
    );
    this.bucket.addToResourcePolicy(
      new iam.PolicyStatement({
        sid: 'ConfigWrites',
        principals: [new iam.ServicePrincipal('config.amazonaws.com')],
        actions: ['s3:PutObject'],
        resources: [this.bucket.arnForObjects(`${accessLogPrefixes.config}/AWSLogs/${Aws.ACCOUNT_ID}/Config/*`)],
        conditions: {
          StringEquals: { 'aws:SourceAccount': Aws.ACCOUNT_ID, 's3:x-amz-acl': 'bucket-owner-full-control' },
        },
      }),
    );
    const resource = this.bucket.node.defaultChild!;
    acknowledgeRule(resource, 'S3DefaultEncryptionKMS', {
      reason:
        'Elastic Load Balancing and S3 server access logging deliver to SSE-S3 buckets only. The bucket holds addresses and routes, never patient data.',
    });
    acknowledgeRule(resource, 'S3BucketReplicationEnabled', {
      reason:
        'Operational records: the audit evidence is in the Object Lock bucket and in CloudWatch Logs. Losing a region loses load balancer logs of that region alone.',
    });
  }
}
