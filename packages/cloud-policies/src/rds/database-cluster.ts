import type { Policy } from '../core/finding.ts';
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
  refersTo,
  unmet,
} from '../core/requirements.ts';
import { isProduction } from '../core/stage.ts';
import { listOf } from '../core/template.ts';

export const databaseCluster: Policy = {
  id: 'database-cluster',
  description: 'The database is encrypted by a customer key, entered by IAM, backed up, logged, and cannot be deleted.',
  *check(assembly) {
    for (const cluster of assembly.resources('AWS::RDS::DBCluster')) {
      yield* unmet(cluster, {
        Engine: equals('aurora-postgresql'),
        // PostgreSQL 14 ends in November 2026. https://www.postgresql.org/support/versioning/
        EngineVersion: matches(/^(1[5-9]|[2-9]\d)(\.\d+)*$/, 'PostgreSQL 15 or newer'),
        StorageEncrypted: on,
        KmsKeyId: customerKey,
        EnableIAMDatabaseAuthentication: on,
        DeletionProtection: on,
        BackupRetentionPeriod: atLeast(isProduction(assembly) ? 30 : 7),
        CopyTagsToSnapshot: optional(on),
        PubliclyAccessible: off,
        EnableHttpEndpoint: off,
        MasterUserPassword: absent,
        ManageMasterUserPassword: on,
        'MasterUserSecret.KmsKeyId': customerKey,
        DeleteAutomatedBackups: off,
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
