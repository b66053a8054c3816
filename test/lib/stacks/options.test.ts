import { contract } from '@healthcare-ai/contract';
import { Annotations, Match } from 'aws-cdk-lib/assertions';
import type { Stack } from 'aws-cdk-lib/core';
import { AwsSolutionsChecks, HIPAASecurityChecks, NIST80053R5Checks, PCIDSS321Checks } from 'cdk-nag';
import { type Properties, SynthesizedStage } from '../support/stage.ts';
import { synthesizeStage } from '../support/synthesize-stage.ts';

const json = JSON.stringify;
const digest = `sha256:${'0123456789abcdef'.repeat(4)}`;
const nat = { 'network.egress': 'nat' };
const datadog = {
  ...nat,
  'sidecar.kind': 'datadog',
  'sidecar.image': `public.ecr.aws/datadog/agent@${digest}`,
  'sidecar.apiKeySecretArn': 'arn:aws:secretsmanager:us-east-1:111122223333:secret:datadog-AbCdEf',
};
const adot = {
  ...nat,
  'sidecar.kind': 'adot',
  'sidecar.image': `public.ecr.aws/aws-observability/aws-otel-collector@${digest}`,
};
const jwt = { 'edge.jwt.issuer': 'https://id.example.org', 'edge.jwt.jwksEndpoint': 'https://id.example.org/jwks' };

const siteProfile = 'arn:aws:secretsmanager:us-east-1:111122223333:secret:site-profile-AbCdEf';

function variant(name: string, overrides: Readonly<Record<string, unknown>> = {}) {
  const { app, ...synthesized } = synthesizeStage(name, overrides);
  return Object.assign(new SynthesizedStage(name, overrides, synthesized), { app });
}

const variants = {
  dev: variant('dev'),
  staging: variant('staging'),
  prod: variant('prod'),
  'prod with Bedrock': variant('prod', {
    'analysis.engine': 'bedrock',
    'analysis.modelId': 'anthropic.claude-sonnet-4-20250514-v1:0',
    'analysis.send': 'deidentified',
    'analysis.toolChoice': 'auto',
    'analysis.vocabularies': '["rxnorm=/lists/rxnorm.tsv","snomed=/lists/snomed.tsv"]',
    'analysis.siteProfileSecretArn': siteProfile,
  }),
  'prod with NAT and Datadog': variant('prod', datadog),
  'staging with ADOT, TLS 1.3 alone and OIDC': variant('staging', {
    ...adot,
    'edge.minimumTls': 'tls1.3',
    'service.issuers': json([
      {
        issuer: 'https://id.example.org',
        audiences: 'notes',
        keys: { jwks: { keys: [{ kty: 'EC' }] } },
        tenant: 'north',
      },
    ]),
  }),
  'staging, internal': variant('staging', {
    'network.exposure': 'internal',
    'network.allowedCidrs': '["10.0.0.0/8"]',
  }),
  'dev with Spot, a JWT at the load balancer and GitHub': variant('dev', {
    ...jwt,
    'service.capacity': 'spot',
    githubRepository: 'example/healthcare-ai',
    'accountBaseline.githubOidcProvider': 'true',
    account: '111122223333',
  }),
  'dev in an account that another stage looks after': variant('dev', {
    'accountBaseline.owned': 'false',
  }),
} as const;

describe.each(Object.entries(variants))('%s', (_, { app, templates }) => {
  it.each([
    ['HIPAA', HIPAASecurityChecks],
    ['NIST 800-53 R5', NIST80053R5Checks],
    ['PCI DSS', PCIDSS321Checks],
    ['AWS Solutions', AwsSolutionsChecks],
  ])('has no open finding of %s', (_pack, Pack) => {
    const { violations } = new Pack(app).validateScope(app);
    expect(violations.map(({ ruleName, violatingResources }) => [ruleName, violatingResources])).toEqual([]);
  });

  it('acknowledges at most eight findings of HIPAA, each with a reason', () => {
    const acknowledged = Object.values(templates)
      .flatMap(({ Resources }) => Object.values(Resources))
      .flatMap(({ Metadata }) => (Metadata?.[contract.acknowledgedMetadata] ?? []) as { id: string; reason: string }[]);
    const hipaa = new Set(
      acknowledged.filter(({ id }) => id.startsWith('HIPAA')).map(({ id, reason }) => `${id} ${reason}`),
    );
    expect(hipaa.size).toBeLessThanOrEqual(8);
    for (const { reason } of acknowledged) expect(reason.length).toBeGreaterThan(39);
  });
});

const container = (name: keyof typeof variants, id: string): Properties =>
  variants[name]
    .only('AWS::ECS::TaskDefinition', '-service"')
    .ContainerDefinitions.find(({ Name }: Properties) => Name === id);

describe('By configuration', () => {
  it('Bedrock gets an endpoint and the right to one model', () => {
    const stage = variants['prod with Bedrock'];
    expect(stage.only('AWS::EC2::VPCEndpoint', 'bedrock-runtime').PrivateDnsEnabled).toBe(true);
    const model = stage.statementsOf('The service at work').find(({ Sid }) => Sid === 'Model')!;
    expect(model).toMatchObject({
      Action: 'bedrock:InvokeModel',
      Resource: 'arn:aws:bedrock:us-east-1::foundation-model/anthropic.claude-sonnet-4-20250514-v1:0',
    });
  });

  it.each([
    ['us', '["us-east-1","us-west-2"]', ['us-east-1', 'us-west-2']],
    // Bedrock authorizes a global profile by the model's ARN without a region, too.
    ['global', '["us-east-1"]', ['', 'us-east-1']],
  ])('an inference profile (%s.) is the only way to the model, in each of its regions', (prefix, regions, expected) => {
    const model = 'anthropic.claude-sonnet-4-20250514-v1:0';
    const stage = new SynthesizedStage('staging', {
      'analysis.engine': 'bedrock',
      'analysis.modelId': model,
      'analysis.inferenceProfile.id': `${prefix}.${model}`,
      'analysis.inferenceProfile.regions': regions,
    });
    const statements = stage
      .statementsOf('The service at work')
      .filter(({ Action }) => Action === 'bedrock:InvokeModel');
    const [profile, models] = statements;
    expect(json(profile!.Resource)).toContain(`:inference-profile/${prefix}.${model}`);
    expect(models).toMatchObject({
      Resource: expected.map((region) => `arn:aws:bedrock:${region}::foundation-model/${model}`),
      Condition: { StringEquals: { 'bedrock:InferenceProfileArn': profile!.Resource } },
    });
    expect(statements).toHaveLength(2);
  });

  it('an existing VPC is named by its subnets, without a warning that nobody can act on', () => {
    const [load, tasks, data] = ['a', 'c', 'e'].map((one) => [`subnet-0000000${one}`, `subnet-1111111${one}`]);
    const { app, templates } = synthesizeStage('dev', {
      'network.vpc.id': 'vpc-0123456789abcdef0',
      'network.vpc.cidr': '10.8.0.0/16',
      'network.vpc.loadBalancerSubnets': json(load),
      'network.vpc.taskSubnets': json(tasks),
      'network.vpc.databaseSubnets': json(data),
    });
    const of = (stack: string, type: string) =>
      Object.values(templates[stack]!.Resources).find(({ Type }) => Type === type)!.Properties;
    expect(of('service', 'AWS::ElasticLoadBalancingV2::LoadBalancer').Subnets).toEqual(load);
    expect(of('network', 'AWS::EC2::VPCEndpoint').SubnetIds).toEqual(tasks);
    expect(of('service', 'AWS::ECS::Service').NetworkConfiguration.AwsvpcConfiguration.Subnets).toEqual(tasks);
    expect(of('database', 'AWS::RDS::DBSubnetGroup').SubnetIds).toEqual(data);
    expect(templates.tasks!.Outputs!.TaskSubnets!.Value).toBe(tasks!.join(','));
    const network = app.node.findChild('dev').node.findChild('network') as Stack;
    expect(Annotations.fromStack(network).findWarning('*', Match.anyValue())).toEqual([]);
  });

  it('tasks get a way out by one NAT gateway a zone in prod, and one elsewhere', () => {
    expect(variants['prod with NAT and Datadog'].resources('AWS::EC2::NatGateway')).toHaveLength(3);
    expect(variants['staging with ADOT, TLS 1.3 alone and OIDC'].resources('AWS::EC2::NatGateway')).toHaveLength(1);
    expect(variants.prod.resources('AWS::EC2::NatGateway')).toHaveLength(0);
  });

  it('the analysis gets what a site adds: lists by path, its profile as a secret, and how a model is asked', () => {
    const name = 'prod with Bedrock';
    const service = container(name, 'service');
    expect(service.Environment).toEqual(
      expect.arrayContaining([
        { Name: 'ANALYSIS_SEND', Value: 'deidentified' },
        { Name: 'BEDROCK_TOOL_CHOICE', Value: 'auto' },
        { Name: 'VOCABULARIES', Value: 'rxnorm=/lists/rxnorm.tsv,snomed=/lists/snomed.tsv' },
      ]),
    );
    expect(service.Secrets).toEqual([{ Name: 'SITE_PROFILE', ValueFrom: siteProfile }]);
    expect(json(variants[name].resources('AWS::IAM::ManagedPolicy', 'service'))).toContain(siteProfile);
    expect(container('prod', 'service').Secrets).toBeUndefined();
  });

  it('Datadog runs beside the service, hardened like it, with its key as a secret', () => {
    const name = 'prod with NAT and Datadog';
    const agent = container(name, 'datadog');
    expect(agent).toMatchObject({
      Essential: false,
      ReadonlyRootFilesystem: true,
      Image: expect.stringContaining(digest),
    });
    expect(agent.Secrets).toEqual([{ Name: 'DD_API_KEY', ValueFrom: datadog['sidecar.apiKeySecretArn'] }]);
    expect(container(name, 'service').Environment).toContainEqual({ Name: 'DD_AGENT_HOST', Value: '127.0.0.1' });
    expect(json(variants[name].only('AWS::IAM::Role', 'service-execution'))).toBeTruthy();
    expect(json(variants[name].resources('AWS::IAM::ManagedPolicy', 'service'))).toContain(
      datadog['sidecar.apiKeySecretArn'],
    );
  });

  it('ADOT scrapes the metrics port of the service', () => {
    const collector = container('staging with ADOT, TLS 1.3 alone and OIDC', 'adot');
    const { Value } = collector.Environment.find(({ Name }: Properties) => Name === 'AOT_CONFIG_CONTENT');
    expect(JSON.parse(Value).receivers.prometheus.config.scrape_configs[0].static_configs).toEqual([
      { targets: ['127.0.0.1:9464'] },
    ]);
  });

  it('an internal load balancer leaves no public subnet and no canary', () => {
    const stage = variants['staging, internal'];
    expect(stage.only('AWS::ElasticLoadBalancingV2::LoadBalancer').Scheme).toBe('internal');
    expect(stage.resources('AWS::EC2::InternetGateway')).toEqual([]);
    expect(stage.resources('AWS::Synthetics::Canary')).toEqual([]);
  });

  it('the load balancer verifies a JWT on every path but those of health', () => {
    const stage = variants['dev with Spot, a JWT at the load balancer and GitHub'];
    const rules = stage.resources('AWS::ElasticLoadBalancingV2::ListenerRule').map(({ Properties: rule }) => rule);
    const first = rules.find(({ Priority }) => Priority === 10)!;
    expect(first.Conditions[0].PathPatternConfig.Values).toEqual(['/health', '/health/live', '/health/ready']);
    const second = rules.find(({ Priority }) => Priority === 100)!;
    expect(second.Actions.map(({ Type }: Properties) => Type)).toEqual(['jwt-validation', 'forward']);
  });

  it('dev may run on Spot, and GitHub may deploy from the environment of the stage', () => {
    const stage = variants['dev with Spot, a JWT at the load balancer and GitHub'];
    expect(stage.only('AWS::ECS::Service').CapacityProviderStrategy).toEqual([
      { CapacityProvider: 'FARGATE_SPOT', Weight: 1 },
    ]);
    const role = stage.only('AWS::IAM::Role', '"RoleName":"healthcare-ai-dev-us-east-1-deploy"');
    expect(json(role)).toContain(
      '"token.actions.githubusercontent.com:sub":"repo:example/healthcare-ai:environment:dev"',
    );
    expect(stage.resources('AWS::IAM::OIDCProvider')).toHaveLength(1);
  });

  it('[164.312(e)(2)(ii)] an old TLS is refused where the stage configures it', () => {
    const listener = variants['staging with ADOT, TLS 1.3 alone and OIDC'].only(
      'AWS::ElasticLoadBalancingV2::Listener',
      '"Port":443',
    );
    expect(listener.SslPolicy).toBe('ELBSecurityPolicy-TLS13-1-3-PQ-2025-09');
  });

  it('an account that another stage looks after gets no second account stack', () => {
    const stage = variants['dev in an account that another stage looks after'];
    expect(Object.keys(stage.templates)).not.toContain('account');
    expect(stage.resources('AWS::GuardDuty::Detector')).toEqual([]);
  });
});
