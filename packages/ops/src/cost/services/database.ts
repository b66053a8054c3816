import type { Json } from '@healthcare-ai/lib/synth/templates';
import { type CostedService, resourcesOf, UncountableError } from '../service.ts';

const aurora = (usageType: string) => ({
  service: 'AmazonRDS',
  usageType,
  attributes: { databaseEngine: 'Aurora PostgreSQL' },
});

/** Storage that AWS prices by cluster: `aurora` pays for each read and write, `aurora-iopt1` does not. */
const optimized = (StorageType: Json): boolean => {
  if (StorageType === undefined || StorageType === 'aurora') return false;
  if (StorageType === 'aurora-iopt1') return true;
  throw new UncountableError(`storage of type ${StorageType}`);
};

/** Aurora Serverless v2 and AWS Backup: https://aws.amazon.com/rds/aurora/pricing/, https://aws.amazon.com/backup/pricing/ */
export const database: CostedService = {
  meters: {
    'aurora-acu': {
      title: 'Aurora Serverless v2 capacity',
      by: 'hour',
      unit: 'ACU hours',
      priceList: aurora('Aurora:ServerlessV2Usage'),
    },
    'aurora-acu-io-optimized': {
      title: 'Aurora Serverless v2 capacity, I/O-Optimized',
      by: 'hour',
      unit: 'ACU hours',
      priceList: aurora('Aurora:ServerlessV2IOOptimizedUsage'),
    },
    'aurora-storage': {
      title: 'Aurora storage',
      by: 'gigabyte',
      unit: 'GB months',
      priceList: { service: 'AmazonRDS', usageType: 'Aurora:StorageUsage' },
    },
    'aurora-storage-io-optimized': {
      title: 'Aurora storage, I/O-Optimized',
      by: 'gigabyte',
      unit: 'GB months',
      priceList: { service: 'AmazonRDS', usageType: 'Aurora:IO-OptimizedStorageUsage' },
    },
    'aurora-io': {
      title: 'Aurora reads and writes of storage',
      by: 'request',
      unit: 'I/Os',
      priceList: { service: 'AmazonRDS', usageType: 'Aurora:StorageIOUsage' },
    },
    // AWS Backup has no price of its own for Aurora in a vault that is not air-gapped.
    'aurora-backup': {
      title: 'Aurora backups beyond the free ones',
      by: 'gigabyte',
      unit: 'GB months',
      priceList: { service: 'AmazonRDS', usageType: 'Aurora:BackupUsage' },
    },
    'restore-test': { title: 'Restore tests of AWS Backup', by: 'request', unit: 'tests' },
    'region-gb': { title: 'Data to another region', by: 'gigabyte', unit: 'GB' },
  },
  counters: {
    'AWS::RDS::DBInstance': ({ DBInstanceClass, DBClusterIdentifier }, { assume, stack }) => {
      if (DBInstanceClass !== 'db.serverless') throw new UncountableError(`an instance of class ${DBInstanceClass}`);
      const cluster = stack.resources[DBClusterIdentifier.Ref]!.Properties!;
      const { MinCapacity: low, MaxCapacity: high } = cluster.ServerlessV2ScalingConfiguration;
      return [
        {
          meter: optimized(cluster.StorageType) ? 'aurora-acu-io-optimized' : 'aurora-acu',
          low: low * assume.hours,
          high: high * assume.hours,
          how: `${low} to ${high} ACU x hours`,
        },
      ];
    },
    'AWS::RDS::DBCluster': ({ StorageType, ManageMasterUserPassword }, { assume }) => {
      const io = optimized(StorageType);
      const suffix = io ? '-io-optimized' : '';
      return [
        { meter: `aurora-storage${suffix}`, low: assume.databaseGb, how: 'databaseGb' },
        ...(io
          ? []
          : [
              {
                meter: 'aurora-io',
                low: assume.requests * assume.databaseReadsWrites,
                how: 'requests x databaseReadsWrites',
              },
            ]),
        ...(ManageMasterUserPassword ? [{ meter: 'secret', low: 1, how: 'password of the owner, kept by RDS' }] : []),
      ];
    },
    'AWS::Backup::BackupPlan': ({ BackupPlan }, { assume }) => {
      const rules = BackupPlan.BackupPlanRule as readonly { readonly CopyActions?: readonly unknown[] }[];
      const copies = Math.max(...rules.map(({ CopyActions }) => CopyActions?.length ?? 0));
      return [
        { meter: 'aurora-backup', low: assume.backupGb * (1 + copies), how: `backupGb x ${1 + copies} regions` },
        ...(copies > 0
          ? [{ meter: 'region-gb', low: assume.backupGb * copies, how: `backupGb x ${copies} copies` }]
          : []),
      ];
    },
    'AWS::Backup::RestoreTestingPlan': (_, { assume, stacks }) => {
      const [cluster] = resourcesOf(stacks, 'AWS::RDS::DBCluster');
      // A cluster that may sleep is awake while it is restored: half a unit is the least of one that runs.
      const least = Math.max(cluster?.ServerlessV2ScalingConfiguration.MinCapacity ?? 0, 0.5);
      const hours = assume.restoreTests * assume.restoreTestHours;
      return [
        { meter: 'restore-test', low: assume.restoreTests, how: 'restoreTests' },
        { meter: 'aurora-acu', low: hours * least, how: `restoreTests x restoreTestHours x ${least} ACU` },
      ];
    },
  },
};
