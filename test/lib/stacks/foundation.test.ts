import { contract } from '@healthcare-ai/contract';
import { type Properties, SynthesizedStage } from '../support/stage.ts';

const prod = new SynthesizedStage('prod');
const dev = new SynthesizedStage('dev');
const json = JSON.stringify;

describe('The network stack', () => {
  it('[164.312(e)(1)] gives tasks and database no route but to VPC endpoints, whose policies admit this account', () => {
    const routes = prod.resources('AWS::EC2::Route').map(({ Properties: route }) => json(route.RouteTableId));
    expect(routes.every((table) => table.includes('public'))).toBe(true);
    const endpoints = prod.resources('AWS::EC2::VPCEndpoint').map(({ Properties: endpoint }) => endpoint);
    const names = endpoints.map(({ ServiceName }) => (ServiceName as string).replace('com.amazonaws.us-east-1.', ''));
    expect(names.sort()).toEqual(['ecr.api', 'ecr.dkr', 'kms', 'logs', 's3', 'secretsmanager']);
    for (const endpoint of endpoints) expect(json(endpoint.PolicyDocument)).toContain('aws:PrincipalAccount');
  });

  it('lets in 443 and 80 from outside, and from group to group on one port each', () => {
    const open = prod
      .resources('AWS::EC2::SecurityGroup')
      .flatMap(({ Properties: group }) => group.SecurityGroupIngress ?? [])
      .map(({ FromPort, ToPort, CidrIp }: Properties) => [CidrIp, FromPort, ToPort]);
    expect(open).toEqual([
      ['0.0.0.0/0', 443, 443],
      ['0.0.0.0/0', 80, 80],
    ]);
    const between = prod.resources('AWS::EC2::SecurityGroupIngress').map(({ Properties: rule }) => rule.FromPort);
    expect([...between].sort()).toEqual([443, 443, 5432, 5432, contract.port].sort());
  });

  // https://github.com/aws/aws-cdk/issues/6683
  it.each([
    ['a third zone', { availabilityZones: '["us-east-1a","us-east-1b","us-east-1c"]' }],
    ['no public subnets', { 'network.exposure': 'internal' }],
    ['a NAT gateway', { 'network.egress': 'nat' }],
    ['the smallest VPC', { 'network.cidr': '10.20.0.0/20' }],
  ])('keeps the range and zone of every subnet with %s', (_what, overrides) => {
    const ranges = ({ templates }: SynthesizedStage) =>
      Object.entries(templates.network!.Resources).flatMap(([id, { Type, Properties: subnet }]) =>
        Type === 'AWS::EC2::Subnet' ? [[id, { range: subnet.CidrBlock, zone: subnet.AvailabilityZone }] as const] : [],
      );
    const before = new Map(ranges(dev));
    const after = ranges(new SynthesizedStage('dev', overrides));
    const common = after.filter(([id]) => before.has(id));
    expect(common.length).toBeGreaterThanOrEqual(4);
    for (const [id, place] of common) expect([id, place]).toEqual([id, before.get(id)]);
  });

  it('records all traffic, and closes the default security group at once and each day', () => {
    expect(prod.only('AWS::EC2::FlowLog')).toMatchObject({
      TrafficType: 'ALL',
      LogDestinationType: 'cloud-watch-logs',
    });
    expect(prod.only('AWS::SSM::Association')).toMatchObject({
      Name: 'AWSConfigRemediation-RemoveVPCDefaultSecurityGroupRules',
      ScheduleExpression: 'rate(1 day)',
      AutomationTargetParameterName: 'GroupId',
      Targets: [
        {
          Key: 'ParameterValues',
          Values: [{ 'Fn::GetAtt': [expect.stringContaining('Vpc'), 'DefaultSecurityGroup'] }],
        },
      ],
    });
  });
});

describe('The registry stack', () => {
  it('[164.308(a)(5)(ii)(B)] never overwrites an image, scans each, encrypts all and forgets old ones', () => {
    const repository = prod.only('AWS::ECR::Repository');
    expect(repository).toMatchObject({
      RepositoryName: 'healthcare-ai-prod',
      ImageTagMutability: 'IMMUTABLE',
      ImageScanningConfiguration: { ScanOnPush: true },
      EncryptionConfiguration: { EncryptionType: 'KMS', KmsKey: expect.anything() },
    });
    expect(JSON.parse(repository.LifecyclePolicy.LifecyclePolicyText).rules).toHaveLength(2);
  });
});

describe('The database stack', () => {
  it('[164.312(e)(2)(ii)] is encrypted, protected, logs in by IAM over TLS, and keeps its master secret out of the template', () => {
    expect(prod.only('AWS::RDS::DBCluster')).toMatchObject({
      Engine: 'aurora-postgresql',
      StorageEncrypted: true,
      KmsKeyId: expect.anything(),
      DeletionProtection: true,
      EnableIAMDatabaseAuthentication: true,
      ManageMasterUserPassword: true,
      MasterUserSecret: { KmsKeyId: expect.anything() },
      BackupRetentionPeriod: 35,
      CopyTagsToSnapshot: true,
      EnableCloudwatchLogsExports: ['postgresql'],
      ServerlessV2ScalingConfiguration: { MinCapacity: 1, MaxCapacity: 16 },
    });
    const { Parameters } = prod.only('AWS::RDS::DBClusterParameterGroup');
    expect(Parameters).toMatchObject({ 'rds.force_ssl': '1', log_parameter_max_length: '0' });
    const instances = prod.resources('AWS::RDS::DBInstance');
    expect(instances).toHaveLength(2);
    for (const { Properties: instance } of instances) {
      expect(instance).toMatchObject({
        PubliclyAccessible: false,
        MonitoringInterval: 60,
        AutoMinorVersionUpgrade: true,
      });
    }
  });

  it('[164.308(a)(7)(ii)(A)] [164.308(a)(7)(ii)(D)] [164.310(d)(2)(iv)] is backed up into a locked vault, copied to another region, and restored each week to prove it', () => {
    for (const stack of ['database', 'backup-copy']) {
      const [vault] = prod.resources('AWS::Backup::BackupVault', stack);
      expect(vault!.Properties.LockConfiguration).toEqual({
        MinRetentionDays: 35,
        MaxRetentionDays: 365,
        ChangeableForDays: 3,
      });
      expect(json(vault!.Properties.AccessPolicy)).toContain('"Effect":"Deny"');
    }
    expect(
      dev.resources('AWS::Backup::BackupVault')[0]!.Properties.LockConfiguration.ChangeableForDays,
    ).toBeUndefined();
    const rules = prod.only('AWS::Backup::BackupPlan').BackupPlan.BackupPlanRule;
    expect(rules.map(({ RuleName }: Properties) => RuleName)).toEqual(['daily', 'monthly']);
    for (const rule of rules) expect(json(rule.CopyActions)).toContain(':us-west-2:');
    expect(json(prod.only('AWS::Backup::BackupSelection'))).toContain('AuroraCluster');
    expect(prod.only('AWS::Backup::RestoreTestingSelection')).toMatchObject({ ProtectedResourceType: 'Aurora' });
    expect(prod.only('AWS::Backup::RestoreTestingPlan').ScheduleExpression).toContain('MON');
  });
});
