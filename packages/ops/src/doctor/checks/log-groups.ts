import { DescribeLogGroupsCommand, type LogGroup } from '@aws-sdk/client-cloudwatch-logs';
import { keySetSources } from '@healthcare-ai/lib/config/issuers';
import type { StageConfig } from '@healthcare-ai/lib/config/schema';
import type { OpsContext } from '../../context.ts';
import { type DoctorCheck, deployCommand, fault, ok, type StackPart, Unknown } from '../check.ts';

type GroupName = keyof OpsContext['names']['logGroups'];

/** Which stack makes a group, and which retention it has. */
const groups: Readonly<Record<GroupName, readonly [StackPart, keyof StageConfig['retention']]>> = {
  service: ['service', 'applicationLogs'],
  migrate: ['tasks', 'applicationLogs'],
  audit: ['audit', 'audit'],
  trail: ['audit', 'audit'],
  flow: ['network', 'applicationLogs'],
  taskEvents: ['monitoring', 'applicationLogs'],
  keySets: ['service', 'applicationLogs'],
  waf: ['service', 'applicationLogs'],
  database: ['database', 'applicationLogs'],
  containerInsights: ['tasks', 'applicationLogs'],
};

export const logGroups: DoctorCheck = {
  name: 'log groups',
  async run({ context, stack }) {
    const all = Object.entries(groups) as [GroupName, (typeof groups)[GroupName]][];
    const { service, network } = context.config;
    const absent = new Set<GroupName>();
    if (keySetSources(service.issuers).length === 0) absent.add('keySets');
    // Its owner keeps the flow log of an existing VPC.
    if (network.vpc !== undefined) absent.add('flow');
    const entries = all.filter(([name]) => !absent.has(name));
    const made = (await Promise.all(entries.map(async (entry) => ((await stack(entry[1][0])) ? [entry] : [])))).flat();
    if (made.length === 0) throw new Unknown('not created yet', deployCommand(context));
    const faults = (await Promise.all(made.map(([name, [, retention]]) => faultOf(context, name, retention)))).flat();
    if (faults.length === 0) return ok(`${made.length} encrypted, with the retention of the stage`);
    return fault(faults.map(({ saw }) => saw).join('; '), faults.map(({ fix }) => fix).join('; '));
  },
};

async function faultOf(
  { clients, names, config, stage }: OpsContext,
  key: GroupName,
  retention: keyof StageConfig['retention'],
) {
  const name = names.logGroups[key];
  const { logGroups: found = [] } = await clients.logs.send(new DescribeLogGroupsCommand({ logGroupNamePrefix: name }));
  const group: LogGroup | undefined = found.find(({ logGroupName }) => logGroupName === name);
  if (!group) return [{ saw: `${name} is gone`, fix: `npx cdk deploy '${stage}/${groups[key][0]}' -c stage=${stage}` }];
  const days = config.retention[retention];
  if (!group.kmsKeyId) {
    return [
      {
        saw: `${name} has no key`,
        fix: `aws logs associate-kms-key --log-group-name ${name} --kms-key-id KEY of alias/${names.base}/logs`,
      },
    ];
  }
  if (group.retentionInDays === days) return [];
  return [
    {
      saw: `${name} keeps ${group.retentionInDays ?? 'without limit'}, not ${days} days`,
      fix: `aws logs put-retention-policy --log-group-name ${name} --retention-in-days ${days}`,
    },
  ];
}
