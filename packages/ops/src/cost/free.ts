const vpc = 'https://aws.amazon.com/vpc/pricing/';
const iam = 'https://aws.amazon.com/iam/';
const partOf = (what: string) => `a setting of ${what}, which is counted`;

/** Types that cost nothing of their own, and why. */
export const freeTypes: Readonly<Record<string, string>> = {
  'AWS::ApplicationAutoScaling::ScalableTarget': 'no charge for scaling: https://aws.amazon.com/autoscaling/pricing/',
  'AWS::Backup::BackupSelection': partOf('the backup plan'),
  'AWS::Backup::BackupVault': 'what lies in a vault is paid for: https://aws.amazon.com/backup/pricing/',
  'AWS::Backup::RestoreTestingSelection': partOf('the restore testing plan'),
  'AWS::Budgets::Budget': 'no charge without actions: https://aws.amazon.com/aws-cost-management/aws-budgets/pricing/',
  'AWS::Config::DeliveryChannel': partOf('the recorder'),
  'AWS::EC2::FlowLog': 'paid for by what it writes: its log group',
  'AWS::EC2::InternetGateway': `no charge: ${vpc}`,
  'AWS::EC2::Route': `no charge: ${vpc}`,
  'AWS::EC2::RouteTable': `no charge: ${vpc}`,
  'AWS::EC2::SecurityGroup': `no charge: ${vpc}`,
  'AWS::EC2::SecurityGroupEgress': `no charge: ${vpc}`,
  'AWS::EC2::SecurityGroupIngress': `no charge: ${vpc}`,
  'AWS::EC2::Subnet': `no charge: ${vpc}`,
  'AWS::EC2::SubnetRouteTableAssociation': `no charge: ${vpc}`,
  'AWS::EC2::VPCGatewayAttachment': `no charge: ${vpc}`,
  'AWS::ECS::ClusterCapacityProviderAssociations': partOf('the cluster'),
  'AWS::ElasticLoadBalancingV2::Listener': partOf('the load balancer'),
  'AWS::ElasticLoadBalancingV2::ListenerRule': 'paid for in load balancer capacity units',
  'AWS::ElasticLoadBalancingV2::TargetGroup': partOf('the load balancer'),
  'AWS::Events::Rule': 'events of AWS services are free: https://aws.amazon.com/eventbridge/pricing/',
  'AWS::IAM::ManagedPolicy': `no charge: ${iam}`,
  'AWS::IAM::OIDCProvider': `no charge: ${iam}`,
  'AWS::IAM::Role': `no charge: ${iam}`,
  'AWS::KMS::Alias': 'keys and requests are paid for: https://aws.amazon.com/kms/pricing/',
  'AWS::Logs::ResourcePolicy': 'a policy',
  'AWS::RDS::DBClusterParameterGroup': partOf('the database cluster'),
  'AWS::RDS::DBSubnetGroup': partOf('the database cluster'),
  'AWS::S3::BucketPolicy': 'a policy',
  'AWS::SNS::Topic':
    'publishing is free up to a million requests, deliveries are counted: https://aws.amazon.com/sns/pricing/',
  'AWS::SNS::TopicPolicy': 'a policy',
  'AWS::WAFv2::LoggingConfiguration': 'paid for by what it writes: its log group',
  'AWS::WAFv2::WebACLAssociation': partOf('the web ACL'),
};
