import { createHash } from 'node:crypto';
import { AwsFault, type Handler } from '../support/aws-endpoint.ts';

export const digest = `sha256:${createHash('sha256').update('v1').digest('hex')}`;
const arm64 = `sha256:${createHash('sha256').update('arm64').digest('hex')}`;

const manifest = JSON.stringify({
  manifests: [{ digest: arm64, platform: { os: 'linux', architecture: 'arm64' } }],
  annotations: { 'org.healthcare-ai.schema.version': '3', 'org.healthcare-ai.schema.oldest-service': '1' },
});

/** Answers of an account with an image and alarms, of which a test changes what it is about. */
export const account: Readonly<Record<string, Handler>> = {
  GetCallerIdentity: () => ({ Account: '111122223333', Arn: 'arn:aws:iam::111122223333:user/op', UserId: 'A' }),
  GetServiceQuota: () => ({ Quota: { Value: 100 } }),
  DescribeVpcs: () => ({ vpcSet: [] }),
  GetParameter: ({ Name }) =>
    Name.endsWith('/change')
      ? new AwsFault('ParameterNotFound', '')
      : { Parameter: { Name, Value: Name.endsWith('image-digest') ? digest : '30', Version: 1 } },
  DescribeImages: () => ({ imageDetails: [{ imageDigest: digest, imageTags: ['v1'] }] }),
  BatchGetImage: () => ({ images: [{ imageManifest: manifest }] }),
  DescribeImageScanFindings: () => ({
    imageScanStatus: { status: 'COMPLETE' },
    imageScanFindings: { findingSeverityCounts: { LOW: 2 } },
  }),
  DescribeStacks: ({ StackName }) => ({
    Stacks: [{ StackName, StackStatus: 'CREATE_COMPLETE', CreationTime: new Date(0) }],
  }),
  ListStackResources: ({ StackName }) => ({
    StackResourceSummaries: StackName.endsWith('audit')
      ? [
          {
            LogicalResourceId: 'Topic',
            PhysicalResourceId: 'arn:aws:sns:us-east-1:111122223333:t',
            ResourceType: 'AWS::SNS::Topic',
            ResourceStatus: 'CREATE_COMPLETE',
          },
        ]
      : [],
  }),
  DescribeAlarms: () => ({
    MetricAlarms: [{ AlarmName: 'healthcare-ai-dev-a', ActionsEnabled: true, StateValue: 'OK' }],
  }),
  ListSubscriptionsByTopic: () => ({
    Subscriptions: [{ SubscriptionArn: 'arn:aws:sns:us-east-1:111122223333:t:1', Endpoint: 'a@example.org' }],
  }),
  DescribeKey: ({ KeyId }) => ({ KeyMetadata: { KeyId: `id-of-${KeyId.split('/').at(-1)}`, KeyState: 'Enabled' } }),
  GetKeyRotationStatus: () => ({ KeyRotationEnabled: true }),
  DescribeLogStreams: () => ({ logStreams: [{ logStreamName: 'migrate/migrate/a' }] }),
  GetLogEvents: () => ({ events: [{ timestamp: 0, message: '2026-01-01T00:00:00.000Z INFO  schema_ready count=3' }] }),
};
