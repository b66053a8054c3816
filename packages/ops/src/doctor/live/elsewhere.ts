import { DescribeTrailsCommand, GetTrailStatusCommand } from '@aws-sdk/client-cloudtrail';
import { DescribeLogGroupsCommand } from '@aws-sdk/client-cloudwatch-logs';
import { DescribeConfigurationRecorderStatusCommand } from '@aws-sdk/client-config-service';
import { GetDetectorCommand, ListDetectorsCommand } from '@aws-sdk/client-guardduty';
import type { StageConfig } from '@healthcare-ai/lib/config/schema';
import type { OpsContext } from '../../context.ts';
import { type DoctorCheck, fault, ok } from '../check.ts';

/** What is wrong with a resource that the stage relies on and another owner makes; undefined if nothing is. */
type Look = (context: OpsContext) => Promise<string | undefined>;

type Baseline = StageConfig['accountBaseline'];

/** The settings of `accountBaseline` that may say `existing`, and what must be true of what exists. */
const looks: Readonly<Partial<Record<keyof Baseline, Look>>> = {
  async guardDuty({ clients }) {
    const { DetectorIds: [DetectorId] = [] } = await clients.guardDuty.send(new ListDetectorsCommand({}));
    if (DetectorId === undefined) return 'no GuardDuty detector exists in this region';
    const { Status } = await clients.guardDuty.send(new GetDetectorCommand({ DetectorId }));
    return Status === 'ENABLED' ? undefined : `the GuardDuty detector ${DetectorId} is ${Status}`;
  },
  async config({ clients }) {
    const { ConfigurationRecordersStatus = [] } = await clients.config.send(
      new DescribeConfigurationRecorderStatusCommand({}),
    );
    if (ConfigurationRecordersStatus.length === 0) return 'no AWS Config recorder exists in this region';
    return ConfigurationRecordersStatus.some(({ recording }) => recording)
      ? undefined
      : 'the AWS Config recorder does not record';
  },
  async trail({ clients, names }) {
    const { trailList = [] } = await clients.cloudTrail.send(new DescribeTrailsCommand({}));
    const others = trailList.filter(({ Name, IsMultiRegionTrail }) => Name !== names.trail && IsMultiRegionTrail);
    for (const { TrailARN: Name } of others) {
      const { IsLogging } = await clients.cloudTrail.send(new GetTrailStatusCommand({ Name }));
      if (IsLogging) return undefined;
    }
    return 'no other trail logs in all regions';
  },
  async rdsHostLogs({ clients }) {
    const { logGroups = [] } = await clients.logs.send(
      new DescribeLogGroupsCommand({ logGroupNamePrefix: 'RDSOSMetrics' }),
    );
    const group = logGroups.find(({ logGroupName }) => logGroupName === 'RDSOSMetrics');
    if (group === undefined) return 'no log group RDSOSMetrics exists';
    const missing = [...(group.kmsKeyId ? [] : ['key']), ...(group.retentionInDays ? [] : ['retention'])];
    return missing.length === 0 ? undefined : `the log group RDSOSMetrics has no ${missing.join(' and no ')}`;
  },
};

/** Judges in the account what the gates cannot judge: resources that exist outside the deployment. */
export const elsewhere: DoctorCheck = {
  name: 'resources elsewhere',
  async run({ context }) {
    const { accountBaseline } = context.config;
    const existing = (Object.keys(looks) as (keyof Baseline)[]).filter((key) => accountBaseline[key] === 'existing');
    if (existing.length === 0) return ok('none: this deployment makes all that it relies on');
    const faults = (await Promise.all(existing.map((key) => looks[key]!(context)))).flatMap((text) => text ?? []);
    if (faults.length === 0) return ok(`in order: ${existing.join(', ')}`);
    const settings = existing.map((key) => `accountBaseline.${key}`).join(', ');
    return fault(faults.join('; '), `ask the owner of the landing zone, or set ${settings} to create`);
  },
};
