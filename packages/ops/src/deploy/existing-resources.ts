import { DescribeLogGroupsCommand } from '@aws-sdk/client-cloudwatch-logs';
import { DescribeConfigurationRecordersCommand } from '@aws-sdk/client-config-service';
import { ListDetectorsCommand } from '@aws-sdk/client-guardduty';
import { ACCOUNT_STACK } from '@healthcare-ai/lib/config/names';
import type { StageConfig } from '@healthcare-ai/lib/config/schema';
import { stackResources } from '../aws/stack-resources.ts';
import { OpsFailure } from '../errors.ts';
import type { DeployContext } from './context.ts';

type Setting = 'guardDuty' | 'config' | 'rdsHostLogs';

interface Single {
  /** Type of the resource in the account stack. */
  readonly type: string;

  readonly what: string;

  /** Identifiers of what the account has. */
  find(context: DeployContext): Promise<readonly string[]>;
}

/** What an account or a region has only once, by the setting of `accountBaseline` that decides who makes it. */
const singles: Readonly<Record<Setting, Single>> = {
  guardDuty: {
    type: 'AWS::GuardDuty::Detector',
    what: 'GuardDuty detector',
    async find({ clients }) {
      return (await clients.guardDuty.send(new ListDetectorsCommand({}))).DetectorIds ?? [];
    },
  },
  config: {
    type: 'AWS::Config::ConfigurationRecorder',
    what: 'AWS Config recorder',
    async find({ clients }) {
      const { ConfigurationRecorders = [] } = await clients.config.send(new DescribeConfigurationRecordersCommand({}));
      return ConfigurationRecorders.map(({ name = '' }) => name);
    },
  },
  rdsHostLogs: {
    type: 'AWS::Logs::LogGroup',
    what: 'log group RDSOSMetrics',
    async find({ clients }) {
      const request = new DescribeLogGroupsCommand({ logGroupNamePrefix: 'RDSOSMetrics' });
      const { logGroups = [] } = await clients.logs.send(request);
      return logGroups.flatMap(({ logGroupName = '' }) => (logGroupName === 'RDSOSMetrics' ? [logGroupName] : []));
    },
  },
};

/**
 * Compares `accountBaseline` with the account before the first change: CloudFormation cannot create a second detector or
 * recorder, and finds out in the middle of the deployment.
 *
 * @throws OpsFailure that names the settings to change
 */
export async function checkExistingResources(context: DeployContext): Promise<void> {
  const { accountBaseline } = context.config;
  if (!accountBaseline.owned) return;
  const own = (await stackResources(context, ACCOUNT_STACK)) ?? [];
  const faults: string[] = [];
  for (const [setting, { type, what, find }] of Object.entries(singles) as [Setting, Single][]) {
    const found = await find(context);
    const made = own.some((resource) => resource.type === type && resource.status !== 'DELETE_COMPLETE');
    const wanted: StageConfig['accountBaseline'][Setting] = accountBaseline[setting];
    if (wanted === 'create' && found.length > 0 && !made) {
      faults.push(`The account has a ${what} already (${found.join(', ')}): set accountBaseline.${setting}=existing`);
    }
    if (wanted === 'existing' && found.length === 0) {
      faults.push(`The account has no ${what}: set accountBaseline.${setting}=create`);
    }
  }
  if (faults.length === 0) return;
  throw new OpsFailure(
    `${faults.join('. ')}. Change it for stage ${context.stage} in lib/config/stages.ts, or give it by -c; nothing was changed.`,
  );
}
