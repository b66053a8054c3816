import { SIX_YEARS } from '../../../lib/config/sections/retention.ts';
import { type Properties, SynthesizedStage } from '../support/stage.ts';

const prod = new SynthesizedStage('prod');
const dev = new SynthesizedStage('dev');

const sids = (statements: readonly Properties[]) => statements.map(({ Sid }) => Sid);
const json = JSON.stringify;

describe('The stage', () => {
  it('[164.312(c)(1)] [164.308(a)(7)(ii)(B)] has its stacks, and keeps those that hold data from being deleted', () => {
    expect(Object.keys(prod.templates).sort()).toEqual([
      'account',
      'audit',
      'backup-copy',
      'database',
      'monitoring',
      'network',
      'registry',
      'service',
      'tasks',
    ]);
    expect([...prod.protectedStacks].sort()).toEqual(
      ['account', 'audit', 'backup-copy', 'database', 'network', 'registry'].sort(),
    );
  });

  it('[164.308(a)(5)(ii)(D)] has no secret, no asset, no look-up and no Lambda in any template', () => {
    for (const template of Object.values(prod.templates)) {
      const text = json(template);
      expect(text).not.toMatch(
        /resolve:secretsmanager|AWS::Lambda::Function|Custom::|dummy-value|cdk-hnb659fds-assets/i,
      );
      const runsImage = template === prod.templates.service || template === prod.templates.tasks;
      expect(Object.keys(template.Parameters ?? {})).toEqual(runsImage ? ['ImageDigest'] : []);
      for (const { Type, Properties: properties } of Object.values(template.Resources)) {
        expect([Type, properties?.MasterUserPassword, properties?.SecretString]).toEqual([Type, undefined, undefined]);
      }
    }
  });
});

describe('Keys', () => {
  it('[164.312(a)(2)(iv)] [164.310(d)(2)(i)] are customer managed, one for each class of data, rotated each year and kept', () => {
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

  it('[164.308(a)(7)(ii)(B)] that open notes are multi-Region in every stage, and in production there is a replica beside the copied backups', () => {
    for (const stage of [dev, prod]) {
      const several = stage.resources('AWS::KMS::Key').filter(({ Properties: key }) => key.MultiRegion === true);
      expect(several.map(({ Properties: key }) => key.Description)).toEqual(['Wraps the data keys that encrypt notes']);
    }
    expect(dev.resources('AWS::KMS::ReplicaKey')).toEqual([]);
    const [replica] = prod.resources('AWS::KMS::ReplicaKey', 'backup-copy');
    expect(replica!.DeletionPolicy).toBe('Retain');
    expect(replica!.Properties.PrimaryKeyArn).toEqual({
      'Fn::GetStackOutput': { StackName: 'healthcare-ai-prod-audit', OutputName: 'DataKeyArn', Region: 'us-east-1' },
    });
    // The vault of the copies has a key of its own region: the database in them is restored without the lost one.
    const [vault] = prod.resources('AWS::Backup::BackupVault', 'backup-copy');
    const keys = prod.resources('AWS::KMS::Key', 'backup-copy').map(({ Properties: key }) => key.Description);
    expect(keys).toEqual(['Copies of the backups']);
    expect(json(vault!.Properties.EncryptionKeyArn)).toMatch(/^\{"Fn::GetAtt":\["Key/);
  });

  it('are granted on by AWS services alone', () => {
    for (const { Properties: key } of [...prod.resources('AWS::KMS::Key'), ...prod.resources('AWS::KMS::ReplicaKey')]) {
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

  it('[Logging aggregation configured] have a key, a chosen retention, and outlive their stack', () => {
    expect(groups.length).toBe(10);
    for (const { Properties: group, DeletionPolicy, UpdateReplacePolicy } of groups) {
      const undone = group.DeletionProtectionEnabled ? 'Retain' : 'RetainExceptOnCreate';
      expect([DeletionPolicy, UpdateReplacePolicy]).toEqual([undone, 'Retain']);
      expect(json(group.KmsKeyId)).toMatch(/Key/);
      expect(group.RetentionInDays).toBe(/audit|trail/.test(group.LogGroupName) ? SIX_YEARS : 365);
    }
  });

  it('[164.312(b)] mask identifiers where applications write, and never in the audit trail', () => {
    const masked = groups.filter(({ Properties: { DataProtectionPolicy } }) => DataProtectionPolicy !== undefined);
    expect(masked.map(({ Properties: { LogGroupName } }) => LogGroupName).sort()).toEqual([
      '/aws/rds/cluster/healthcare-ai-prod/postgresql',
      '/healthcare-ai/prod/migrate',
      '/healthcare-ai/prod/service',
    ]);
    expect(json(masked[0])).toContain('data-identifier/Ssn-US');
    expect(json(masked[0])).toContain('Deidentify');
  });

  it('[Audit trail preserved] of the audit trail refuse deletion', () => {
    for (const name of ['/healthcare-ai/prod/audit', '/healthcare-ai/prod/trail']) {
      expect(prod.only('AWS::Logs::LogGroup', `"${name}"`).DeletionProtectionEnabled).toBe(true);
    }
  });
});

describe('The audit stack', () => {
  it('[164.312(c)(1)] [164.316(b)(2)(i)] locks the audit bucket for six years: nobody can delete in prod, governance elsewhere', () => {
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

  it('[164.312(b)] records every region, validates its files, and who touches audit events', () => {
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

  it('[164.312(d)] [164.308(a)(1)(ii)(D)] gives the auditor the evidence, with a second factor, and nothing that changes anything', () => {
    const role = prod.only('AWS::IAM::Role', '"RoleName":"healthcare-ai-prod-us-east-1-auditor"');
    expect(json(role.AssumeRolePolicyDocument)).toContain('"aws:MultiFactorAuthPresent":"true"');
    const actions = prod
      .statementsOf('Reads audit events, CloudTrail and the proof of both')
      .flatMap(({ Action }) => Action);
    expect(
      actions.filter((name) => !/:(Get|List|Describe|Filter|StartQuery|StopQuery|Verify|Decrypt)/.test(name)),
    ).toEqual([]);
  });
});

describe('The account stack', () => {
  it('[164.308(a)(8)] [164.310(d)(2)(iii)] detects threats and records the configuration, once for an account', () => {
    expect(prod.only('AWS::GuardDuty::Detector').Enable).toBe(true);
    expect(prod.only('AWS::Config::ConfigurationRecorder').RecordingGroup.AllSupported).toBe(true);
    expect(prod.resources('AWS::Config::ConfigRule').length).toBeGreaterThanOrEqual(10);
  });
});
