import type { Policy } from '../core/policy.ts';
import {
  absent,
  atLeast,
  between,
  customerKey,
  equals,
  matches,
  off,
  on,
  optional,
  present,
  propertyPolicy,
  type Requirements,
  refersTo,
  resourcePolicy,
  unmet,
} from '../core/policy.ts';
import { isDisposable, isProduction } from '../core/stage.ts';
import { listOf, recordOf, show } from '../core/template.ts';

export const databaseCluster: Policy = {
  id: 'database-cluster',
  description: 'The database is encrypted by a customer key, entered by IAM, backed up, logged, and cannot be deleted.',
  *check(assembly) {
    for (const cluster of assembly.resources('AWS::RDS::DBCluster')) {
      yield* unmet(cluster, {
        Engine: equals('aurora-postgresql'),
        // PostgreSQL 14 ends in November 2026. https://www.postgresql.org/support/versioning/
        // RDS upgrades the minor version, and refuses a template that names an older one.
        EngineVersion: matches(/^(1[5-9]|[2-9]\d)$/, 'the major version of PostgreSQL alone, 15 or newer'),
        StorageEncrypted: on,
        KmsKeyId: customerKey,
        EnableIAMDatabaseAuthentication: on,
        DeletionProtection: isDisposable(assembly) ? off : on,
        BackupRetentionPeriod: atLeast(isProduction(assembly) ? 30 : isDisposable(assembly) ? 1 : 7),
        CopyTagsToSnapshot: optional(on),
        PubliclyAccessible: off,
        EnableHttpEndpoint: off,
        MasterUserPassword: absent,
        ManageMasterUserPassword: on,
        'MasterUserSecret.KmsKeyId': customerKey,
        DeleteAutomatedBackups: isDisposable(assembly) ? on : off,
        PerformanceInsightsKmsKeyId:
          cluster.get('PerformanceInsightsEnabled') === true ? customerKey : optional(customerKey),
        Port: equals(5432),
        'ServerlessV2ScalingConfiguration.MinCapacity': between(isProduction(assembly) ? 0.5 : 0, 256),
        'ServerlessV2ScalingConfiguration.MaxCapacity': between(1, 256),
        DBClusterParameterGroupName: refersTo('AWS::RDS::DBClusterParameterGroup'),
        DBSubnetGroupName: refersTo('AWS::RDS::DBSubnetGroup'),
        'VpcSecurityGroupIds.0': refersTo('AWS::EC2::SecurityGroup'),
        SnapshotIdentifier: absent,
        SourceDBClusterIdentifier: absent,
      });
      if (!listOf(cluster.get('EnableCloudwatchLogsExports')).includes('postgresql')) {
        yield cluster.fault('EnableCloudwatchLogsExports', 'lacks postgresql; add it');
      }
    }
    const instances = assembly.resources('AWS::RDS::DBInstance');
    for (const cluster of isProduction(assembly) ? assembly.resources('AWS::RDS::DBCluster') : []) {
      const own = instances.filter((instance) => instance.target('DBClusterIdentifier') === cluster);
      if (own.length < 2)
        yield cluster.fault('', `has ${own.length} instance in production; use two or more, in two zones`);
    }
    for (const instance of assembly.resources('AWS::RDS::DBInstance')) {
      if (instance.target('DBClusterIdentifier') === undefined)
        yield instance.fault('', 'is a database on its own; use the cluster');
    }
  },
};

export const databaseInstance = propertyPolicy({
  id: 'database-instance',
  description: 'Instances of the cluster are private, patched and watched.',
  types: ['AWS::RDS::DBInstance'],
  require: {
    DBClusterIdentifier: refersTo('AWS::RDS::DBCluster'),
    Engine: equals('aurora-postgresql'),
    PubliclyAccessible: equals(false),
    AutoMinorVersionUpgrade: on,
    MonitoringInterval: between(1, 60),
    MonitoringRoleArn: refersTo('AWS::IAM::Role'),
    PerformanceInsightsKMSKeyId: customerKey,
    EnablePerformanceInsights: on,
    DBInstanceClass: present,
    MasterUserPassword: absent,
    DeleteAutomatedBackups: off,
    CACertificateIdentifier: optional(equals('rds-ca-rsa2048-g1', 'rds-ca-rsa4096-g1', 'rds-ca-ecc384-g1')),
  },
});

/** Parameters by name. Those that log statements could write what names a patient. */
const parameters: Requirements = {
  'rds.force_ssl': equals('1'),
  ssl_min_protocol_version: equals('TLSv1.2', 'TLSv1.3'),
  log_statement: equals('none', 'ddl'),
  log_min_duration_statement: optional(equals('-1')),
  log_parameter_max_length: equals('0'),
  log_parameter_max_length_on_error: equals('0'),
  log_connections: equals('1', 'on', 'all'),
  log_disconnections: equals('1', 'on'),
  synchronous_commit: optional(equals('on', 'remote_apply', 'remote_write')),
  row_security: optional(equals('1', 'on')),
};

export const databaseTls = resourcePolicy({
  id: 'database-tls',
  description: 'The database refuses connections without TLS, and logs no statements: they could name a patient.',
  types: ['AWS::RDS::DBClusterParameterGroup'],
  *check(group) {
    // Names of parameters hold dots, so a path cannot reach them.
    const given = recordOf(group.properties.Parameters);
    for (const [name, { expected, holds }] of Object.entries(parameters)) {
      if (!holds(given[name], group))
        yield group.fault(`Parameters.${name}`, `got ${show(given[name])}; use ${expected}`);
    }
  },
});
