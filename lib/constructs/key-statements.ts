import * as iam from 'aws-cdk-lib/aws-iam';
import { Aws, Stack } from 'aws-cdk-lib/core';
import type { Construct } from 'constructs';

const USE = ['kms:Encrypt*', 'kms:Decrypt*', 'kms:ReEncrypt*', 'kms:GenerateDataKey*', 'kms:Describe*'];

/**
 * CDK's default statement lets IAM policies of the account use the key, grants included. A grant outlives the policy
 * that allowed it, so nobody makes one but AWS services. (Fargate and others call as themselves.)
 */
export const grantsForServicesOnly = (): iam.PolicyStatement =>
  new iam.PolicyStatement({
    sid: 'GrantsForServicesOnly',
    effect: iam.Effect.DENY,
    principals: [new iam.AnyPrincipal()],
    actions: ['kms:CreateGrant'],
    resources: ['*'],
    conditions: { Bool: { 'kms:GrantIsForAWSResource': 'false', 'aws:PrincipalIsAWSService': 'false' } },
  });

/** CloudWatch Logs, for the groups of this account whose names begin so. https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/encrypt-log-data-kms.html */
export function forLogGroups(scope: Construct, ...prefixes: readonly string[]): iam.PolicyStatement {
  const { partition, region, account } = Stack.of(scope);
  return new iam.PolicyStatement({
    sid: 'CloudWatchLogs',
    principals: [new iam.ServicePrincipal(`logs.${region}.amazonaws.com`)],
    actions: USE,
    resources: ['*'],
    conditions: {
      ArnLike: {
        'kms:EncryptionContext:aws:logs:arn': prefixes.map(
          (prefix) => `arn:${partition}:logs:${region}:${account}:log-group:${prefix}*`,
        ),
      },
    },
  });
}

/** Log delivery, which writes the WAF's log. https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/AWS-logs-and-resource-policy.html */
export const forLogDelivery = (): iam.PolicyStatement =>
  new iam.PolicyStatement({
    sid: 'LogDelivery',
    principals: [new iam.ServicePrincipal('delivery.logs.amazonaws.com')],
    actions: ['kms:Decrypt', 'kms:GenerateDataKey*'],
    resources: ['*'],
    conditions: { StringEquals: { 'aws:SourceAccount': Aws.ACCOUNT_ID } },
  });

/** One trail. https://docs.aws.amazon.com/awscloudtrail/latest/userguide/create-kms-key-policy-for-cloudtrail.html */
export function forTrail(scope: Construct, name: string): iam.PolicyStatement {
  const { partition, region, account } = Stack.of(scope);
  const trail = `arn:${partition}:cloudtrail:${region}:${account}:trail/${name}`;
  return new iam.PolicyStatement({
    sid: 'CloudTrail',
    principals: [new iam.ServicePrincipal('cloudtrail.amazonaws.com')],
    actions: ['kms:GenerateDataKey*', 'kms:DescribeKey'],
    resources: ['*'],
    conditions: { StringEquals: { 'aws:SourceArn': trail } },
  });
}

/** Services that publish to the alarm topic and send the account on whose behalf they act. */
const publishers = ['cloudwatch', 'budgets', 'backup'].map((name) => new iam.ServicePrincipal(`${name}.amazonaws.com`));

/**
 * AWS services that publish to the encrypted alarm topic, for the key and for the topic. EventBridge has a statement
 * without a condition: it sends neither `aws:SourceAccount` nor `aws:SourceArn`, and a condition on them silently drops
 * every event. https://docs.aws.amazon.com/sns/latest/dg/sns-key-management.html and
 * https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-use-resource-based.html
 */
const forPublishers = (use: Pick<iam.PolicyStatementProps, 'actions' | 'resources'>): iam.PolicyStatement[] => [
  new iam.PolicyStatement({
    sid: 'Publishers',
    principals: publishers,
    conditions: { StringEquals: { 'aws:SourceAccount': Aws.ACCOUNT_ID } },
    ...use,
  }),
  new iam.PolicyStatement({
    sid: 'EventBridge',
    principals: [new iam.ServicePrincipal('events.amazonaws.com')],
    ...use,
  }),
];

/** The key of the alarm topic. */
export const publishersUseKey = (): iam.PolicyStatement[] =>
  forPublishers({ actions: ['kms:Decrypt', 'kms:GenerateDataKey*'], resources: ['*'] });

/** The alarm topic. */
export const publishersPublish = (topicArn: string): iam.PolicyStatement[] =>
  forPublishers({ actions: ['sns:Publish'], resources: [topicArn] });
