import type { DiagramNode, Zone } from './mermaid.ts';
import type { References, Resource } from './references.ts';

export const zones: readonly Zone[] = [
  { id: 'outside', title: 'Outside' },
  { id: 'region', title: 'Region' },
  { id: 'vpc', title: 'VPC', within: 'region' },
  { id: 'public', title: 'Public subnets', within: 'vpc' },
  { id: 'tasks', title: 'Isolated subnets of the tasks', within: 'vpc' },
  { id: 'database', title: 'Isolated subnets of the database', within: 'vpc' },
  { id: 'backups', title: 'Backups', within: 'region' },
  { id: 'evidence', title: 'Evidence and logs', within: 'region' },
  { id: 'supply', title: 'Keys and images', within: 'region' },
  { id: 'watch', title: 'Monitoring', within: 'region' },
  { id: 'other', title: 'Another region' },
];

type NodeOf = (resource: Resource, all: References) => DiagramNode;

const count = (number: number, one: string, several = `${one}s`): string => `${number} ${number === 1 ? one : several}`;

const single =
  (id: string, zone: string, shape: DiagramNode['shape'], ...label: readonly string[]): NodeOf =>
  () => ({ id, zone, shape, label });

const several =
  (id: string, zone: string, shape: DiagramNode['shape'], title: string, one: string, more?: string): NodeOf =>
  ({ type }, all) => ({ id, zone, shape, label: [title, count(all.of(type).length, one, more)].filter(Boolean) });

const alb: NodeOf = (_, all) => ({
  id: 'alb',
  zone: 'public',
  label: ['Application Load Balancer', all.of('AWS::ElasticLoadBalancingV2::LoadBalancer')[0]!.properties.Scheme],
});

const service: NodeOf = (_, all) => {
  const { MinCapacity, MaxCapacity } = all.of('AWS::ApplicationAutoScaling::ScalableTarget')[0]!.properties;
  return { id: 'service', zone: 'tasks', label: ['Service on ECS Fargate', `${MinCapacity} to ${MaxCapacity} tasks`] };
};

const aurora: NodeOf = (_, all) => ({
  id: 'aurora',
  zone: 'database',
  shape: 'store',
  label: ['Aurora PostgreSQL', count(all.of('AWS::RDS::DBInstance').length, 'instance')],
});

const vault: NodeOf = ({ stack }) =>
  stack === 'backup-copy'
    ? { id: 'vaultCopy', zone: 'other', shape: 'store', label: ['Backup vault', 'locked copy'] }
    : { id: 'vault', zone: 'backups', shape: 'store', label: ['Backup vault', 'locked'] };

const bucket: NodeOf = ({ properties }) =>
  properties.ObjectLockConfiguration === undefined
    ? { id: 'accessLogs', zone: 'evidence', shape: 'store', label: ['Bucket of access logs'] }
    : {
        id: 'auditBucket',
        zone: 'evidence',
        shape: 'store',
        label: [
          'Audit bucket',
          `Object Lock, ${properties.ObjectLockConfiguration.Rule.DefaultRetention.Mode.toLowerCase()}`,
        ],
      };

const isEvidence = ({ properties }: Resource): boolean => /\/(audit|trail)$/.test(properties.LogGroupName ?? '');

const logGroup: NodeOf = (resource, all) => {
  if (isEvidence(resource)) {
    return {
      id: 'auditLogs',
      zone: 'evidence',
      shape: 'store',
      label: ['Log groups of', 'audit events and CloudTrail'],
    };
  }
  const others = all.of(resource.type).filter((one) => !isEvidence(one)).length;
  return { id: 'logs', zone: 'evidence', shape: 'store', label: [count(others, 'other log group')] };
};

const migrate = single('migrate', 'tasks', 'box', 'Migration task');

const task: NodeOf = (resource, all) => {
  const served = all
    .of('AWS::ECS::Service')
    .some((one) => all.in(one.properties.TaskDefinition, one).includes(resource));
  return served ? service(resource, all) : migrate(resource, all);
};

const endpoints: NodeOf = ({ type }, all) => ({
  id: 'endpoints',
  zone: 'tasks',
  label: [
    'VPC endpoints',
    all
      .of(type)
      .map(({ properties }) => properties.ServiceName.replace(/^com\.amazonaws\.[a-z0-9-]+\./, ''))
      .join(', '),
  ],
});

/** The node that a resource of a type stands for; several resources may be one node. */
export const nodes: Readonly<Record<string, NodeOf>> = {
  'AWS::ElasticLoadBalancingV2::LoadBalancer': alb,
  'AWS::ElasticLoadBalancingV2::Listener': alb,
  'AWS::ElasticLoadBalancingV2::TargetGroup': service,
  'AWS::WAFv2::WebACL': ({ properties }) => ({
    id: 'waf',
    zone: 'public',
    label: ['Web ACL', count(properties.Rules.length, 'rule')],
  }),
  'AWS::EC2::NatGateway': several('nat', 'public', 'box', 'The way out', 'NAT gateway'),
  'AWS::EC2::VPCEndpoint': endpoints,
  'AWS::ECS::Service': service,
  'AWS::ECS::TaskDefinition': task,
  'AWS::RDS::DBCluster': aurora,
  'AWS::RDS::DBInstance': aurora,
  'AWS::Backup::BackupVault': vault,
  'AWS::Backup::BackupPlan': vault,
  'AWS::S3::Bucket': bucket,
  'AWS::Logs::LogGroup': logGroup,
  'AWS::ECR::Repository': single('images', 'supply', 'store', 'Image repository'),
  'AWS::KMS::Key': several('keys', 'supply', 'key', 'KMS', 'customer key'),
  'AWS::KMS::ReplicaKey': single('keyReplica', 'other', 'key', 'Replica of the data key'),
  'AWS::CloudTrail::Trail': single('trail', 'evidence', 'box', 'CloudTrail'),
  'AWS::Config::ConfigurationRecorder': several('config', 'evidence', 'box', 'AWS Config', 'recorder'),
  'AWS::Config::DeliveryChannel': several('config', 'evidence', 'box', 'AWS Config', 'recorder'),
  'AWS::GuardDuty::Detector': single('guardduty', 'watch', 'box', 'GuardDuty'),
  'AWS::CloudWatch::Alarm': several('alarms', 'watch', 'box', 'CloudWatch', 'alarm'),
  'AWS::Events::Rule': several('events', 'watch', 'box', 'EventBridge', 'rule'),
  'AWS::Synthetics::Canary': single('canary', 'watch', 'box', 'Uptime canary'),
  'AWS::Budgets::Budget': single('budget', 'watch', 'box', 'Budget'),
  'AWS::SNS::Topic': single('topic', 'watch', 'box', 'Alarm topic'),
  'AWS::SNS::Subscription': single('people', 'outside', 'person', 'People on call'),
};

/** Nodes that no template makes. */
export const clients: DiagramNode = { id: 'clients', zone: 'outside', shape: 'person', label: ['Clients'] };
