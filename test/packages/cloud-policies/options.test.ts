import { Assembly, evaluate, failing, policiesFor } from '@healthcare-ai/cloud-policies';
import { actionReader } from '@healthcare-ai/cloud-policies/core/actions';
import { acknowledgementFindings } from '@healthcare-ai/cloud-policies/gates/acknowledgements';
import { line } from '@healthcare-ai/cloud-policies/gates/run';
import { gateProfile } from '@healthcare-ai/ops/gate-profile';
import { templatesOf } from './stage.ts';

const digest = `sha256:${'0123456789abcdef'.repeat(4)}`;
const wayOut = { 'network.egress': 'nat' };

const existingVpc = {
  'network.vpc.id': 'vpc-0123456789abcdef0',
  'network.vpc.cidr': '10.8.0.0/16',
  'network.vpc.loadBalancerSubnets': '["subnet-0000000000000000a","subnet-0000000000000000b"]',
  'network.vpc.taskSubnets': '["subnet-0000000000000000c","subnet-0000000000000000d"]',
  'network.vpc.databaseSubnets': '["subnet-0000000000000000e","subnet-0000000000000000f"]',
};

/** Settings of a stage in another region, whose RDS root certificates its image has. */
const elsewhere = (region: string) => ({
  region,
  availabilityZones: JSON.stringify([`${region}a`, `${region}b`]),
  'edge.certificateArn': `arn:${region.startsWith('us-gov') ? 'aws-us-gov' : 'aws'}:acm:${region}:111122223333:certificate/x`,
  'database.ownAuthorities': 'true',
});

/** What a deployment may choose; docs/configuration-aws.md lists it. */
const options = {
  dev: ['dev', {}],
  staging: ['staging', {}],
  Bedrock: ['prod', { 'analysis.engine': 'bedrock', 'analysis.modelId': 'anthropic.claude-sonnet-4-20250514-v1:0' }],
  'a way out and Datadog': [
    'prod',
    {
      ...wayOut,
      'sidecar.kind': 'datadog',
      'sidecar.image': `public.ecr.aws/datadog/agent@${digest}`,
      'sidecar.apiKeySecretArn': 'arn:aws:secretsmanager:us-east-1:111122223333:secret:datadog-AbCdEf',
    },
  ],
  'ADOT, TLS 1.3 alone and OIDC': [
    'staging',
    {
      ...wayOut,
      'sidecar.kind': 'adot',
      'sidecar.image': `public.ecr.aws/aws-observability/aws-otel-collector@${digest}`,
      'edge.minimumTls': 'tls1.3',
      'service.issuers': JSON.stringify([
        {
          issuer: 'https://id.example.org',
          audiences: 'notes',
          keys: { jwks: { keys: [{ kty: 'EC' }] } },
          tenant: 'n',
        },
      ]),
    },
  ],
  'an internal load balancer': [
    'staging',
    { 'network.exposure': 'internal', 'network.allowedCidrs': '["10.0.0.0/8"]' },
  ],
  'Spot, a JWT at the load balancer and GitHub': [
    'dev',
    {
      'edge.jwt.issuer': 'https://id.example.org',
      'edge.jwt.jwksEndpoint': 'https://id.example.org/jwks',
      'service.capacity': 'spot',
      githubRepository: 'example/healthcare-ai',
      'accountBaseline.githubOidcProvider': 'true',
      account: '111122223333',
    },
  ],
  'issuers whose key sets a function copies': [
    'prod',
    {
      'service.issuers': JSON.stringify([
        {
          issuer: 'https://login.microsoftonline.com/8f2b0c1d-6c1e-4c0e-9d3a-2b7d5a9f1e10/v2.0',
          preset: 'entra',
          audiences: '6e74172b-be56-4843-9ff4-e66a39bb12e3',
          keys: { uri: 'https://login.microsoftonline.com/8f2b0c1d-6c1e-4c0e-9d3a-2b7d5a9f1e10/discovery/v2.0/keys' },
          tenant: 'north',
        },
        {
          issuer: 'https://example.okta.com/oauth2/default',
          preset: 'okta',
          audiences: 'api://notes',
          keys: { uri: 'https://example.okta.com/oauth2/default/v1/keys' },
          tenant: 'south',
        },
      ]),
    },
  ],
  'auditors by name and by IAM Identity Center': [
    'prod',
    {
      auditors: JSON.stringify([
        'arn:aws:iam::111122223333:role/Auditor',
        'arn:aws:iam::444455556666:role/aws-reserved/sso.amazonaws.com/eu-west-1/AWSReservedSSO_Auditor_*',
      ]),
    },
  ],
  'an account of a landing zone': [
    'prod',
    {
      'accountBaseline.guardDuty': 'existing',
      'accountBaseline.config': 'existing',
      'accountBaseline.trail': 'existing',
      'accountBaseline.rdsHostLogs': 'existing',
      bootstrapQualifier: 'lz1',
      permissionsBoundary: 'Boundary',
    },
  ],
  'an existing VPC with shared endpoints, internal': [
    'staging',
    {
      ...existingVpc,
      'network.exposure': 'internal',
      'network.allowedCidrs': '["10.0.0.0/8"]',
      'network.vpc.endpoints': 'existing',
      'network.vpc.endpointCidrs': '["10.9.0.0/24"]',
      'network.vpc.s3PrefixList': 'pl-63a5400a',
    },
  ],
  'an existing VPC with endpoints of the stage': ['dev', existingVpc],
  'a transit gateway': [
    'dev',
    {
      'network.exposure': 'internal',
      'network.transitGateway.id': 'tgw-0123456789abcdef0',
      'network.transitGateway.cidrs': '["10.0.0.0/8"]',
    },
  ],
  'an inference profile': [
    'prod',
    {
      'analysis.engine': 'bedrock',
      'analysis.modelId': 'anthropic.claude-sonnet-4-20250514-v1:0',
      'analysis.inferenceProfile.id': 'us.anthropic.claude-sonnet-4-20250514-v1:0',
      'analysis.inferenceProfile.regions': '["us-east-1","us-east-2","us-west-2"]',
    },
  ],
  'AWS GovCloud': ['dev', elsewhere('us-gov-west-1')],
  'a newer region': ['prod', elsewhere('ap-southeast-7')],
  sandbox: ['sandbox', {}],
  'a new account, with a hosted zone': [
    'dev',
    {
      'accountBaseline.serviceLinkedRoles': 'create',
      'edge.certificateArn': undefined,
      'edge.hostedZone.id': 'Z0123456789ABCDEFGHIJ',
      'edge.hostedZone.name': 'example.org',
    },
  ],
  'an account that another stage looks after': ['dev', { 'accountBaseline.owned': 'false' }],
} as const satisfies Record<string, readonly [string, Record<string, unknown>]>;

const actions = actionReader();

test.each(Object.entries(options))('nothing is found with %s', (_name, [stage, overrides]) => {
  const assembly = new Assembly(templatesOf(stage, overrides), actions);

  const findings = [
    ...evaluate(assembly, policiesFor(gateProfile)),
    ...acknowledgementFindings(assembly.all, gateProfile),
  ];

  expect(failing(findings).map(line)).toEqual([]);
});

test('what exists outside the deployment is listed as not judged', () => {
  const assembly = new Assembly(templatesOf('dev', existingVpc), actions);

  const findings = evaluate(assembly, policiesFor(gateProfile));

  const listed = findings.filter(({ severity }) => severity === 'not judged here').map(line);
  expect(listed).toContainEqual(
    expect.stringContaining('AWS::EC2::VPC vpc-0123456789abcdef0 (network.vpc): its flow log'),
  );
  expect(listed).toHaveLength(7);
});
