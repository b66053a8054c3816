import * as cloudtrail from 'aws-cdk-lib/aws-cloudtrail';
import type * as kms from 'aws-cdk-lib/aws-kms';
import type * as logs from 'aws-cdk-lib/aws-logs';
import type * as s3 from 'aws-cdk-lib/aws-s3';
import { Construct } from 'constructs';
import { forThisAccount, LeastPrivilegeRole } from '../least-privilege-role.ts';
import { auditPrefixes } from './audit-bucket.ts';

export interface TrailProps {
  readonly name: string;

  /** Records management events. A second trail of an account that does is billed for each event. */
  readonly managementEvents: boolean;
  readonly bucket: s3.Bucket;
  readonly logGroup: logs.ILogGroup;
  readonly key: kms.IKey;
}

/**
 * CloudTrail of the account: management events of every region, unless another trail records them, and who reads or
 * writes audit events in the bucket.
 *
 * The L2 construct writes an inline role policy and knows no advanced selectors, hence the L1.
 */
export class Trail extends Construct {
  constructor(scope: Construct, id: string, props: TrailProps) {
    super(scope, id);
    const role = new LeastPrivilegeRole(this, 'LogsRole', {
      assumedBy: forThisAccount('cloudtrail'),
      description: 'CloudTrail writes to its log group',
      statements: [
        {
          actions: ['logs:CreateLogStream', 'logs:PutLogEvents'],
          resources: [`${props.logGroup.logGroupArn.replace(/:\*$/, '')}`],
        },
      ],
    });
    const trail = new cloudtrail.CfnTrail(this, 'Resource', {
      trailName: props.name,
      isLogging: true,
      isMultiRegionTrail: true,
      includeGlobalServiceEvents: true,
      enableLogFileValidation: true,
      s3BucketName: props.bucket.bucketName,
      s3KeyPrefix: auditPrefixes.trail,
      kmsKeyId: props.key.keyArn,
      cloudWatchLogsLogGroupArn: props.logGroup.logGroupArn,
      cloudWatchLogsRoleArn: role.roleArn,
      advancedEventSelectors: [
        ...(props.managementEvents
          ? [{ name: 'management', fieldSelectors: [{ field: 'eventCategory', equalTo: ['Management'] }] }]
          : []),
        {
          // Not the trail's own prefix: each delivery would be an event, and so another delivery.
          name: 'audit-events',
          fieldSelectors: [
            { field: 'eventCategory', equalTo: ['Data'] },
            { field: 'resources.type', equalTo: ['AWS::S3::Object'] },
            { field: 'resources.ARN', startsWith: [props.bucket.arnForObjects(`${auditPrefixes.events}/`)] },
          ],
        },
      ],
    });
    // CloudTrail tries all three when the trail is made.
    trail.node.addDependency(props.bucket.policy!, role);
  }
}
