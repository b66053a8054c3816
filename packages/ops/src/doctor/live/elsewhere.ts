import { DescribeTrailsCommand, GetTrailStatusCommand } from '@aws-sdk/client-cloudtrail';
import { DescribeLogGroupsCommand } from '@aws-sdk/client-cloudwatch-logs';
import {
  DescribeConfigurationRecorderStatusCommand,
  DescribeConfigurationRecordersCommand,
} from '@aws-sdk/client-config-service';
import { GetDetectorCommand, ListDetectorsCommand } from '@aws-sdk/client-guardduty';
import { GetRoleCommand } from '@aws-sdk/client-iam';
import type { StageConfig } from '@healthcare-ai/lib/config/schema';
import type { OpsContext } from '../../context.ts';
import { type DoctorCheck, fault, ok } from '../check.ts';

/** What is wrong with a resource that the stage relies on and another owner makes; undefined if nothing is. */
type Look = (context: OpsContext) => Promise<string | undefined>;

interface Outside {
  /** Whether a stage relies on it. */
  readonly applies: (config: StageConfig) => boolean;
  readonly look: Look;
}

type Baseline = keyof StageConfig['accountBaseline'];

const existing = (setting: Baseline, look: Look): Outside => ({
  applies: ({ accountBaseline }) => accountBaseline[setting] === 'existing',
  look,
});

/** What watches the places where notes and audit events are. */
const neededFeatures = ['S3_DATA_EVENTS', 'RDS_LOGIN_EVENTS'];

/** By the setting with which a template declares it; the VPC has a check of its own. */
export const outside: Readonly<Record<string, Outside>> = {
  'accountBaseline.guardDuty': existing('guardDuty', async ({ clients }) => {
    const { DetectorIds: [DetectorId] = [] } = await clients.guardDuty.send(new ListDetectorsCommand({}));
    if (DetectorId === undefined) return 'no GuardDuty detector exists in this region';
    const { Status, Features = [] } = await clients.guardDuty.send(new GetDetectorCommand({ DetectorId }));
    if (Status !== 'ENABLED') return `the GuardDuty detector ${DetectorId} is ${Status}`;
    const off = neededFeatures.filter((name) => Features.some((one) => one.Name === name && one.Status !== 'ENABLED'));
    return off.length === 0 ? undefined : `the GuardDuty detector ${DetectorId} has ${off.join(' and ')} disabled`;
  }),
  'accountBaseline.config': existing('config', async ({ clients }) => {
    const { ConfigurationRecorders = [] } = await clients.config.send(new DescribeConfigurationRecordersCommand({}));
    if (ConfigurationRecorders.length === 0) return 'no AWS Config recorder exists in this region';
    const { ConfigurationRecordersStatus = [] } = await clients.config.send(
      new DescribeConfigurationRecorderStatusCommand({}),
    );
    if (!ConfigurationRecordersStatus.some(({ recording }) => recording))
      return 'the AWS Config recorder does not record';
    return ConfigurationRecorders.some(({ recordingGroup }) => recordingGroup?.allSupported)
      ? undefined
      : 'the AWS Config recorder does not record every resource type';
  }),
  'accountBaseline.trail': existing('trail', async ({ clients, names }) => {
    const { trailList = [] } = await clients.cloudTrail.send(new DescribeTrailsCommand({}));
    const others = trailList.filter(({ Name, IsMultiRegionTrail }) => Name !== names.trail && IsMultiRegionTrail);
    for (const { TrailARN: Name } of others) {
      const { IsLogging } = await clients.cloudTrail.send(new GetTrailStatusCommand({ Name }));
      if (IsLogging) return undefined;
    }
    return 'no other trail logs in all regions';
  }),
  'accountBaseline.rdsHostLogs': existing('rdsHostLogs', async ({ clients }) => {
    const { logGroups = [] } = await clients.logs.send(
      new DescribeLogGroupsCommand({ logGroupNamePrefix: 'RDSOSMetrics' }),
    );
    const group = logGroups.find(({ logGroupName }) => logGroupName === 'RDSOSMetrics');
    if (group === undefined) return 'no log group RDSOSMetrics exists';
    const missing = [...(group.kmsKeyId ? [] : ['key']), ...(group.retentionInDays ? [] : ['retention'])];
    return missing.length === 0 ? undefined : `the log group RDSOSMetrics has no ${missing.join(' and no ')}`;
  }),
  permissionsBoundary: {
    applies: ({ permissionsBoundary }) => permissionsBoundary !== undefined,
    async look({ clients, config, names }) {
      const RoleName = names.roles.serviceTask;
      const { Role } = await clients.iam.send(new GetRoleCommand({ RoleName }));
      const boundary = Role?.PermissionsBoundary?.PermissionsBoundaryArn;
      return boundary?.endsWith(`:policy/${config.permissionsBoundary}`)
        ? undefined
        : `the permissions boundary of ${RoleName} is ${boundary ?? 'missing'}, not ${config.permissionsBoundary}`;
    },
  },
};

/** Judges in the account what the gates cannot judge: resources that exist outside the deployment. */
export const elsewhere: DoctorCheck = {
  name: 'resources elsewhere',
  async run({ context }) {
    const relied = Object.entries(outside).filter(([, { applies }]) => applies(context.config));
    if (relied.length === 0) return ok('none: this deployment makes all that it relies on');
    const faults = (await Promise.all(relied.map(([, { look }]) => look(context)))).flatMap((text) => text ?? []);
    const settings = relied.map(([setting]) => setting).join(', ');
    if (faults.length === 0) return ok(`in order: ${settings}`);
    return fault(faults.join('; '), `ask the owner of the landing zone, or change ${settings} in lib/config/stages.ts`);
  },
};
