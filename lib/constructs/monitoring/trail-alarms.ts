import type * as logs from 'aws-cdk-lib/aws-logs';
import type * as sns from 'aws-cdk-lib/aws-sns';
import { Construct } from 'constructs';
import type { Names } from '../../config/names.ts';
import type { StageConfig } from '../../config/schema.ts';
import { alarmOnLines } from '../alarm.ts';

interface TrailEvent {
  readonly description: string;

  /** What a record must match, without the outer braces of a filter pattern. */
  readonly pattern: string;

  /**
   * Role whose records do not count, because it makes such changes as a matter of routine. Alarms that sound at every
   * deployment are muted. The records stay in the trail.
   *
   * @default - records of every identity count
   */
  readonly except?: 'cloudformation' | 'migration';

  /** Events in five minutes. @default 1 */
  readonly threshold?: number;
}

const anyOf = (source: string, ...names: readonly string[]): string =>
  `($.eventSource = "${source}.amazonaws.com") && (${names.map((name) => `($.eventName = "${name}")`).join(' || ')})`;

/** A comparison with a member that a record lacks is false in CloudWatch, `!=` included: hence the test for existence. */
const notBy = (role: string): string => {
  const member = '$.userIdentity.sessionContext.sessionIssuer.userName';
  return `((${member} NOT EXISTS) || (${member} != "${role}"))`;
};

/** The filter pattern of an event. */
function filterPatternOf({ pattern, except }: TrailEvent, roles: RoutineRoles): string {
  return except === undefined ? `{ ${pattern} }` : `{ ${pattern} && ${notBy(roles[except])} }`;
}

/** Names of the roles that make changes as a matter of routine; `*` matches any text. */
export type RoutineRoles = Readonly<Record<'cloudformation' | 'migration', string>>;

/**
 * The alarms of the CIS AWS Foundations Benchmark, section 4 "Monitoring", over the CloudTrail log group, and two of
 * our own at the end. https://docs.aws.amazon.com/securityhub/latest/userguide/cloudwatch-controls.html
 */
export const trailEvents: Readonly<Record<string, TrailEvent>> = {
  'root-use': {
    description: 'The root user of the account was used.',
    pattern:
      '($.userIdentity.type = "Root") && ($.userIdentity.invokedBy NOT EXISTS) && ($.eventType != "AwsServiceEvent")',
  },
  'unauthorized-calls': {
    description: 'Many API calls were denied: possible probing, or a role lacks a permission.',
    pattern: '($.errorCode = "*UnauthorizedOperation") || ($.errorCode = "AccessDenied*")',
    threshold: 10,
  },
  'sign-in-without-mfa': {
    description: 'A console sign-in did not use a second factor.',
    pattern:
      '($.eventName = "ConsoleLogin") && ($.additionalEventData.MFAUsed != "Yes") && ($.userIdentity.type = "IAMUser") && ($.responseElements.ConsoleLogin = "Success")',
  },
  'sign-in-failures': {
    description: 'Repeated console sign-in failures.',
    pattern: '($.eventName = "ConsoleLogin") && ($.errorMessage = "Failed authentication")',
    threshold: 3,
  },
  'iam-changes': {
    description: 'An IAM policy was changed.',
    except: 'cloudformation',
    pattern: anyOf(
      'iam',
      'DeleteGroupPolicy',
      'DeleteRolePolicy',
      'DeleteUserPolicy',
      'PutGroupPolicy',
      'PutRolePolicy',
      'PutUserPolicy',
      'CreatePolicy',
      'DeletePolicy',
      'CreatePolicyVersion',
      'DeletePolicyVersion',
      'AttachRolePolicy',
      'DetachRolePolicy',
      'AttachUserPolicy',
      'DetachUserPolicy',
      'AttachGroupPolicy',
      'DetachGroupPolicy',
      'UpdateAssumeRolePolicy',
    ),
  },
  'trail-changes': {
    description: 'CloudTrail was changed or stopped.',
    pattern: anyOf(
      'cloudtrail',
      'CreateTrail',
      'UpdateTrail',
      'DeleteTrail',
      'StartLogging',
      'StopLogging',
      'PutEventSelectors',
    ),
  },
  'key-deletion': {
    description: 'A KMS key was disabled or scheduled for deletion: data may become unreadable. Runbook: lost key.',
    pattern: anyOf('kms', 'DisableKey', 'ScheduleKeyDeletion', 'DisableKeyRotation'),
  },
  'key-policy-changes': {
    description: 'A KMS key policy was changed.',
    except: 'cloudformation',
    pattern: anyOf('kms', 'PutKeyPolicy'),
  },
  'bucket-policy-changes': {
    description: 'Access to a bucket was changed.',
    except: 'cloudformation',
    pattern: anyOf(
      's3',
      'PutBucketAcl',
      'PutBucketPolicy',
      'PutBucketCors',
      'PutBucketLifecycle',
      'PutBucketReplication',
      'DeleteBucketPolicy',
      'DeleteBucketCors',
      'DeleteBucketLifecycle',
      'DeleteBucketReplication',
      'PutBucketPublicAccessBlock',
      'PutBucketObjectLockConfiguration',
    ),
  },
  'config-changes': {
    description: 'AWS Config was changed or stopped.',
    pattern: anyOf(
      'config',
      'StopConfigurationRecorder',
      'DeleteDeliveryChannel',
      'PutDeliveryChannel',
      'PutConfigurationRecorder',
    ),
  },
  'security-group-changes': {
    description: 'A security group was changed.',
    except: 'cloudformation',
    pattern: anyOf(
      'ec2',
      'AuthorizeSecurityGroupIngress',
      'AuthorizeSecurityGroupEgress',
      'RevokeSecurityGroupIngress',
      'RevokeSecurityGroupEgress',
      'CreateSecurityGroup',
      'DeleteSecurityGroup',
    ),
  },
  'network-acl-changes': {
    description: 'A network ACL was changed.',
    except: 'cloudformation',
    pattern: anyOf(
      'ec2',
      'CreateNetworkAcl',
      'CreateNetworkAclEntry',
      'DeleteNetworkAcl',
      'DeleteNetworkAclEntry',
      'ReplaceNetworkAclEntry',
      'ReplaceNetworkAclAssociation',
    ),
  },
  'gateway-changes': {
    description: 'A gateway of a network was changed.',
    except: 'cloudformation',
    pattern: anyOf(
      'ec2',
      'CreateCustomerGateway',
      'DeleteCustomerGateway',
      'AttachInternetGateway',
      'CreateInternetGateway',
      'DeleteInternetGateway',
      'DetachInternetGateway',
    ),
  },
  'route-changes': {
    description: 'A route was changed.',
    except: 'cloudformation',
    pattern: anyOf(
      'ec2',
      'CreateRoute',
      'CreateRouteTable',
      'ReplaceRoute',
      'ReplaceRouteTableAssociation',
      'DeleteRouteTable',
      'DeleteRoute',
      'DisassociateRouteTable',
    ),
  },
  'vpc-changes': {
    description: 'A network was created, changed or removed.',
    except: 'cloudformation',
    pattern: anyOf(
      'ec2',
      'CreateVpc',
      'DeleteVpc',
      'ModifyVpcAttribute',
      'AcceptVpcPeeringConnection',
      'CreateVpcPeeringConnection',
      'DeleteVpcPeeringConnection',
      'RejectVpcPeeringConnection',
    ),
  },
  'log-group-changes': {
    description: 'A log group was deleted, its retention shortened or its masking removed.',
    except: 'cloudformation',
    pattern: anyOf(
      'logs',
      'DeleteLogGroup',
      'DeleteLogStream',
      'PutRetentionPolicy',
      'DisassociateKmsKey',
      'DeleteDataProtectionPolicy',
    ),
  },
  'master-secret-read': {
    description: "An identity other than the migration task read the database owner's password.",
    except: 'migration',
    pattern:
      '($.eventSource = "secretsmanager.amazonaws.com") && ($.eventName = "GetSecretValue") && ($.requestParameters.secretId = "*rds!cluster*")',
  },
};

export interface TrailAlarmsProps {
  readonly config: StageConfig;
  readonly names: Names;
  readonly logGroup: logs.ILogGroup;
  readonly topic: sns.ITopic;
}

/** One metric filter and one alarm for each kind of event. */
export class TrailAlarms extends Construct {
  constructor(scope: Construct, id: string, props: TrailAlarmsProps) {
    super(scope, id);
    const roles: RoutineRoles = {
      cloudformation: `cdk-${props.config.bootstrapQualifier}-cfn-exec-role-*`,
      migration: props.names.roles.migrateExecution,
    };
    for (const [name, event] of Object.entries(trailEvents)) {
      alarmOnLines(this, name, {
        description: `${event.description} Runbook: unexpected change.`,
        logGroup: props.logGroup,
        pattern: filterPatternOf(event, roles),
        namespace: `${props.names.base}/trail`,
        prefix: `${props.names.base}-trail`,
        threshold: event.threshold,
        topic: props.topic,
      });
    }
  }
}
