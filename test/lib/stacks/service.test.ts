import { contract } from '@healthcare-ai/contract';
import { namesOf } from '../../../lib/config/names.ts';
import { readConfig } from '../../../service/src/config/read.ts';
import { type Properties, SynthesizedStage } from '../support/stage.ts';

const prod = new SynthesizedStage('prod');
const dev = new SynthesizedStage('dev');
const json = JSON.stringify;

const task = prod.only('AWS::ECS::TaskDefinition', '"Family":"healthcare-ai-prod-service"');
const migrate = prod.only('AWS::ECS::TaskDefinition', '"Family":"healthcare-ai-prod-migrate"');
const service = prod.only('AWS::ECS::Service');
const variables = (container: Properties) =>
  Object.fromEntries(container.Environment.map(({ Name, Value }: Properties) => [Name, Value]));

describe('The image', () => {
  it("is named by the digest that the stage's SSM parameter holds", () => {
    for (const stack of ['tasks', 'service']) {
      expect(prod.templates[stack]!.Parameters).toEqual({
        ImageDigest: expect.objectContaining({
          Type: 'AWS::SSM::Parameter::Value<String>',
          Default: namesOf('prod', 'us-east-1').imageDigestParameter,
        }),
      });
    }
    for (const definition of [task, migrate]) {
      expect(json(definition.ContainerDefinitions[0].Image)).toMatch(
        /"@",?\{"Ref":"ImageDigest"\}|@",\{"Ref":"ImageDigest"\}/,
      );
    }
  });

  it('has no parameter in any template that would bring an old digest back', () => {
    expect(prod.resources('AWS::SSM::Parameter')).toEqual([]);
  });
});

describe('Every container', () => {
  it('[164.308(a)(5)(ii)(B)] can write nowhere, has no capability, is not root, and is stopped later than it stops itself', () => {
    for (const definition of [task, migrate]) {
      expect(definition.RuntimePlatform).toEqual({ CpuArchitecture: 'ARM64', OperatingSystemFamily: 'LINUX' });
      expect(Number(definition.Cpu)).toBeLessThanOrEqual(1024);
      for (const container of definition.ContainerDefinitions) {
        expect(container).toMatchObject({
          ReadonlyRootFilesystem: true,
          User: `${contract.user.uid}:${contract.user.gid}`,
          Privileged: false,
          LinuxParameters: { InitProcessEnabled: true, Capabilities: { Drop: ['ALL'] } },
          StopTimeout: contract.timeouts.stop,
          VersionConsistency: 'enabled',
          LogConfiguration: { LogDriver: 'awslogs', Options: { mode: 'non-blocking', 'max-buffer-size': '26214400b' } },
        });
      }
    }
  });

  it('[Secrets in environment variables (not code)] gets only variables that the service knows, and no secret among them', () => {
    for (const definition of [task, migrate]) {
      const names = Object.keys(variables(definition.ContainerDefinitions[0]));
      const known = (name: string) => (contract.environment as readonly string[]).includes(name);
      expect(names.filter((name) => !known(name))).toEqual([]);
      expect(json(definition.ContainerDefinitions[0].Environment)).not.toMatch(/PASSWORD|ENCRYPTION_KEY|:[^/"]+@/);
    }
  });
});

describe("The service's own reader of its configuration", () => {
  // What CloudFormation fills in has the form of what it will be.
  const filledIn = (container: Properties) => ({
    ...Object.fromEntries(Object.entries(variables(container)).map(([name, value]) => [name, inForm(name, value)])),
    ...Object.fromEntries((container.Secrets ?? []).map(({ Name }: Properties) => [Name, 'from-secrets-manager'])),
    AWS_REGION: 'us-east-1',
  });
  const inForm = (name: string, value: unknown) => {
    if (typeof value === 'string') return value;
    if (name === 'AUDIT_LOG_GROUP' || name === 'AUDIT_BUCKET') return 'healthcare-ai-audit';
    if (name === 'KMS_KEY_ID' || name === 'AUDIT_SIGNING_KEY_ID') return 'arn:aws:kms:us-east-1:123456789012:key/0';
    const parts = (value as Properties)['Fn::Join']?.[1] as unknown[];
    return parts.map((part) => (typeof part === 'string' ? part : 'cluster.example')).join('');
  };

  it('takes what the tasks of every stage give it', () => {
    for (const stage of [prod, dev]) {
      const [running, migrating] = ['service', 'migrate'].map(
        (name) =>
          stage.only('AWS::ECS::TaskDefinition', `"Family":"healthcare-ai-${stage === prod ? 'prod' : 'dev'}-${name}"`)
            .ContainerDefinitions[0],
      );
      const noFiles = () => '';
      expect(readConfig(filledIn(running!), noFiles)).toMatchObject({ production: true, DATABASE_AUTH: 'iam' });
      expect(readConfig(filledIn(migrating!), noFiles, ['database'])).toMatchObject({
        DATABASE_PASSWORD: 'from-secrets-manager',
      });
    }
  });
});

describe('The service task', () => {
  const [container] = task.ContainerDefinitions;

  it('listens on one port with TLS, restarts by itself, and is checked without a shell', () => {
    expect(container.PortMappings).toEqual([{ ContainerPort: contract.port, Protocol: 'tcp' }]);
    expect(container.RestartPolicy).toEqual({ Enabled: true, RestartAttemptPeriod: 60, IgnoredExitCodes: [0] });
    expect(container.HealthCheck.Command).toEqual(['CMD', ...contract.container.healthCheck]);
    expect(variables(container)).toMatchObject({
      NODE_ENV: 'production',
      STAGE: 'prod',
      TLS: 'self-signed',
      PORT: String(contract.port),
      METRICS_PORT: String(contract.metricsPort),
      DATABASE_AUTH: 'iam',
      DATABASE_TLS: 'verify',
      DATABASE_CA_FILE: contract.container.databaseAuthorities,
      TRUST_PROXY_HOPS: '1',
      EMF_NAMESPACE: contract.metrics.namespace,
    });
    expect(json(variables(container).DATABASE_URL)).toMatch(/postgresql:\/\/healthcare_ai@.+:5432\/healthcare_ai/);
  });

  it('publishes its audit trail to the stack that keeps it, signed by the key of the stage', () => {
    const { AUDIT_BUCKET, AUDIT_LOG_GROUP, AUDIT_SIGNING_KEY_ID } = variables(container);
    expect(json(AUDIT_SIGNING_KEY_ID)).toMatch(/KeysSigning/);
    expect(json(AUDIT_LOG_GROUP)).toMatch(/AuditEvents/);
    expect(json(AUDIT_BUCKET)).toMatch(/AuditBucket/);
  });

  it('[164.312(a)(1)] may connect as one database role, open data keys of its stage, sign and publish, and nothing else', () => {
    const statements = prod.statementsOf('The service at work');
    expect(statements.flatMap(({ Action }) => Action).sort()).toEqual(
      [
        'kms:Decrypt',
        'kms:Decrypt',
        'kms:GenerateDataKey',
        'kms:GenerateDataKey',
        'kms:GetPublicKey',
        'kms:Sign',
        'logs:CreateLogStream',
        'logs:PutLogEvents',
        'rds-db:connect',
        's3:GetObject',
        's3:PutObject',
      ].sort(),
    );
    const dataKeys = statements.find(({ Sid }) => Sid === 'DataKeys')!;
    expect(dataKeys.Condition).toEqual({
      StringEquals: { 'kms:EncryptionContext:stage': 'prod' },
      Null: { 'kms:EncryptionContext:purpose': 'false' },
    });
    expect(json(statements.find(({ Sid }) => Sid === 'Database'))).toContain('/healthcare_ai"');
  });
});

describe('The migration task', () => {
  it('logs in as the owner by secrets, with roles of its own, one of which may do nothing in AWS', () => {
    const [container] = migrate.ContainerDefinitions;
    expect(container.Command).toEqual([
      ...contract.container.migrate,
      ...['--service-role', 'healthcare_ai', '--retention-role', 'healthcare_ai_retention', '--iam'],
    ]);
    expect(container.Secrets.map(({ Name }: Properties) => Name)).toEqual(['DATABASE_USER', 'DATABASE_PASSWORD']);
    expect(migrate.TaskRoleArn).not.toEqual(task.TaskRoleArn);
    expect(migrate.ExecutionRoleArn).not.toEqual(task.ExecutionRoleArn);
    const role = prod.only('AWS::IAM::Role', '"RoleName":"healthcare-ai-prod-us-east-1-migrate-task"');
    expect([role.ManagedPolicyArns, role.Policies]).toEqual([undefined, undefined]);
    const policies = prod
      .resources('AWS::IAM::ManagedPolicy')
      .filter(({ Properties: p }) => json(p.Roles).includes('MigrateRole'));
    expect(policies).toEqual([]);
  });
});

describe('The expiry task', () => {
  it('is a database role and a signature, does nothing else in AWS, and by itself only says what it would do', () => {
    const expire = prod.only('AWS::ECS::TaskDefinition', '"Family":"healthcare-ai-prod-expire"');
    const [container] = expire.ContainerDefinitions;
    expect(container.Command).toEqual([...contract.container.expireAudit, '--dry-run']);
    expect(container.Secrets).toBeUndefined();
    const environment = Object.fromEntries(container.Environment.map(({ Name, Value }: Properties) => [Name, Value]));
    expect(environment).toMatchObject({ DATABASE_AUTH: 'iam', DATABASE_TLS: 'verify', NODE_ENV: 'production' });
    expect(json(environment.DATABASE_URL)).toContain('healthcare_ai_retention@');
    const statements = prod.statementsOf('Expiry of the audit trail at work');
    expect(statements.flatMap(({ Action }) => Action).sort()).toEqual([
      'kms:GetPublicKey',
      'kms:Sign',
      'rds-db:connect',
    ]);
    expect(json(statements.find(({ Sid }) => Sid === 'Database'))).toContain('/healthcare_ai_retention"');
  });
});

describe('The task that restores the audit trail', () => {
  it("reads what was published, asks the bucket, and writes as the service's database role: no more", () => {
    const restore = prod.only('AWS::ECS::TaskDefinition', '"Family":"healthcare-ai-prod-restore"');
    const [container] = restore.ContainerDefinitions;
    expect(container.Command).toEqual([...contract.container.restoreAudit]);
    expect(container.Secrets).toBeUndefined();
    const environment = Object.fromEntries(container.Environment.map(({ Name, Value }: Properties) => [Name, Value]));
    expect(environment).toMatchObject({ DATABASE_AUTH: 'iam', DATABASE_TLS: 'verify', NODE_ENV: 'production' });
    expect(json(environment.DATABASE_URL)).toContain('//healthcare_ai@');
    const { AUDIT_LOG_GROUP, AUDIT_BUCKET, AUDIT_SIGNING_KEY_ID } = environment;
    for (const value of [AUDIT_LOG_GROUP, AUDIT_BUCKET, AUDIT_SIGNING_KEY_ID]) expect(value).toBeDefined();
    const statements = prod.statementsOf('Restoration of the audit trail at work');
    expect(statements.flatMap(({ Action }) => Action).sort()).toEqual([
      'kms:Decrypt',
      'kms:GetPublicKey',
      'logs:DescribeLogStreams',
      'logs:GetLogEvents',
      'rds-db:connect',
      's3:GetObject',
    ]);
    expect(json(statements.find(({ Sid }) => Sid === 'Database'))).toContain('/healthcare_ai"');
    const bucket = json(statements.find(({ Sid }) => Sid === 'ReadBucket'));
    expect(bucket).toContain('/audit/checkpoints/*');
    expect(bucket).toContain('/audit/segments/*');
    expect(json(statements.find(({ Sid }) => Sid === 'DecryptObjects'))).toContain('kms:ViaService');
  });
});

describe('The service', () => {
  it('never drops below full capacity and goes back by itself: breaker, alarms, canary in prod', () => {
    expect(service.DeploymentConfiguration).toMatchObject({
      MinimumHealthyPercent: 100,
      MaximumPercent: 200,
      DeploymentCircuitBreaker: { Enable: true, Rollback: true },
      Alarms: { Enable: true, Rollback: true },
      Strategy: 'CANARY',
      CanaryConfiguration: { CanaryPercent: 10, CanaryBakeTimeInMinutes: 10 },
      BakeTimeInMinutes: 10,
    });
    expect(service.AvailabilityZoneRebalancing).toBe('ENABLED');
    expect(dev.only('AWS::ECS::Service').DeploymentConfiguration).toMatchObject({
      Strategy: 'ROLLING',
      DeploymentCircuitBreaker: { Enable: true, Rollback: true },
      Alarms: { Enable: true, Rollback: true },
    });
  });

  it('shifts the traffic of a canary by a listener rule, between two target groups', () => {
    const [balancer] = service.LoadBalancers;
    expect(balancer.AdvancedConfiguration).toMatchObject({
      AlternateTargetGroupArn: expect.anything(),
      ProductionListenerRule: expect.anything(),
      RoleArn: expect.anything(),
    });
    expect(prod.resources('AWS::ElasticLoadBalancingV2::TargetGroup')).toHaveLength(2);
    expect(dev.resources('AWS::ElasticLoadBalancingV2::TargetGroup')).toHaveLength(1);
  });

  it('tracks 70 % CPU, in after 300 s and out after 60 s, and no template sets the number of tasks', () => {
    expect(prod.only('AWS::ApplicationAutoScaling::ScalingPolicy').TargetTrackingScalingPolicyConfiguration).toEqual({
      PredefinedMetricSpecification: { PredefinedMetricType: 'ECSServiceAverageCPUUtilization' },
      TargetValue: 70,
      ScaleInCooldown: 300,
      ScaleOutCooldown: 60,
    });
    expect(prod.only('AWS::ApplicationAutoScaling::ScalableTarget')).toMatchObject({ MinCapacity: 3, MaxCapacity: 12 });
    expect(service.DesiredCount).toBeUndefined();
  });

  it('runs in subnets without public addresses, closed to execute-command', () => {
    expect(service.NetworkConfiguration.AwsvpcConfiguration.AssignPublicIp).toBe('DISABLED');
    expect(service.EnableExecuteCommand).toBe(false);
    expect(prod.only('AWS::ECS::Cluster').ClusterSettings).toEqual([{ Name: 'containerInsights', Value: 'enhanced' }]);
  });
});
