import { GetTrailStatusCommand } from '@aws-sdk/client-cloudtrail';
import { GetDetectorCommand, ListDetectorsCommand } from '@aws-sdk/client-guardduty';
import { unlessMissing } from '../../aws/unless-missing.ts';
import { type DoctorCheck, fault, ok, Unknown } from '../check.ts';

export const trail: DoctorCheck = {
  name: 'CloudTrail',
  async run({ context: { clients, names }, stack }) {
    if (!(await stack('audit'))) throw new Unknown('the stack with the trail is not deployed');
    const start = `aws cloudtrail start-logging --name ${names.trail}`;
    const status = await unlessMissing(
      'TrailNotFound',
      clients.cloudTrail.send(new GetTrailStatusCommand({ Name: names.trail })),
    );
    if (status === undefined) return fault(`there is no trail ${names.trail}`, 'deploy the audit stack again');
    if (!status.IsLogging) return fault('it does not log', start);
    const failed = status.LatestDeliveryError || status.LatestCloudWatchLogsDeliveryError;
    if (failed) return fault(`it cannot deliver: ${failed}`, `aws cloudtrail get-trail-status --name ${names.trail}`);
    return ok(`it logs${status.LatestDeliveryTime ? `, last at ${status.LatestDeliveryTime.toISOString()}` : ''}`);
  },
};

export const guardDuty: DoctorCheck = {
  name: 'GuardDuty',
  async run({ context: { clients, config, region } }) {
    const { DetectorIds = [] } = await clients.guardDuty.send(new ListDetectorsCommand({}));
    const [DetectorId] = DetectorIds;
    if (DetectorId === undefined) {
      const saw = 'no detector or recorder watches this account in this region';
      if (!config.accountBaseline.owned) throw new Unknown(`${saw}; this stage is not the one to change that`);
      return fault(saw, `aws guardduty create-detector --enable --region ${region}, or deploy the account stack`);
    }
    const { Status } = await clients.guardDuty.send(new GetDetectorCommand({ DetectorId }));
    return Status === 'ENABLED'
      ? ok('it watches')
      : fault(
          `it is ${Status}`,
          `aws guardduty update-detector --detector-id ${DetectorId} --enable --region ${region}`,
        );
  },
};
