import { type Refusals, refusal } from '../refusal.ts';

export const templates: Refusals = {
  'no-literal-secret': [
    refusal('an access key', 'Cluster', (d) => d.set('AWS::ECS::Cluster', 'ClusterName', 'AKIAIOSFODNN7EXAMPLE')),
    refusal('a private key in metadata', 'Cluster', (d) =>
      d.set('AWS::ECS::Cluster', '/Metadata', { x: '-----BEGIN PRIVATE KEY-----' }),
    ),
    refusal('a password in a URL', 'Cluster', (d) =>
      d.set('AWS::ECS::Cluster', 'ClusterName', 'https://user:hunter2@example.org'),
    ),
    refusal('generated text', 'Cluster', (d) =>
      d.set('AWS::ECS::Cluster', 'ClusterName', 'x9Kq2LmZ7vTbR4wYp1NsD8fHj3Gc'),
    ),
    refusal('a property that is a password', 'Database', (d) =>
      d.set('AWS::RDS::DBCluster', 'MasterUserPassword', 'correct horse'),
    ),
  ],
  parameters: [
    refusal('a parameter of any text', 'Parameters.Size', (d) => {
      d.template('AWS::ECS::Cluster').Parameters = { Size: { Type: 'String' } };
    }),
    refusal('an output that resolves a secret', 'Outputs.Db', (d) => {
      d.template('AWS::ECS::Cluster').Outputs = { Db: { Value: '{{resolve:secretsmanager:x:SecretString:password}}' } };
    }),
  ],
  references: [
    refusal('a reference to nothing', 'Database', (d) =>
      d.set('AWS::RDS::DBCluster', 'KmsKeyId', { 'Fn::GetAtt': ['Gone', 'Arn'] }),
    ),
    refusal('an import of nothing', 'Database', (d) =>
      d.set('AWS::RDS::DBCluster', 'KmsKeyId', { 'Fn::ImportValue': 'gone' }),
    ),
    refusal('a substitution of nothing', 'Database', (d) =>
      d.set('AWS::RDS::DBCluster', 'KmsKeyId', { 'Fn::Sub': ['$', '{Gone}'].join('') }),
    ),
  ],
  retained: [
    refusal('a key deleted with its stack', 'Key', (d) => d.set('AWS::KMS::Key', '/DeletionPolicy', 'Delete')),
    refusal('a bucket lost when replaced', 'AuditBucket', (d) =>
      d.unset('AWS::S3::Bucket', '/UpdateReplacePolicy', /^AuditBucket$/),
    ),
  ],
  'reviewed-property': [
    refusal('a property that nobody reviewed', 'Cluster', (d) =>
      d.set('AWS::ECS::Cluster', 'ServiceConnectDefaults', { Namespace: 'x' }),
    ),
  ],
  'reviewed-type': [
    refusal('a type that nobody reviewed', 'User', (d) =>
      d.add('AWS::ECS::Cluster', 'User', { Type: 'AWS::IAM::User' }),
    ),
  ],
  'termination-protection': [
    refusal('a stack with data that may be deleted', '', (d) => d.protect('AWS::KMS::Key', false)),
  ],
  unconditional: [
    refusal('a conditional resource', 'Trail', (d) => d.set('AWS::CloudTrail::Trail', '/Condition', 'Never')),
    refusal('a conditional property', 'Trail', (d) =>
      d.set('AWS::CloudTrail::Trail', 'IsLogging', { 'Fn::If': ['X', true, false] }),
    ),
    refusal('a macro', 'Transform', (d) => {
      Object.assign(d.template('AWS::KMS::Key'), { Transform: 'X' });
    }),
  ],
  wired: [
    refusal('a literal name', 'PublicA', (d) => d.set('AWS::EC2::Subnet', 'VpcId', 'vpc-12345678')),
    refusal('a reference to another type', 'PublicA', (d) => d.set('AWS::EC2::Subnet', 'VpcId', { Ref: 'Cluster' })),
    refusal('one item of a list', 'Api', (d) =>
      d.push('AWS::ECS::Service', 'NetworkConfiguration.AwsvpcConfiguration.Subnets', 'subnet-1'),
    ),
  ],
};
