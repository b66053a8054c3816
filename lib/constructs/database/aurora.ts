import type * as ec2 from 'aws-cdk-lib/aws-ec2';
import type * as kms from 'aws-cdk-lib/aws-kms';
import type * as logs from 'aws-cdk-lib/aws-logs';
import * as rds from 'aws-cdk-lib/aws-rds';
import { Duration, RemovalPolicy, Stack } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';
import type { Names } from '../../config/names.ts';
import { acknowledgeRule } from '../acknowledge.ts';
import { forThisAccount, LeastPrivilegeRole } from '../least-privilege-role.ts';
import { DATABASE_PORT } from '../network/security-groups.ts';

export interface AuroraProps {
  readonly names: Names;
  readonly vpc: ec2.IVpc;
  readonly subnets: ec2.SubnetSelection;
  readonly securityGroup: ec2.ISecurityGroup;
  readonly key: kms.IKey;

  /** Made before the cluster, or RDS makes it without key and retention. */
  readonly logGroup: logs.LogGroup;
  readonly minAcu: number;
  readonly maxAcu: number;
  readonly readers: number;
  readonly backupDays: number;
}

/** Seconds between samples of the operating system. */
const MONITORING_INTERVAL = Duration.seconds(60);

/** Aurora PostgreSQL Serverless v2: customer key, TLS and IAM logins forced, no password in any template. */
export class Aurora extends Construct {
  readonly cluster: rds.DatabaseCluster;

  constructor(scope: Construct, id: string, props: AuroraProps) {
    super(scope, id);
    // The major version only: RDS upgrades the minor one by itself, and a template that names an older minor version than
    // the one that runs fails. https://github.com/terraform-aws-modules/terraform-aws-rds-aurora/issues/228
    const engine = rds.DatabaseClusterEngine.auroraPostgres({
      version: rds.AuroraPostgresEngineVersion.of('17', '17'),
    });
    const instance = {
      enablePerformanceInsights: true,
      performanceInsightEncryptionKey: props.key,
      performanceInsightRetention: rds.PerformanceInsightRetention.DEFAULT,
      autoMinorVersionUpgrade: true,
      publiclyAccessible: false,
    };
    this.cluster = new rds.DatabaseCluster(this, 'Cluster', {
      clusterIdentifier: props.names.databaseCluster,
      engine,
      vpc: props.vpc,
      vpcSubnets: props.subnets,
      securityGroups: [props.securityGroup],
      port: DATABASE_PORT,
      defaultDatabaseName: props.names.databaseName,
      manageMasterUserPassword: true,
      credentials: rds.Credentials.fromUsername(props.names.databaseOwner, { encryptionKey: props.key }),
      iamAuthentication: true,
      storageEncrypted: true,
      storageEncryptionKey: props.key,
      parameterGroup: new rds.ParameterGroup(this, 'Parameters', {
        engine,
        description: 'TLS only; statements that change roles or tables are logged, values never',
        parameters: {
          'rds.force_ssl': '1',
          ssl_min_protocol_version: 'TLSv1.2',
          log_statement: 'ddl',
          log_connections: '1',
          log_disconnections: '1',
          // Bound values hold ciphertext, yet have no business in a log.
          log_parameter_max_length: '0',
          log_parameter_max_length_on_error: '0',
          idle_in_transaction_session_timeout: '60000',
        },
      }),
      writer: rds.ClusterInstance.serverlessV2('Writer', instance),
      readers: Array.from({ length: props.readers }, (_, index) =>
        rds.ClusterInstance.serverlessV2(`Reader${index + 1}`, { ...instance, scaleWithWriter: index === 0 }),
      ),
      serverlessV2MinCapacity: props.minAcu,
      serverlessV2MaxCapacity: props.maxAcu,
      ...(props.minAcu === 0 ? { serverlessV2AutoPauseDuration: Duration.minutes(30) } : {}),
      backup: { retention: Duration.days(props.backupDays), preferredWindow: '05:00-06:00' },
      preferredMaintenanceWindow: 'sun:07:00-sun:08:00',
      copyTagsToSnapshot: true,
      deletionProtection: true,
      deleteAutomatedBackups: false,
      removalPolicy: RemovalPolicy.RETAIN,
      cloudwatchLogsExports: ['postgresql'],
      enablePerformanceInsights: true,
      performanceInsightEncryptionKey: props.key,
      performanceInsightRetention: rds.PerformanceInsightRetention.DEFAULT,
      enableClusterLevelEnhancedMonitoring: false,
      monitoringInterval: MONITORING_INTERVAL,
      monitoringRole: this.monitoringRole().sealed,
    });
    this.cluster.node.addDependency(props.logGroup);
    acknowledgeRule(
      this.cluster,
      'RDSInBackupPlan',
      {
        reason: 'AWS Backup selects Aurora clusters, never their instances; the cluster is in the plan of this stack.',
        types: ['AWS::RDS::DBInstance'],
      },
      ['HIPAA.Security', 'NIST.800.53.R5'],
    );
  }

  /** What AmazonRDSEnhancedMonitoringRole allows, for this account's group alone. */
  private monitoringRole(): LeastPrivilegeRole {
    const { partition, region, account } = Stack.of(this);
    const group = `arn:${partition}:logs:${region}:${account}:log-group:RDSOSMetrics`;
    return new LeastPrivilegeRole(this, 'MonitoringRole', {
      assumedBy: forThisAccount('monitoring.rds'),
      description: 'RDS enhanced monitoring writes to its log group',
      wildcards: { 'RDSOSMetrics:log-stream:*': 'RDS makes one log stream for each instance, named after it.' },
      statements: [
        { actions: ['logs:CreateLogGroup', 'logs:PutRetentionPolicy'], resources: [group] },
        {
          actions: ['logs:CreateLogStream', 'logs:PutLogEvents', 'logs:DescribeLogStreams', 'logs:GetLogEvents'],
          resources: [`${group}:log-stream:*`],
        },
      ],
    });
  }
}
