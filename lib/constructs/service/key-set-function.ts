import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import * as events from 'aws-cdk-lib/aws-events';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import type * as logs from 'aws-cdk-lib/aws-logs';
import type * as s3 from 'aws-cdk-lib/aws-s3';
import type * as sns from 'aws-cdk-lib/aws-sns';
import { Duration } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';
import type { KeySetSource } from '../../config/issuers.ts';
import type { Names } from '../../config/names.ts';
import { acknowledgeRule } from '../acknowledge.ts';
import { NotifyingAlarm, ruleMetric } from '../alarm.ts';
import { LeastPrivilegeRole } from '../least-privilege-role.ts';

export interface KeySetFunctionProps {
  readonly names: Names;

  /** Where the key sets of the issuers are published, and under which key of the bucket each is copied. */
  readonly sources: readonly KeySetSource[];
  readonly bucket: s3.IBucket;
  readonly logGroup: logs.ILogGroup;
  readonly topic: sns.ITopic;
}

/** Time between two copies. The service believes a copy for 24 hours. */
const INTERVAL = Duration.minutes(15);

/**
 * Copies every key set that can be fetched, and fails at the end if one could not: the others must not wait for it.
 * Inline, because an asset would have to be published at synth; the AWS SDK is part of the runtime.
 */
const code = `
const { PutObjectCommand, S3Client } = require('@aws-sdk/client-s3');
const s3 = new S3Client({});
const LONGEST = 262144;
async function copy({ uri, key }) {
  const response = await fetch(uri, { redirect: 'error', signal: AbortSignal.timeout(10000) });
  if (response.status !== 200) throw new Error('status ' + response.status);
  let body = '';
  const decoder = new TextDecoder();
  for await (const chunk of response.body) {
    body += decoder.decode(chunk, { stream: true });
    if (body.length > LONGEST) throw new Error('longer than ' + LONGEST);
  }
  const { keys } = JSON.parse(body);
  if (!Array.isArray(keys) || keys.length === 0) throw new Error('no key set');
  const privates = keys.some((one) => 'd' in one || one.kty === 'oct');
  if (privates) throw new Error('holds a secret key');
  await s3.send(new PutObjectCommand({ Bucket: process.env.BUCKET, Key: key, Body: body, ContentType: 'application/json' }));
}
exports.handler = async () => {
  const sources = JSON.parse(process.env.SOURCES);
  const results = await Promise.allSettled(sources.map(copy));
  const failed = sources.filter((_, index) => results[index].status === 'rejected');
  results.forEach(({ status, reason }, index) => {
    console.log(JSON.stringify({ event: 'key_set_' + status, key: sources[index].key, error: reason && reason.message }));
  });
  if (failed.length > 0) throw new Error(failed.length + ' of ' + sources.length + ' key sets were not copied');
};
`;

/**
 * Brings the public keys of identity providers to tasks that have no way out of the VPC: a scheduled function outside
 * the VPC copies them into a bucket that the tasks read.
 */
export class KeySetFunction extends Construct {
  constructor(scope: Construct, id: string, props: KeySetFunctionProps) {
    super(scope, id);
    const { names, bucket, logGroup } = props;
    const role = new LeastPrivilegeRole(this, 'Role', {
      // Lambda sends no condition keys when it assumes an execution role.
      assumedBy: new iam.ServicePrincipal('lambda.amazonaws.com'),
      description: 'The key-set function copies public keys',
      statements: [
        {
          sid: 'Copy',
          actions: ['s3:PutObject'],
          resources: props.sources.map(({ key }) => bucket.arnForObjects(key)),
        },
        { sid: 'WriteLog', actions: ['logs:CreateLogStream', 'logs:PutLogEvents'], resources: [logGroup.logGroupArn] },
      ],
    });
    const fn = new lambda.CfnFunction(this, 'Resource', {
      functionName: names.keySetFunction,
      description: 'Copies the key sets of identity providers into a bucket that the tasks read',
      runtime: lambda.Runtime.NODEJS_24_X.name,
      handler: 'index.handler',
      code: { zipFile: code.trim() },
      role: role.roleArn,
      timeout: 60,
      memorySize: 256,
      environment: { variables: { BUCKET: bucket.bucketName, SOURCES: JSON.stringify(props.sources) } },
      loggingConfig: { logGroup: logGroup.logGroupName },
    });
    fn.node.addDependency(role);
    acknowledgeRule(fn, 'LambdaInsideVPC', {
      reason:
        'The function exists because the VPC has no way out. It reads public keys, writes one prefix of one bucket, and never sees a note.',
    });
    const reasons = {
      LambdaDLQ: 'A failed run is repeated by the next one after 15 minutes, and an alarm watches the failures.',
      LambdaConcurrency:
        'One run every 15 minutes. A reservation would fail in new accounts, whose limit is 10 executions in all.',
    };
    for (const [rule, reason] of Object.entries(reasons)) {
      acknowledgeRule(fn, rule, { reason }, ['HIPAA.Security', 'NIST.800.53.R5']);
    }
    this.schedule(fn, props);
  }

  /** Runs the function, and alarms when it is not run or fails for an hour. */
  private schedule(fn: lambda.CfnFunction, { names, topic }: KeySetFunctionProps): void {
    const rule = new events.CfnRule(this, 'Schedule', {
      state: 'ENABLED',
      scheduleExpression: `rate(${INTERVAL.toMinutes()} minutes)`,
      targets: [{ id: 'function', arn: fn.attrArn }],
    });
    new lambda.CfnPermission(this, 'Invoke', {
      action: 'lambda:InvokeFunction',
      functionName: fn.attrArn,
      principal: 'events.amazonaws.com',
      sourceArn: rule.attrArn,
    });
    new NotifyingAlarm(this, 'NotInvoked', {
      name: `${names.base}-key-sets-not-invoked`,
      description: 'EventBridge could not invoke the key-set function. Runbook: identity provider.',
      metric: ruleMetric('FailedInvocations', rule, INTERVAL),
      threshold: 1,
      topic,
    });
    new NotifyingAlarm(this, 'Stale', {
      name: `${names.base}-key-sets`,
      description:
        'The key set of an identity provider was not copied for an hour. Tokens are accepted for 24 hours after the last copy. Runbook: identity provider.',
      metric: new cloudwatch.Metric({
        namespace: 'AWS/Lambda',
        metricName: 'Errors',
        dimensionsMap: { FunctionName: names.keySetFunction },
        statistic: 'Sum',
        period: INTERVAL,
      }),
      threshold: 1,
      datapoints: [4, 4],
      missingData: 'breaching',
      topic,
    });
  }
}

/** The right of a task to read the copies. */
export const readKeySets = (bucket: s3.IBucket, sources: readonly KeySetSource[]): iam.PolicyStatementProps => ({
  sid: 'KeySets',
  actions: ['s3:GetObject'],
  resources: sources.map(({ key }) => bucket.arnForObjects(key)),
});
