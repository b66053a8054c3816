type Event = Readonly<Record<string, unknown>>;

const person = {
  type: 'AssumedRole',
  principalId: 'AROAEXAMPLE:someone',
  arn: 'arn:aws:sts::111122223333:assumed-role/Operator/someone',
  accountId: '111122223333',
};

/** The fields that every CloudTrail record has: https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-event-reference-record-contents.html */
function event(service: string, eventName: string, rest: Event = {}): Event {
  return {
    eventVersion: '1.09',
    userIdentity: person,
    eventTime: '2026-11-23T09:30:00Z',
    eventSource: `${service}.amazonaws.com`,
    eventName,
    awsRegion: 'us-east-1',
    sourceIPAddress: '198.51.100.7',
    userAgent: 'aws-cli/2.31',
    requestParameters: null,
    responseElements: null,
    readOnly: false,
    eventType: 'AwsApiCall',
    managementEvent: true,
    recipientAccountId: '111122223333',
    eventCategory: 'Management',
    ...rest,
  };
}

/** A role that an AWS service takes; records name it as the issuer of the session. */
const asRole = (userName: string, invokedBy?: string): Event => ({
  userIdentity: { ...person, invokedBy, sessionContext: { sessionIssuer: { type: 'Role', userName } } },
});
const byCloudFormation = asRole('cdk-hnb659fds-cfn-exec-role-111122223333-us-east-1', 'cloudformation.amazonaws.com');
const byOperator = asRole('Operator');

const root = {
  type: 'Root',
  principalId: '111122223333',
  arn: 'arn:aws:iam::111122223333:root',
  accountId: '111122223333',
};
const user = { type: 'IAMUser', userName: 'jo', arn: 'arn:aws:iam::111122223333:user/jo', accountId: '111122223333' };

const signIn = (mfa: string, outcome: string, identity: Event = user): Event =>
  event('signin', 'ConsoleLogin', {
    userIdentity: identity,
    eventType: 'AwsConsoleSignIn',
    additionalEventData: { MobileVersion: 'No', MFAUsed: mfa },
    responseElements: { ConsoleLogin: outcome },
    ...(outcome === 'Failure' ? { errorMessage: 'Failed authentication' } : {}),
  });

/** For each alarm over the trail: records that have to count, and records like them that must not. */
export const trailExamples: Readonly<
  Record<string, { readonly counts: readonly Event[]; readonly not: readonly Event[] }>
> = {
  'root-use': {
    counts: [signIn('Yes', 'Success', root), event('iam', 'CreateAccessKey', { userIdentity: root })],
    not: [
      event('kms', 'Decrypt', { userIdentity: { ...root, invokedBy: 'backup.amazonaws.com' } }),
      event('kms', 'RotateKey', { userIdentity: root, eventType: 'AwsServiceEvent' }),
      event('ec2', 'DescribeVpcs'),
    ],
  },
  'unauthorized-calls': {
    counts: [
      event('ec2', 'RunInstances', { errorCode: 'Client.UnauthorizedOperation' }),
      event('kms', 'Decrypt', { errorCode: 'AccessDenied' }),
      event('s3', 'GetObject', { errorCode: 'AccessDeniedException' }),
    ],
    not: [event('kms', 'Decrypt'), event('ec2', 'RunInstances', { errorCode: 'Client.InvalidParameterValue' })],
  },
  'sign-in-without-mfa': {
    counts: [signIn('No', 'Success')],
    not: [signIn('Yes', 'Success'), signIn('No', 'Failure'), signIn('No', 'Success', person)],
  },
  'sign-in-failures': { counts: [signIn('No', 'Failure')], not: [signIn('No', 'Success')] },
  'iam-changes': {
    counts: [
      event('iam', 'PutRolePolicy'),
      event('iam', 'AttachUserPolicy', byOperator),
      event('iam', 'UpdateAssumeRolePolicy'),
    ],
    not: [
      event('iam', 'CreatePolicy', byCloudFormation),
      event('iam', 'GetRolePolicy', { readOnly: true }),
      event('organizations', 'CreatePolicy'),
    ],
  },
  'trail-changes': {
    counts: [
      event('cloudtrail', 'StopLogging'),
      event('cloudtrail', 'DeleteTrail'),
      event('cloudtrail', 'PutEventSelectors'),
    ],
    not: [event('cloudtrail', 'GetTrailStatus')],
  },
  'key-deletion': {
    counts: [event('kms', 'ScheduleKeyDeletion', byCloudFormation), event('kms', 'DisableKey')],
    not: [event('kms', 'Decrypt'), event('kms', 'CreateKey')],
  },
  'key-policy-changes': {
    counts: [event('kms', 'PutKeyPolicy'), event('kms', 'PutKeyPolicy', byOperator)],
    not: [event('kms', 'GetKeyPolicy'), event('kms', 'PutKeyPolicy', byCloudFormation)],
  },
  'bucket-policy-changes': {
    counts: [event('s3', 'PutBucketPolicy'), event('s3', 'DeleteBucketPolicy'), event('s3', 'PutBucketAcl')],
    not: [event('s3', 'GetBucketPolicy'), event('s3', 'PutObject')],
  },
  'config-changes': {
    counts: [event('config', 'StopConfigurationRecorder'), event('config', 'DeleteDeliveryChannel')],
    not: [event('config', 'DescribeConfigRules')],
  },
  'security-group-changes': {
    counts: [event('ec2', 'AuthorizeSecurityGroupIngress'), event('ec2', 'DeleteSecurityGroup')],
    not: [event('ec2', 'DescribeSecurityGroups'), event('ec2', 'CreateSecurityGroup', byCloudFormation)],
  },
  'network-acl-changes': {
    counts: [event('ec2', 'CreateNetworkAclEntry'), event('ec2', 'ReplaceNetworkAclAssociation')],
    not: [event('ec2', 'DescribeNetworkAcls')],
  },
  'gateway-changes': {
    counts: [event('ec2', 'AttachInternetGateway'), event('ec2', 'CreateCustomerGateway')],
    not: [event('ec2', 'DescribeInternetGateways')],
  },
  'route-changes': {
    counts: [event('ec2', 'CreateRoute'), event('ec2', 'ReplaceRouteTableAssociation')],
    not: [event('ec2', 'DescribeRouteTables')],
  },
  'vpc-changes': {
    counts: [event('ec2', 'CreateVpcPeeringConnection'), event('ec2', 'ModifyVpcAttribute')],
    not: [event('ec2', 'DescribeVpcs')],
  },
  'log-group-changes': {
    counts: [
      event('logs', 'DeleteLogGroup'),
      event('logs', 'PutRetentionPolicy'),
      event('logs', 'DeleteDataProtectionPolicy'),
    ],
    not: [event('logs', 'CreateLogStream')],
  },
  'master-secret-read': {
    counts: [
      event('secretsmanager', 'GetSecretValue', {
        requestParameters: {
          secretId:
            'arn:aws:secretsmanager:us-east-1:111122223333:secret:rds!cluster-0b1c2d3e-4f5a-6b7c-8d9e-0f1a2b3c4d5e-AbCdEf',
        },
      }),
    ],
    not: [
      event('secretsmanager', 'GetSecretValue', {
        requestParameters: { secretId: 'arn:aws:secretsmanager:us-east-1:111122223333:secret:datadog-AbCdEf' },
      }),
      event('secretsmanager', 'GetSecretValue', {
        ...asRole('healthcare-ai-prod-us-east-1-migrate-execution'),
        requestParameters: { secretId: 'arn:aws:secretsmanager:us-east-1:111122223333:secret:rds!cluster-0b1c-AbCdEf' },
      }),
      event('secretsmanager', 'DescribeSecret', { requestParameters: { secretId: 'rds!cluster-0b1c2d3e' } }),
    ],
  },
};
