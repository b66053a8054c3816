import { DescribeRegionSettingsCommand } from '@aws-sdk/client-backup';
import { type DoctorCheck, fault, ok } from '../check.ts';
import { NO_BACKUPS } from '../checks/backups.ts';

/**
 * Aurora needs the opt-in of the account even where a plan names its cluster.
 * https://docs.aws.amazon.com/aws-backup/latest/devguide/assigning-resources.html
 */
export const backupOptIn: DoctorCheck = {
  name: 'backup opt-in',
  async run({ context: { clients, region, config } }) {
    if (config.disposable) return ok(NO_BACKUPS);
    const { ResourceTypeOptInPreference = {} } = await clients.backup.send(new DescribeRegionSettingsCommand({}));
    return ResourceTypeOptInPreference.Aurora === true
      ? ok('AWS Backup is enabled for Aurora')
      : fault('AWS Backup is not enabled for Aurora in this region: no backup is made', backupOptInCommand(region));
  },
};

export const backupOptInCommand = (region: string): string =>
  `aws backup update-region-settings --resource-type-opt-in-preference Aurora=true --region ${region}`;
