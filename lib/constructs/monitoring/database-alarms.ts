import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import type * as sns from 'aws-cdk-lib/aws-sns';
import { Duration } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';
import { availableConnections } from '../../config/database-connections.ts';
import type { Names } from '../../config/names.ts';
import type { StageConfig } from '../../config/schema.ts';
import { type AlarmProps, NotifyingAlarm } from '../alarm.ts';

export interface DatabaseAlarmsProps {
  readonly config: StageConfig;
  readonly names: Names;
  readonly topic: sns.ITopic;

  readonly clusterIdentifier: string;
}

const GIB = 1024 ** 3;
const TIB = 1024 ** 4;

/** Largest volume of Aurora: https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/CHAP_Limits.html */
const VOLUME_LIMIT = 128 * TIB;

/** What Aurora reports of the cluster and of its instances' local storage. */
export class DatabaseAlarms extends Construct {
  constructor(scope: Construct, id: string, props: DatabaseAlarmsProps) {
    super(scope, id);
    const { names, topic, config } = props;
    const { minAcu, maxAcu } = config.database;
    const metric = (metricName: string, statistic: string, period = Duration.minutes(1)) =>
      new cloudwatch.Metric({
        namespace: 'AWS/RDS',
        metricName,
        dimensionsMap: { DBClusterIdentifier: props.clusterIdentifier },
        statistic,
        period,
      });
    const alarm = (alarmId: string, name: string, rest: Omit<AlarmProps, 'name' | 'topic'>) =>
      new NotifyingAlarm(this, alarmId, { name: `${names.base}-database-${name}`, topic, ...rest });

    alarm('Cpu', 'cpu', {
      description: 'The database is busy. Runbook: slow answers.',
      metric: metric('CPUUtilization', 'Average'),
      threshold: 85,
      datapoints: [10, 10],
    });
    alarm('Capacity', 'capacity', {
      description: 'The database is near its maximum capacity. Raise database.maxAcu. Runbook: slow answers.',
      metric: metric('ACUUtilization', 'Maximum'),
      threshold: 90,
      datapoints: [10, 10],
    });
    alarm('Connections', 'connections', {
      description: '80 % of the database connections are in use. Runbook: slow answers.',
      metric: metric('DatabaseConnections', 'Maximum'),
      threshold: Math.floor(availableConnections(minAcu, maxAcu) * 0.8),
      datapoints: [3, 5],
    });
    alarm('LocalStorage', 'local-storage', {
      description:
        'An instance runs out of temporary storage: large sorts, or a replication slot. Runbook: slow answers.',
      metric: metric('FreeLocalStorage', 'Minimum', Duration.minutes(5)),
      threshold: 2 * GIB,
      comparison: cloudwatch.ComparisonOperator.LESS_THAN_THRESHOLD,
      datapoints: [2, 3],
    });
    alarm('Volume', 'storage', {
      description: 'The database volume has reached 80 % of the maximum of Aurora.',
      metric: metric('VolumeBytesUsed', 'Average', Duration.hours(1)),
      threshold: 0.8 * VOLUME_LIMIT,
    });
    alarm('Deadlocks', 'deadlocks', {
      description: 'Transactions block each other.',
      metric: metric('Deadlocks', 'Maximum'),
      threshold: 1,
      datapoints: [3, 5],
    });
  }
}
