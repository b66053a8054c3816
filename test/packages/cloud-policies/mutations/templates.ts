import { changed, mutation, removed } from '../draft.ts';

const CLUSTER = 'AWS::RDS::DBCluster';
const SERVICE = 'AWS::ECS::Service';
const KEY = 'AWS::KMS::Key';

/** Faults of whole templates. */
export const templates = [
  mutation('database declared outside the deployment', 'elsewhere', (d) => {
    d.template(CLUSTER).Metadata = { 'HealthcareAI::Elsewhere': [{ type: CLUSTER, setting: 'database' }] };
  }),
  mutation('production stage whose data goes with its stacks', 'disposable', (d) => {
    for (const { body } of d.templates) Object.assign(body, { Metadata: { 'HealthcareAI::Disposable': true } });
  }),
  mutation('access key in an output', 'no-literal-secret', (d) => {
    d.template(SERVICE).Outputs = { ...d.template(SERVICE).Outputs, Key: { Value: 'AKIAIOSFODNN7EXAMPLE' } };
  }),
  mutation('private key in metadata', 'no-literal-secret', (d) =>
    d.set(CLUSTER, '/Metadata', { note: '-----BEGIN RSA PRIVATE KEY-----' }),
  ),
  mutation('generated secret in a property', 'no-literal-secret', (d) =>
    d.set(CLUSTER, 'DatabaseName', 'x9Kq2LmZ7vTbR4wYp1NsD8fHj3Gc'),
  ),
  mutation('Slack hook in an environment variable', 'no-literal-secret', (d) =>
    d.set(CLUSTER, 'DatabaseName', 'https://hooks.slack.com/services/T000/B000/XXXX'),
  ),
  mutation('secret in an output', 'parameters', (d) => {
    d.template(SERVICE).Outputs = {
      ...d.template(SERVICE).Outputs,
      X: { Value: '{{resolve:secretsmanager:db:SecretString:password}}' },
    };
  }),
  mutation('parameter for a password', 'parameters', (d) => {
    d.template(SERVICE).Parameters = {
      ...d.template(SERVICE).Parameters,
      DbPassword: { Type: 'String', Default: 'x' },
    };
  }),
  mutation('parameter that anyone sets at deploy', 'parameters', (d) => {
    d.template(SERVICE).Parameters = { ...d.template(SERVICE).Parameters, MinHealthy: { Type: 'Number', Default: 0 } };
  }),
  changed('property by parameter', 'database-cluster', CLUSTER, 'StorageEncrypted', { Ref: 'Encrypted' }),
  changed('property by condition', 'unconditional', CLUSTER, 'StorageEncrypted', { 'Fn::If': ['X', true, false] }),
  changed('resource by condition', 'unconditional', 'AWS::WAFv2::WebACLAssociation', '/Condition', 'Never'),
  mutation('macro over the template', 'unconditional', (d) => {
    Object.assign(d.template(SERVICE), { Transform: 'Evil' });
  }),
  mutation('nested template', 'unconditional', (d) =>
    d.add(SERVICE, 'Nested', {
      Type: 'AWS::CloudFormation::Stack',
      Properties: { TemplateURL: 'https://x.example/y.json' },
    }),
  ),
  changed('reference to nothing', 'references', CLUSTER, 'KmsKeyId', { Ref: 'Gone' }),
  changed('import of nothing', 'references', CLUSTER, 'KmsKeyId', { 'Fn::ImportValue': 'gone' }),
  mutation('key of another stack by its export', 'weak-references', (d) => {
    d.template(KEY).Outputs = { ...d.template(KEY).Outputs, X: { Value: 'x', Export: { Name: 'key' } } };
    d.set(CLUSTER, 'KmsKeyId', { 'Fn::ImportValue': 'key' });
  }),
  mutation('output that another stack reads removed', 'references', (d) => {
    d.template(KEY).Outputs = {};
  }),
  changed(
    'role whose name another region needs, too',
    'regional-names',
    'AWS::IAM::Role',
    'RoleName',
    'healthcare-ai-prod-auditor',
    /^Auditor/,
  ),
  changed(
    'budget whose name another region needs, too',
    'regional-names',
    'AWS::Budgets::Budget',
    'Budget.BudgetName',
    'prod',
  ),
  changed('dependency on nothing', 'references', SERVICE, '/DependsOn', ['Gone']),
  mutation('custom resource with code of its own', 'reviewed-type', (d) =>
    d.add(SERVICE, 'Custom', { Type: 'Custom::Anything', Properties: { ServiceToken: 'x' } }),
  ),
  mutation('property that nobody reviewed', 'reviewed-property', (d) =>
    d.set(SERVICE, 'ServiceConnectConfiguration', { Enabled: true }),
  ),
  changed('misspelt property', 'reviewed-property', CLUSTER, 'StorageEncryption', true),
  mutation('stack with data may be deleted', 'termination-protection', (d) => d.protect(CLUSTER, false)),
  removed('default security group left open', 'default-group-closed', 'AWS::SSM::Association'),
];
