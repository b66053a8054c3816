import {
  absent,
  between,
  customerKey,
  equals,
  off,
  on,
  optional,
  present,
  propertyPolicy,
  refersTo,
} from '../core/requirements.ts';

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
