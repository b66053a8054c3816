import { SIX_YEARS } from '../../../lib/config/retention.ts';
import { contract } from '../../../service/src/contract.ts';
import { type Properties, SynthesizedStage } from '../support/stage.ts';

const prod = new SynthesizedStage('prod');
const dev = new SynthesizedStage('dev');

const sids = (statements: readonly Properties[]) => statements.map(({ Sid }) => Sid);
const json = JSON.stringify;

describe('The stage', () => {
  it('has its stacks, and keeps those that hold data from being deleted', () => {
    expect(Object.keys(prod.templates).sort()).toEqual([
      'account',
      'audit',
      'backup-copy',
      'database',
      'monitoring',
      'network',
      'registry',
      'service',
    ]);
    expect([...prod.protectedStacks].sort()).toEqual(
      ['account', 'audit', 'backup-copy', 'database', 'network', 'registry'].sort(),
    );
  });

  it('has no secret, no asset, no look-up and no Lambda in any template', () => {
    for (const template of Object.values(prod.templates)) {
      const text = json(template);
      expect(text).not.toMatch(
        /resolve:secretsmanager|AWS::Lambda::Function|Custom::|dummy-value|cdk-hnb659fds-assets/i,
      );
      expect(template.Parameters ?? {}).toEqual(template === prod.templates.service ? expect.anything() : {});
      for (const { Type, Properties: properties } of Object.values(template.Resources)) {
        expect([Type, properties?.MasterUserPassword, properties?.SecretString]).toEqual([Type, undefined, undefined]);
      }
    }
  });
});

describe('Keys', () => {
  it('are customer managed, one for each class of data, rotated each year and kept', () => {
    const keys = prod.resources('AWS::KMS::Key', 'audit');
    const names = prod
      .resources('AWS::KMS::Alias', 'audit')
      .map(({ Properties: { AliasName } }) => AliasName.split('/').pop());
    expect(names.sort()).toEqual(['audit', 'backups', 'data', 'database', 'images', 'logs', 'signing', 'topics']);
    for (const { Properties: key, DeletionPolicy } of keys) {
      expect(DeletionPolicy).toBe('Retain');
      expect(key.PendingWindowInDays).toBe(30);
      if (key.KeySpec === undefined) expect([key.EnableKeyRotation, key.RotationPeriodInDays]).toEqual([true, 365]);
      else expect([key.KeySpec, key.KeyUsage]).toEqual(['ECC_NIST_EDWARDS25519', 'SIGN_VERIFY']);
    }
  });

  it('are granted on by AWS services alone', () => {
    for (const { Properties: key } of prod.resources('AWS::KMS::Key')) {
      expect(key.KeyPolicy.Statement).toContainEqual({
        Sid: 'GrantsForServicesOnly',
        Effect: 'Deny',
        Principal: { AWS: '*' },
        Action: 'kms:CreateGrant',
        Resource: '*',
        Condition: { Bool: { 'kms:GrantIsForAWSResource': 'false', 'aws:PrincipalIsAWSService': 'false' } },
      });
    }
  });

  it('let CloudWatch Logs in for exactly the groups that they encrypt', () => {
    for (const [alias, groups] of [
      ['logs', ['service', 'migrate', 'flow', 'task-events']],
      ['audit', ['audit', 'trail']],
    ] as const) {
      const statement = prod.keyStatements(alias).find(({ Sid }) => Sid === 'CloudWatchLogs')!;
      expect(statement.Principal).toEqual({ Service: 'logs.us-east-1.amazonaws.com' });
      const condition = json(statement.Condition.ArnLike['kms:EncryptionContext:aws:logs:arn']);
      for (const group of groups) expect(condition).toContain(`log-group:/healthcare-ai/prod/${group}*`);
    }
    expect(sids(prod.keyStatements('data'))).not.toContain('CloudWatchLogs');
    expect(sids(prod.keyStatements('audit'))).toContain('CloudTrail');
    expect(sids(prod.keyStatements('logs'))).toContain('LogDelivery');
    expect(json(prod.keyStatements('topics'))).toContain('cloudwatch.amazonaws.com');
  });
});

describe('Log groups', () => {
  const groups = prod.resources('AWS::Logs::LogGroup');

  it('have a key, a chosen retention, and outlive their stack', () => {
    expect(groups.length).toBe(10);
    for (const { Properties: group, DeletionPolicy, UpdateReplacePolicy } of groups) {
      expect([DeletionPolicy, UpdateReplacePolicy]).toEqual(['Retain', 'Retain']);
      expect(json(group.KmsKeyId)).toMatch(/Key/);
      expect(group.RetentionInDays).toBe(/audit|trail/.test(group.LogGroupName) ? SIX_YEARS : 365);
    }
  });

  it('mask identifiers where applications write, and never in the audit trail', () => {
    const masked = groups.filter(({ Properties: { DataProtectionPolicy } }) => DataProtectionPolicy !== undefined);
    expect(masked.map(({ Properties: { LogGroupName } }) => LogGroupName).sort()).toEqual([
      '/aws/rds/cluster/healthcare-ai-prod/postgresql',
      '/healthcare-ai/prod/migrate',
      '/healthcare-ai/prod/service',
    ]);
    expect(json(masked[0])).toContain('data-identifier/Ssn-US');
    expect(json(masked[0])).toContain('Deidentify');
  });

  it('of the audit trail refuse deletion', () => {
    for (const name of ['/healthcare-ai/prod/audit', '/healthcare-ai/prod/trail']) {
      expect(prod.only('AWS::Logs::LogGroup', `"${name}"`).DeletionProtectionEnabled).toBe(true);
    }
  });
});

describe('The audit stack', () => {
  it('locks the audit bucket for six years: nobody can delete in prod, governance elsewhere', () => {
    const lock = (stage: SynthesizedStage) =>
      stage.only('AWS::S3::Bucket', 'ObjectLockEnabled').ObjectLockConfiguration.Rule.DefaultRetention;
    expect(lock(prod)).toEqual({ Mode: 'COMPLIANCE', Days: SIX_YEARS });
    expect(lock(dev).Mode).toBe('GOVERNANCE');
  });

  it('keeps buckets private, versioned, encrypted, reached by TLS and logged', () => {
    for (const { Properties: bucket, DeletionPolicy } of prod.resources('AWS::S3::Bucket')) {
      expect(DeletionPolicy).toBe('Retain');
      expect(Object.values(bucket.PublicAccessBlockConfiguration)).toEqual([true, true, true, true]);
      expect(bucket.VersioningConfiguration).toEqual({ Status: 'Enabled' });
    }
    for (const { Properties: policy } of prod.resources('AWS::S3::BucketPolicy')) {
      expect(json(policy)).toContain('"aws:SecureTransport":"false"');
      expect(json(policy)).toContain('"s3:TlsVersion":1.2');
    }
    const audit = prod.only('AWS::S3::Bucket', 'ObjectLockEnabled');
    expect(json(audit.BucketEncryption)).toContain('aws:kms');
    expect(json(audit.LoggingConfiguration)).toContain('AccessLogs');
  });

  it('records every region, validates its files, and who touches audit events', () => {
    const trail = prod.only('AWS::CloudTrail::Trail');
    expect(trail).toMatchObject({
      IsLogging: true,
      IsMultiRegionTrail: true,
      IncludeGlobalServiceEvents: true,
      EnableLogFileValidation: true,
      KMSKeyId: expect.anything(),
    });
    expect(json(trail.AdvancedEventSelectors)).toContain('/audit/');
  });

  it('gives the auditor the evidence, with a second factor, and nothing that changes anything', () => {
    const role = prod.only('AWS::IAM::Role', '"RoleName":"healthcare-ai-prod-auditor"');
    expect(json(role.AssumeRolePolicyDocument)).toContain('"aws:MultiFactorAuthPresent":"true"');
    const actions = prod
      .statementsOf('Reads audit events, CloudTrail and the proof of both')
      .flatMap(({ Action }) => Action);
    expect(
      actions.filter((name) => !/:(Get|List|Describe|Filter|StartQuery|StopQuery|Verify|Decrypt)/.test(name)),
    ).toEqual([]);
    expect(prod.resources('AWS::Logs::QueryDefinition').length).toBeGreaterThanOrEqual(8);
  });
});

describe('The account stack', () => {
  it('detects threats and records the configuration, once for an account', () => {
    expect(prod.only('AWS::GuardDuty::Detector').Enable).toBe(true);
    expect(prod.only('AWS::Config::ConfigurationRecorder').RecordingGroup.AllSupported).toBe(true);
    expect(prod.resources('AWS::Config::ConfigRule').length).toBeGreaterThanOrEqual(10);
  });
});

describe('The network stack', () => {
  it('gives tasks and database no route but to VPC endpoints, whose policies admit this account', () => {
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

  it('records all traffic, and closes the default security group at once and each day', () => {
    expect(prod.only('AWS::EC2::FlowLog')).toMatchObject({
      TrafficType: 'ALL',
      LogDestinationType: 'cloud-watch-logs',
    });
    expect(prod.only('AWS::SSM::Association')).toMatchObject({
      Name: 'AWSConfigRemediation-RemoveVPCDefaultSecurityGroupRules',
      ScheduleExpression: 'rate(1 day)',
      Parameters: { GroupId: [{ 'Fn::GetAtt': [expect.stringContaining('Vpc'), 'DefaultSecurityGroup'] }] },
    });
  });
});

describe('The registry stack', () => {
  it('never overwrites an image, scans each, encrypts all and forgets old ones', () => {
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
  it('is encrypted, protected, logs in by IAM over TLS, and keeps its master secret out of the template', () => {
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

  it('is backed up into a locked vault, copied to another region, and restored each week to prove it', () => {
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
