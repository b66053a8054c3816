import { Assembly, evaluate, generalPolicies, type Template } from '@healthcare-ai/cloud-policies';
import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import { SnsAction } from 'aws-cdk-lib/aws-cloudwatch-actions';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as kms from 'aws-cdk-lib/aws-kms';
import * as logs from 'aws-cdk-lib/aws-logs';
import * as s3 from 'aws-cdk-lib/aws-s3';
import * as sns from 'aws-cdk-lib/aws-sns';
import { EmailSubscription } from 'aws-cdk-lib/aws-sns-subscriptions';
import { App, Aws, Duration, RemovalPolicy, Stack } from 'aws-cdk-lib/core';
import { Draft } from './draft.ts';

/** An application of somebody else: reports in a bucket, a log, and an alarm that sends mail. */
function foreignApp(): Template[] {
  const stack = new Stack(new App({ analyticsReporting: false }), 'reports', { terminationProtection: true });
  const fromAccount = { StringEquals: { 'aws:SourceAccount': Aws.ACCOUNT_ID } };
  const key = new kms.Key(stack, 'Key', {
    enableKeyRotation: true,
    pendingWindow: Duration.days(30),
    removalPolicy: RemovalPolicy.RETAIN,
  });
  key.addToResourcePolicy(
    new iam.PolicyStatement({
      principals: [new iam.ServicePrincipal(`logs.${Aws.REGION}.amazonaws.com`)],
      actions: ['kms:Encrypt*', 'kms:Decrypt*', 'kms:ReEncrypt*', 'kms:GenerateDataKey*', 'kms:Describe*'],
      resources: ['*'],
      conditions: {
        ArnLike: {
          'kms:EncryptionContext:aws:logs:arn': `arn:aws:logs:${Aws.REGION}:${Aws.ACCOUNT_ID}:log-group:/reports`,
        },
      },
    }),
  );
  key.addToResourcePolicy(
    new iam.PolicyStatement({
      principals: [new iam.ServicePrincipal('cloudwatch.amazonaws.com')],
      actions: ['kms:Decrypt', 'kms:GenerateDataKey*'],
      resources: ['*'],
      conditions: fromAccount,
    }),
  );
  const bucket = new s3.Bucket(stack, 'Reports', {
    encryptionKey: key,
    enforceSSL: true,
    minimumTLSVersion: 1.2,
    blockPublicAccess: s3.BlockPublicAccess.BLOCK_ALL,
    objectOwnership: s3.ObjectOwnership.BUCKET_OWNER_ENFORCED,
    versioned: true,
    removalPolicy: RemovalPolicy.RETAIN,
  });
  new logs.LogGroup(stack, 'Log', {
    logGroupName: '/reports',
    encryptionKey: key,
    retention: logs.RetentionDays.ONE_YEAR,
    removalPolicy: RemovalPolicy.RETAIN,
  });
  const topic = new sns.Topic(stack, 'Topic', { masterKey: key, enforceSSL: true });
  topic.addSubscription(new EmailSubscription('reports@example.org'));
  topic.addToResourcePolicy(
    new iam.PolicyStatement({
      principals: [new iam.ServicePrincipal('cloudwatch.amazonaws.com')],
      actions: ['sns:Publish'],
      resources: [topic.topicArn],
      conditions: fromAccount,
    }),
  );
  const alarm = new cloudwatch.Alarm(stack, 'Undelivered', {
    metric: topic.metricNumberOfNotificationsFailed({ period: Duration.minutes(5) }),
    threshold: 1,
    evaluationPeriods: 1,
  });
  alarm.addAlarmAction(new SnsAction(topic));
  const role = new iam.Role(stack, 'Writer', {
    assumedBy: new iam.ServicePrincipal('ecs-tasks.amazonaws.com', { conditions: fromAccount }),
  });
  new iam.ManagedPolicy(stack, 'Writing', {
    roles: [role],
    statements: [
      new iam.PolicyStatement({ actions: ['s3:PutObject'], resources: [bucket.arnForObjects('reports/*')] }),
      new iam.PolicyStatement({ actions: ['kms:GenerateDataKey'], resources: [key.keyArn] }),
    ],
  });
  const [artifact] = (stack.node.root as App).synth().stacks;
  return [{ name: 'reports', body: artifact!.template, terminationProtection: true }];
}

const templates = foreignApp();

/** Each finding as `rule: type`. */
const found = (draft: Draft) => {
  const assembly = new Assembly(draft.templates);
  return evaluate(assembly, generalPolicies)
    .map(({ rule, resource }) => `${rule}: ${draft.templates[0]!.body.Resources?.[resource]?.Type}`)
    .sort();
};

test('a sound application of somebody else has no finding under the general rules', () => {
  expect(
    evaluate(new Assembly(templates), generalPolicies).map(
      ({ rule, resource, property, message }) => `${rule} ${resource} ${property}: ${message}`,
    ),
  ).toEqual([]);
});

test('of six planted faults the general rules find exactly these', () => {
  const draft = new Draft(templates);
  draft.set('AWS::S3::Bucket', 'PublicAccessBlockConfiguration.BlockPublicPolicy', false);
  draft.set('AWS::KMS::Key', 'EnableKeyRotation', false);
  draft.unset('AWS::Logs::LogGroup', 'RetentionInDays');
  draft.unset('AWS::SNS::Topic', 'KmsMasterKeyId');
  draft.unset('AWS::CloudWatch::Alarm', 'AlarmActions');
  draft.statement('AWS::IAM::ManagedPolicy', 'PolicyDocument', /s3:PutObject/).Action = 's3:*';

  expect(found(draft)).toEqual([
    'alarm-notifies: AWS::CloudWatch::Alarm',
    'bucket-public-access: AWS::S3::Bucket',
    'iam-no-wildcard-action: AWS::IAM::ManagedPolicy',
    'kms-rotation: AWS::KMS::Key',
    'log-group-retention: AWS::Logs::LogGroup',
    'sns-topic: AWS::SNS::Topic',
  ]);
});
