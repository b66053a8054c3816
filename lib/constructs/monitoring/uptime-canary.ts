import { contract } from '@healthcare-ai/contract';
import { expectations } from '@healthcare-ai/contract/edge-expectations';
import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import * as iam from 'aws-cdk-lib/aws-iam';
import type * as s3 from 'aws-cdk-lib/aws-s3';
import type * as sns from 'aws-cdk-lib/aws-sns';
import * as synthetics from 'aws-cdk-lib/aws-synthetics';
import { Duration, Stack } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';
import type { Names } from '../../config/names.ts';
import { NotifyingAlarm } from '../alarm.ts';
import { accessLogPrefixes } from '../audit/access-log-bucket.ts';
import { LeastPrivilegeRole } from '../least-privilege-role.ts';

export interface UptimeCanaryProps {
  readonly names: Names;

  /** Host name of the API. */
  readonly domainName: string;

  /** Receives the results. */
  readonly bucket: s3.IBucket;
  readonly topic: sns.ITopic;

  /** Time between two calls. */
  readonly interval: Duration;
}

/**
 * Node.js sends no User-Agent by itself, and the core rule set of the WAF blocks requests without one.
 * https://repost.aws/knowledge-center/waf-block-http-requests-no-user-agent
 */
const USER_AGENT = 'healthcare-ai-canary';

/**
 * What `npm run smoke` checks, without the checks that would write an audit event or a note at every run. The script is
 * inline, because a folder would be an asset that synth has to publish. It uses no Synthetics library: a handler that
 * rejects fails the run, and `executeStep` takes a screenshot of a page, which this canary does not open.
 * https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/CloudWatch_Synthetics_Canaries_WritingCanary_Nodejs.html
 */
const script = (host: string) => `
const https = require('https');
const expected = ${JSON.stringify(expectations)};
const faultOf = (response, { validTo, protocol }, text) => {
  const days = (new Date(validTo) - Date.now()) / 86400000;
  if (response.statusCode !== 200) return 'status ' + response.statusCode;
  if (JSON.parse(text).status !== 'healthy') return 'not healthy';
  if (days < expected.certificateDays) return 'the certificate ends in ' + Math.floor(days) + ' days';
  if (!expected.tlsVersions.includes(protocol)) return 'it negotiates ' + protocol;
  for (const [name, pattern] of Object.entries(expected.headers)) {
    const values = response.headersDistinct[name] || [];
    if (values.length !== 1 || !new RegExp(pattern).test(values[0])) return 'the header ' + name;
  }
};
const check = () => new Promise((resolve, reject) => {
  const options = { host: '${host}', path: '${contract.paths.health}', headers: { 'user-agent': '${USER_AGENT}' }, timeout: 5000 };
  const request = https.get(options, (response) => {
    const { socket } = response;
    const transport = { validTo: socket.getPeerCertificate().valid_to, protocol: socket.getProtocol() };
    let text = '';
    response.on('data', (part) => { text += part; });
    response.on('end', () => {
      try {
        const fault = faultOf(response, transport, text);
        if (fault) reject(new Error(fault)); else resolve();
      } catch (error) { reject(error); }
    });
  });
  request.on('timeout', () => request.destroy(new Error('no answer in 5 s')));
  request.on('error', reject);
});
exports.handler = () => check();
`;

/** Calls the API from outside, as a client does: name, certificate, load balancer, WAF, service. */
export class UptimeCanary extends Construct {
  constructor(scope: Construct, id: string, props: UptimeCanaryProps) {
    super(scope, id);
    const { names, bucket } = props;
    const { partition, region, account } = Stack.of(this);
    const role = new LeastPrivilegeRole(this, 'Role', {
      assumedBy: new iam.ServicePrincipal('lambda.amazonaws.com'),
      description: 'The uptime canary keeps its results and metrics',
      wildcards: {
        '*': 'cloudwatch:PutMetricData and s3:ListAllMyBuckets take no resource.',
        [`/${accessLogPrefixes.canary}/*`]: 'Results are new objects below one prefix.',
        [`cwsyn-${names.canary}-*`]: 'Synthetics ends the name of the log group with an id of its own.',
      },
      statements: [
        { actions: ['s3:PutObject'], resources: [bucket.arnForObjects(`${accessLogPrefixes.canary}/*`)] },
        { actions: ['s3:GetBucketLocation'], resources: [bucket.bucketArn] },
        { actions: ['s3:ListAllMyBuckets'], resources: ['*'] },
        {
          actions: ['cloudwatch:PutMetricData'],
          resources: ['*'],
          conditions: { StringEquals: { 'cloudwatch:namespace': 'CloudWatchSynthetics' } },
        },
        {
          actions: ['logs:CreateLogGroup', 'logs:CreateLogStream', 'logs:PutLogEvents'],
          resources: [`arn:${partition}:logs:${region}:${account}:log-group:/aws/lambda/cwsyn-${names.canary}-*`],
        },
      ],
    });
    const canary = new synthetics.Canary(this, 'Resource', {
      canaryName: names.canary,
      runtime: synthetics.Runtime.SYNTHETICS_NODEJS_PUPPETEER_13_0,
      test: synthetics.Test.custom({
        code: synthetics.Code.fromInline(script(props.domainName)),
        handler: 'index.handler',
      }),
      schedule: synthetics.Schedule.rate(props.interval),
      timeout: Duration.seconds(30),
      role: role.sealed,
      artifactsBucketLocation: { bucket, prefix: accessLogPrefixes.canary },
      successRetentionPeriod: Duration.days(31),
      failureRetentionPeriod: Duration.days(90),
      startAfterCreation: true,
      provisionedResourceCleanup: true,
    });
    canary.node.addDependency(role);
    new NotifyingAlarm(this, 'Down', {
      name: `${names.base}-down`,
      description:
        'The API is unreachable from outside, or its certificate expires soon. Runbook: expired certificate.',
      metric: canary.metricSuccessPercent({ period: props.interval, statistic: 'Average' }),
      threshold: 100,
      comparison: cloudwatch.ComparisonOperator.LESS_THAN_THRESHOLD,
      datapoints: [3, 3],
      missingData: 'breaching',
      topic: props.topic,
    });
  }
}
