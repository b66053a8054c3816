import { equal, match, ok, rejects } from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { GetMetricStatisticsCommand } from '@aws-sdk/client-cloudwatch';
import { PutConfigurationRecorderCommand } from '@aws-sdk/client-config-service';
import {
  CreateRepositoryCommand,
  DescribeImageScanFindingsCommand,
  PutImageCommand,
  PutRegistryScanningConfigurationCommand,
  StartImageScanCommand,
} from '@aws-sdk/client-ecr';
import { DescribeRulesCommand } from '@aws-sdk/client-elastic-load-balancing-v2';
import { PutEventsCommand } from '@aws-sdk/client-eventbridge';
import { CreateDetectorCommand } from '@aws-sdk/client-guardduty';
import { CreateServiceLinkedRoleCommand } from '@aws-sdk/client-iam';
import { type AwsClients, createClients } from '../../../packages/ops/src/aws/clients.ts';
import { freePort } from '../../../test/service/support/free-port.ts';
import type { Part } from '../../support/rehearsal.ts';
import { deployTemplate } from '../change-set.ts';
import { type Emulator, REGION, startEmulator } from '../emulator.ts';
import { emptyImage } from '../images.ts';
import { plant } from '../support.ts';

/** A template that AWS refuses, or that misbehaves there: with `from` replaced by `to` it is accepted. */
const template = (name: string, ...changes: readonly (readonly [from: string | RegExp, to: string])[]): object => {
  let text = readFileSync(`rehearse/aws/refused/${name}.json`, 'utf8');
  for (const [from, to] of changes) {
    const changed = text.replace(from, to);
    if (changed === text) throw new Error(`${name}.json does not contain ${from}`);
    text = changed;
  }
  return JSON.parse(text) as object;
};

/** The same subnets without the public ones. */
const withoutPublic = [
  [/"Public1": \{\s*"Type"[\s\S]*?(?="Tasks1")/, ''],
  [/"Public1": \{ "Value"[\s\S]*?(?="Tasks1")/, ''],
] as const;

const credentials = { accessKeyId: 'test', secretAccessKey: 'test' };
const condition = /,\s*"Condition": \{ "StringEquals": \{ "aws:SourceAccount": "123456789012" \} \}/g;

/** What AWS refuses or drops, the emulator refuses or drops: old templates of this project, and the same corrected. */
export const refusalsPart: Part = {
  name: 'What AWS refuses, the emulator refuses',
  needs: ['python3', 'node'],
  async run({ check }) {
    const port = await freePort();
    const emulator = await startEmulator(port, `https://localhost:${port}`);
    try {
      await refusals(emulator, check);
    } catch (error) {
      throw new Error(`${(error as Error).message}\nWhat its emulator logged last:\n${emulator.log()}`);
    } finally {
      await emulator.stop();
    }
  },
};

async function refusals({ endpoint }: Emulator, check: Parameters<Part['run']>[0]['check']): Promise<void> {
  const { signal } = new AbortController();
  const clients = createClients({ region: REGION, endpoint, credentials, signal });
  const { config, events, iam } = clients;
  const deploy = (stack: string, body: object) => deployTemplate(clients, stack, body);
  const refused = async (stack: string, body: object, reason: RegExp) => {
    const { status, reasons } = await deploy(stack, body);
    match(status, /ROLLBACK_COMPLETE$/);
    ok(
      reasons.some((one) => reason.test(one)),
      reasons.join('; '),
    );
  };
  const accepted = async (stack: string, body: object) => {
    const { status, reasons } = await deploy(stack, body);
    match(status, /^(CREATE|UPDATE)_COMPLETE$/, reasons.join('; '));
  };
  const putEvent = async () => {
    const Entries = [{ Source: 'rehearsal', DetailType: 'test', Detail: '{}' }];
    equal((await events.send(new PutEventsCommand({ Entries }))).FailedEntryCount, 0);
  };
  const failures = (rule: string) => sum(clients, 'AWS/Events', 'FailedInvocations', 'RuleName', rule);

  await check(
    'a service-linked role that is missing: the first use fails and creates it, the second works',
    async () => {
      const cluster = template('cluster');
      await refused('cluster', cluster, /Unable to assume the service linked role/);
      await accepted('cluster-again', cluster);
      await refused('subnet-group', template('subnet-group'), /Missing necessary credentials.*ServiceLinkedRoles/);
      await accepted('subnet-group-again', template('subnet-group'));
      const again = new CreateServiceLinkedRoleCommand({ AWSServiceName: 'ecs.amazonaws.com' });
      await rejects(iam.send(again), /AWSServiceRoleForECS has been taken in this account/);
    },
  );

  await check('a second detector, a second recorder and a log group that exists', async () => {
    await clients.guardDuty.send(new CreateDetectorCommand({ Enable: true }));
    await refused('detector', template('detector'), /a detector already exists for the current account/);
    const ConfigurationRecorder = {
      name: 'aws-controltower-BaselineConfigRecorder',
      roleARN: 'arn:aws:iam::123456789012:role/controltower',
    };
    await config.send(new PutConfigurationRecorderCommand({ ConfigurationRecorder }));
    await refused('recorder', template('recorder'), /the maximum number of configuration recorders: 1 is reached/);
    await accepted('log-group', template('log-group'));
    await refused('log-group-again', template('log-group'), /"RDSOSMetrics"\}' already exists/);
  });

  await check('an export that another stack imports can neither go away nor change', async () => {
    const [output, value] = [/,\s*"Outputs": [\s\S]*\}(?=\s*\}\s*$)/, '{ "Fn::GetAtt": ["Group", "Arn"] }'] as const;
    await accepted('producer', template('export'));
    await accepted('consumer', template('import'));
    const reason = 'refused-export:Arn (cannot be deleted )?as it is in use by consumer';
    await refused('producer', template('export', [output, '']), new RegExp(`Export ${reason}`));
    await refused('producer', template('export', [value, '"another"']), new RegExp(`Cannot update export ${reason}`));
    await accepted('consumer', template('import', ['{ "Fn::ImportValue": "refused-export:Arn" }', '"none"']));
    await accepted('producer', template('export', [output, '']));
  });

  await check('EventBridge drops what a policy with aws:SourceAccount would let pass, and counts it', async () => {
    await accepted('events', template('events'));
    await putEvent();
    equal(await failures('refused-events'), 1);
    await accepted('events', template('events', [condition, '']));
    await putEvent();
    equal(await failures('refused-events'), 1);
    await accepted('log-policy', template('log-policy'));
    await putEvent();
    equal(await failures('refused-log-policy'), 1);
  });

  await check('StartImageScan under enhanced scanning; the scan is there a moment later', async () => {
    const image = await pushImage(clients);
    await clients.ecr.send(new PutRegistryScanningConfigurationCommand({ scanType: 'ENHANCED', rules: [] }));
    await rejects(clients.ecr.send(new DescribeImageScanFindingsCommand(image)), { name: 'ScanNotFoundException' });
    await rejects(clients.ecr.send(new StartImageScanCommand(image)), /This feature is disabled/);
    const { imageScanStatus } = await clients.ecr.send(new DescribeImageScanFindingsCommand(image));
    equal(imageScanStatus?.status, 'ACTIVE');
  });

  await check('a subnet whose range overlaps another; a subnet in use', async () => {
    await accepted('subnets', template('subnets'));
    const overlapping = template('subnets', ['10.99.2.0/24', '10.99.1.0/25']);
    await refused('subnets', overlapping, /The CIDR '10\.99\.1\.0\/25' conflicts with another subnet/);
    await accepted('balancer', template('load-balancer'));
    const removed = template('subnets', ...withoutPublic);
    await refused('subnets', removed, /The subnet 'subnet-\w+' has dependencies and cannot be deleted/);
  });

  await check('another scheme replaces the load balancer, which needs target groups of its own', async () => {
    const internal = [
      ['internet-facing', 'internal'],
      ['"OutputName": "Public1"', '"OutputName": "Tasks1"'],
      ['"OutputName": "Public2"', '"OutputName": "Tasks2"'],
    ] as const;
    const reason = /cannot be associated with more than one load balancer/;
    await refused('balancer', template('load-balancer', ...internal), reason);
    await accepted('balancer', template('load-balancer', ...internal, [/"Edge/g, '"InternalEdge']));
    await accepted('subnets', template('subnets', ...withoutPublic));
  });

  const image = ['IMAGE', `123456789012.dkr.ecr.us-east-1.amazonaws.com/refused@${emptyImage.digest}`] as const;
  const shifted = [
    '"Strategy": "ROLLING", "BakeTimeInMinutes": 10',
    '"Strategy": "CANARY", "BakeTimeInMinutes": 10',
  ] as const;
  const weights = async () => {
    const { production } = await idsOf();
    const { Rules } = await clients.elb.send(new DescribeRulesCommand({ RuleArns: [production] }));
    return Rules![0]!.Actions![0]!.ForwardConfig!.TargetGroups!.map(({ Weight }) => Weight).join('/');
  };
  const idsOf = async () => {
    const { stackResources } = await import('../../../packages/ops/src/aws/stack-resources.ts');
    const found = (await stackResources({ clients }, 'service'))!.find(({ logicalId }) => logicalId === 'Production');
    return { production: found!.physicalId };
  };
  await check('a bake time with rolling', async () => {
    await refused('service-rolling', template('service', image), /You can't set this value/);
  });
  await check(
    'ECS shifts the weights of the production rule; a change of the rule sends it to an empty group',
    async () => {
      await plant({ clients }, { schema: true });
      await accepted('service', template('service', image, shifted));
      equal(await weights(), '0/100');
      await accepted('service', template('service', image, shifted, ['"/*"', '"/app/*"']));
      equal(await weights(), '100/0');
    },
  );
  await check(
    'the core rule set refuses a canary without a User-Agent; an empty group fails one that has it',
    async () => {
      const success = () => sum(clients, 'CloudWatchSynthetics', 'SuccessPercent', 'CanaryName', 'refused-canary');
      equal(await success(), 0);
      const agent = ['timeout: 5000 }', "timeout: 5000, headers: { 'user-agent': 'canary' } }"] as const;
      await accepted('service', template('service', image, shifted, ['"/*"', '"/app/*"'], agent));
      equal(await success(), 0);
      const live = [/"Weight": 100([\s\S]*)"Weight": 0/, '"Weight": 0$1"Weight": 100'] as const;
      await accepted('service', template('service', image, shifted, agent, live));
      ok((await success()) > 0);
    },
  );
}

async function pushImage({ ecr }: AwsClients) {
  const repositoryName = 'refused';
  await ecr.send(new CreateRepositoryCommand({ repositoryName }));
  const request = {
    repositoryName,
    imageManifest: emptyImage.manifest,
    imageDigest: emptyImage.digest,
    imageTag: 'one',
  };
  await ecr.send(new PutImageCommand(request));
  return { repositoryName, imageId: { imageDigest: emptyImage.digest } };
}

/** Sum of a metric in the last hours. */
async function sum({ cloudWatch }: AwsClients, Namespace: string, MetricName: string, Name: string, Value: string) {
  const now = Date.now();
  const { Datapoints } = await cloudWatch.send(
    new GetMetricStatisticsCommand({
      Namespace,
      MetricName,
      Dimensions: [{ Name, Value }],
      StartTime: new Date(now - 3_600_000),
      EndTime: new Date(now + 60_000),
      Period: 3600,
      Statistics: ['Sum'],
    }),
  );
  return Datapoints!.reduce((total, { Sum }) => total + (Sum ?? 0), 0);
}
