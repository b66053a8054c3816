import type { Json } from '../synth/templates.ts';
import type { Resource } from './references.ts';

/** An edge that a property of a resource makes. */
export interface Link {
  readonly type: string;

  /**
   * What names the resources at its beginning.
   *
   * @default - the resource itself
   */
  readonly from?: (properties: Resource['properties']) => Json;

  /** What names the resources at its end. */
  readonly to: (properties: Resource['properties']) => Json;
  readonly label: string;
  readonly kind?: 'line' | 'dotted';
}

/** Edges other than those of the network: each from a property that names another resource. */
export const links: readonly Link[] = [
  {
    type: 'AWS::WAFv2::WebACLAssociation',
    from: (p) => p.WebACLArn,
    to: (p) => p.ResourceArn,
    label: 'judges each request',
  },
  {
    type: 'AWS::WAFv2::LoggingConfiguration',
    from: (p) => p.ResourceArn,
    to: (p) => p.LogDestinationConfigs,
    label: '',
    kind: 'dotted',
  },
  {
    type: 'AWS::ElasticLoadBalancingV2::ListenerRule',
    from: (p) => p.ListenerArn,
    to: (p) => p.Actions,
    label: 'HTTPS',
  },
  {
    type: 'AWS::ElasticLoadBalancingV2::LoadBalancer',
    to: (p) => p.LoadBalancerAttributes,
    label: '',
    kind: 'dotted',
  },
  {
    type: 'AWS::CloudTrail::Trail',
    to: (p) => [p.S3BucketName, p.CloudWatchLogsLogGroupArn],
    label: 'calls of AWS',
    kind: 'dotted',
  },
  { type: 'AWS::Config::DeliveryChannel', to: (p) => p.S3BucketName, label: 'changes', kind: 'dotted' },
  { type: 'AWS::S3::Bucket', to: (p) => p.LoggingConfiguration, label: '', kind: 'dotted' },
  { type: 'AWS::Synthetics::Canary', to: (p) => p.ArtifactS3Location, label: 'results', kind: 'dotted' },
  { type: 'AWS::CloudWatch::Alarm', to: (p) => p.AlarmActions, label: '' },
  { type: 'AWS::Events::Rule', to: (p) => p.Targets, label: '' },
  { type: 'AWS::Budgets::Budget', to: (p) => p.NotificationsWithSubscribers, label: '' },
  {
    type: 'AWS::Backup::BackupSelection',
    from: (p) => p.BackupSelection,
    to: (p) => p.BackupPlanId,
    label: 'daily, monthly',
  },
];

const nothing = 'a setting of something that is drawn';
const route = 'how packets find their way: who may reach whom is drawn from the security groups';

/** Types that are neither a node nor an edge, and why. */
export const notDrawn: Readonly<Record<string, string>> = {
  'AWS::ApplicationAutoScaling::ScalableTarget': 'part of the label of the service',
  'AWS::ApplicationAutoScaling::ScalingPolicy': nothing,
  'AWS::Backup::RestoreTestingPlan': nothing,
  'AWS::Backup::RestoreTestingSelection': nothing,
  'AWS::CloudWatch::Dashboard': 'nothing runs through it',
  'AWS::Config::ConfigRule': nothing,
  'AWS::EC2::FlowLog': 'the log of the VPC itself',
  'AWS::EC2::EIP': route,
  'AWS::EC2::InternetGateway': route,
  'AWS::EC2::Route': route,
  'AWS::EC2::RouteTable': route,
  'AWS::EC2::SecurityGroup': 'its rules are drawn',
  'AWS::EC2::SecurityGroupEgress': 'the other side of a rule that is drawn',
  'AWS::EC2::SecurityGroupIngress': 'drawn as an edge',
  'AWS::EC2::Subnet': 'drawn as zones',
  'AWS::EC2::SubnetRouteTableAssociation': route,
  'AWS::EC2::VPC': 'drawn as a zone',
  'AWS::EC2::VPCGatewayAttachment': route,
  'AWS::ECS::Cluster': 'an empty name around the tasks',
  'AWS::ECS::ClusterCapacityProviderAssociations': nothing,
  'AWS::IAM::ManagedPolicy': 'what the service may is in the picture of the data',
  'AWS::IAM::OIDCProvider': 'for the pipeline alone',
  'AWS::IAM::Role': 'what the service may is in the picture of the data',
  'AWS::KMS::Alias': 'the name of a key',
  'AWS::Logs::MetricFilter': 'what alarms look at',
  'AWS::Logs::QueryDefinition': 'for people',
  'AWS::Logs::ResourcePolicy': nothing,
  'AWS::RDS::DBClusterParameterGroup': nothing,
  'AWS::RDS::DBSubnetGroup': nothing,
  'AWS::S3::BucketPolicy': nothing,
  'AWS::SNS::TopicPolicy': nothing,
  'AWS::SSM::Association': 'empties the default security group, which nothing uses',
};
