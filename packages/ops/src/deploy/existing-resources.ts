import { DescribeTrailsCommand } from '@aws-sdk/client-cloudtrail';
import { DescribeLogGroupsCommand } from '@aws-sdk/client-cloudwatch-logs';
import { DescribeConfigurationRecordersCommand } from '@aws-sdk/client-config-service';
import { ListDetectorsCommand } from '@aws-sdk/client-guardduty';
import { ListOpenIDConnectProvidersCommand } from '@aws-sdk/client-iam';
import { ACCOUNT_STACK } from '@healthcare-ai/lib/config/names';
import type { StageConfig } from '@healthcare-ai/lib/config/schema';
import { missingRoles, rolesOfAccountStack } from '../aws/linked-roles.ts';
import { type StackResource, stackResources } from '../aws/stack-resources.ts';
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
  const faults = [...(await trailFaults(context)), ...(await accountFaults(context))];
  if (faults.length === 0) return;
  throw new OpsFailure(
    `${faults.join('. ')}. Change it for stage ${context.stage} in lib/config/stages.ts, or give it by -c; nothing was changed.`,
  );
}

/** What the account stack would create a second time, or relies on although it does not exist. */
async function accountFaults(context: DeployContext): Promise<string[]> {
  const { accountBaseline } = context.config;
  if (!accountBaseline.owned) return [];
  const own = (await stackResources(context, ACCOUNT_STACK)) ?? [];
  const faults: string[] = [];
  for (const [setting, { type, what, find }] of Object.entries(singles) as [Setting, Single][]) {
    const found = await find(context);
    const wanted: StageConfig['accountBaseline'][Setting] = accountBaseline[setting];
    if (wanted === 'create' && found.length > 0 && !makes(own, type)) {
      faults.push(`The account has a ${what} already (${found.join(', ')}): set accountBaseline.${setting}=existing`);
    }
    if (wanted === 'existing' && found.length === 0) {
      faults.push(`The account has no ${what}: set accountBaseline.${setting}=create`);
    }
  }
  return [...faults, ...(await iamFaults(context, own))];
}

const makes = (own: readonly StackResource[], wanted: string): boolean =>
  own.some(({ type, status }) => type === wanted && status !== 'DELETE_COMPLETE');

/** IAM has one namespace for all regions of the account. */
async function iamFaults({ clients, config }: DeployContext, own: readonly StackResource[]): Promise<string[]> {
  const faults: string[] = [];
  const { serviceLinkedRoles, githubOidcProvider } = config.accountBaseline;
  if (serviceLinkedRoles === 'create' && !makes(own, 'AWS::IAM::ServiceLinkedRole')) {
    const missing = await missingRoles({ clients }, rolesOfAccountStack);
    const found = rolesOfAccountStack.filter((role) => !missing.includes(role)).map(({ role }) => role);
    if (found.length > 0) {
      faults.push(
        `The account has service-linked roles already (${found.join(', ')}): set accountBaseline.serviceLinkedRoles=existing`,
      );
    }
  }
  if (githubOidcProvider && !makes(own, 'AWS::IAM::OIDCProvider')) {
    const { OpenIDConnectProviderList = [] } = await clients.iam.send(new ListOpenIDConnectProvidersCommand({}));
    const [found] = OpenIDConnectProviderList.filter(({ Arn }) =>
      Arn?.endsWith('/token.actions.githubusercontent.com'),
    );
    if (found) {
      faults.push(
        `The account has the identity provider of GitHub already (${found.Arn}): set accountBaseline.githubOidcProvider=false`,
      );
    }
  }
  return faults;
}

/** An account may have several trails, but each after the first that records management events is billed by the event. */
async function trailFaults({ clients, config, names, output }: DeployContext): Promise<string[]> {
  const { trail } = config.accountBaseline;
  const { trailList = [] } = await clients.cloudTrail.send(new DescribeTrailsCommand({}));
  const others = trailList.filter(({ Name, IsMultiRegionTrail }) => Name !== names.trail && IsMultiRegionTrail);
  if (trail === 'existing' && others.length === 0) {
    return ['The account has no other trail of all regions: set accountBaseline.trail=create'];
  }
  if (trail === 'create' && others.length > 0) {
    output.progress(`  WARNING The account has a trail already (${others.map(({ Name }) => Name).join(', ')})`);
    output.progress(`          A second copy of management events is billed: consider accountBaseline.trail=existing`);
  }
  return [];
}
