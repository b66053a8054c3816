import { deepEqual, equal, match, ok } from 'node:assert/strict';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { ImportCertificateCommand } from '@aws-sdk/client-acm';
import { GetMetricStatisticsCommand } from '@aws-sdk/client-cloudwatch';
import { PutImageCommand } from '@aws-sdk/client-ecr';
import { DescribeServicesCommand, UpdateServiceCommand } from '@aws-sdk/client-ecs';
import {
  DescribeRulesCommand,
  ModifyLoadBalancerAttributesCommand,
  ModifyRuleCommand,
} from '@aws-sdk/client-elastic-load-balancing-v2';
import { PutEventsCommand } from '@aws-sdk/client-eventbridge';
import { PutParameterCommand } from '@aws-sdk/client-ssm';
import { GetCallerIdentityCommand } from '@aws-sdk/client-sts';
import { loadStages } from '../../../lib/config/load.ts';
import { type Names, namesOf } from '../../../lib/config/names.ts';
import { stages } from '../../../lib/config/stages.ts';
import type { SynthesizeProps } from '../../../lib/synthesize.ts';
import type { AwsClients } from '../../../packages/ops/src/aws/clients.ts';
import { createLinkedRoles, missingRoles } from '../../../packages/ops/src/aws/linked-roles.ts';
import { stackResources } from '../../../packages/ops/src/aws/stack-resources.ts';
import { stacksOf } from '../../../packages/ops/src/deploy/assembly.ts';
import { overridesOf } from '../../../packages/ops/src/options.ts';
import type { Part } from '../../support/rehearsal.ts';
import { run } from '../../support/run.ts';
import { selfSigned } from '../certificate.ts';
import { deployTemplate } from '../change-set.ts';
import { existingVpc } from '../existing-vpc.ts';
import { emptyImage } from '../images.ts';
import { prepareAccount } from '../prepared-account.ts';
import { plant } from '../support.ts';
import { type Variant, variants } from '../variants.ts';
import type { AwsWorld } from '../world.ts';

/** Deploys a stage with the settings that `options` give: `-c key=value`. */
type Deploy = (world: AwsWorld, place: Place, options: readonly string[], order: Order) => Promise<void>;

/** Whether the network is updated before or after the stacks that use it. */
type Order = 'network first' | 'network last';

/** Every push: each variant is synthesized with every gate, and deployed by change sets in an account of its own. */
export const variantParts = (world: AwsWorld, chosen: readonly Variant[]): Part[] =>
  partsBy(world, chosen, 'change sets', byChangeSets);

/** Every night: the same by plain `npx cdk bootstrap` and `npx cdk deploy`, as people do who do not use `npm run deploy`. */
export const nightlyParts = (world: AwsWorld, chosen: readonly Variant[]): Part[] =>
  partsBy(world, chosen, 'cdk deploy', byCdk, bootstrap);

function partsBy(
  world: AwsWorld,
  chosen: readonly Variant[],
  how: string,
  deployBy: Deploy,
  prepare: (world: AwsWorld, place: Place) => Promise<void> = putVersion,
): Part[] {
  return chosen.map((variant) => ({
    name: `Into the accounts that people have, by ${how}: ${variant.name}`,
    needs: ['python3', 'openssl'],
    async run({ check }) {
      await plant(world, { schema: true });
      const place = await open(world, variant, `${how.length}${String(variants.indexOf(variant)).padStart(2, '0')}`);
      const deploy = (settings: Variant['settings'], order: Order = 'network first') =>
        deploySettings(world, place, settings, (...given) => deployBy(...given, order));
      await check('synthesized, gated and deployed; events arrive, and the canary passes', async () => {
        await prepare(world, place);
        const vpc = variant.vpc ? await existingVpc(place.clients, place.region) : {};
        await deploy({ ...variant.settings, ...vpc });
        await judge(place);
      });
      if (variant.destroyed) {
        await check('one command destroys it, and lists what AWS keeps with its date', () => destroyed(world, place));
      }
      const canary = variant.stage === 'staging';
      if (canary) {
        await check('weights that ECS shifted are no drift, another target group is', () => drift(world, place));
      }
      const { update } = variant;
      if (update !== undefined) {
        await check('the update needs no stack to be deleted', async () => {
          if (canary) await shiftBack(place);
          if (variant.leavesSubnets) await unprotect(place);
          await deploy({ ...variant.settings, ...update }, variant.leavesSubnets ? 'network last' : 'network first');
        });
      }
      await plant(world);
    },
  }));
}

interface Place {
  readonly variant: Variant;
  readonly folder: string;
  readonly region: string;
  readonly clients: AwsClients;
  readonly names: Names;
  readonly certificate: string;

  /** Variables that point a command to the account. */
  readonly env: Readonly<Record<string, string>>;
}

async function open(world: AwsWorld, variant: Variant, number: string): Promise<Place> {
  const region = variant.region ?? stages[variant.stage].region;
  const id = number.padStart(12, '3');
  const { endpoint } = world.emulator;
  const { signal } = new AbortController();
  const { sts } = world.clients;
  const prepared = await prepareAccount({ sts, endpoint, region, id, kind: variant.account, signal });
  const { clients, credentials } = prepared;
  const folder = join(world.folder, `variant-${number}`);
  const { key, certificate } = await selfSigned(world.folder, stages[variant.stage].edge.domainName);
  const imported = new ImportCertificateCommand({ Certificate: certificate, PrivateKey: key });
  const { CertificateArn } = await clients.acm.send(imported);
  const env = {
    AWS_ACCESS_KEY_ID: credentials.accessKeyId,
    AWS_SECRET_ACCESS_KEY: credentials.secretAccessKey,
    AWS_SESSION_TOKEN: credentials.sessionToken,
    AWS_REGION: region,
    AWS_DEFAULT_REGION: region,
  };
  const names = namesOf(variant.stage, region);
  return { variant, folder, region, clients, names, certificate: CertificateArn!, env };
}

async function deploySettings(
  world: AwsWorld,
  place: Place,
  settings: Variant['settings'],
  deployBy: (world: AwsWorld, place: Place, options: readonly string[]) => Promise<void>,
): Promise<void> {
  const { region, clients, certificate } = place;
  const given = { region, 'edge.certificateArn': certificate, ...settings };
  const options = Object.entries(given).flatMap(([key, value]) => [
    '-c',
    `${key}=${typeof value === 'string' ? value : JSON.stringify(value)}`,
  ]);
  // What the second step of `npm run deploy` does, and a person who does not use it.
  if (settings['accountBaseline.serviceLinkedRoles'] !== 'create') {
    await createLinkedRoles({ clients }, await missingRoles({ clients }));
  }
  await deployBy(world, place, options);
}

/** Synthesizes with every gate, and brings each stack to its template, in the order of a deploy. */
async function byChangeSets(_world: AwsWorld, place: Place, options: readonly string[], order: Order): Promise<void> {
  const { folder, variant, clients } = place;
  await synthesizeGated(variant.stage, join(folder, variant.stage), options);
  const stacks = stacksOf(join(folder, variant.stage), variant.stage);
  const isNetwork = ({ part }: { readonly part: string }) => part === 'network';
  const ordered =
    order === 'network last' ? [...stacks.filter((stack) => !isNetwork(stack)), ...stacks.filter(isNetwork)] : stacks;
  for (const { name, part, template } of ordered) {
    if (part === 'tasks') await nameImage(place);
    const { status, reasons } = await deployTemplate(clients, name, template as object);
    match(status, /^(CREATE|UPDATE)_COMPLETE$/, `${name}: ${reasons.slice(0, 3).join('; ')}`);
  }
}

/** What `npm run synth` does, in this process: CDK and the gates are loaded once for all variants. */
async function synthesizeGated(stage: Variant['stage'], folder: string, options: readonly string[]): Promise<void> {
  const { contextOf, synthesize } = await import('../../../lib/synthesize.ts');
  const { gatePlugins } = await import('@healthcare-ai/cloud-policies/gates/plugins');
  const { gateProfile } = await import('@healthcare-ai/ops/gate-profile');
  const [config] = loadStages(stages, [stage], overridesOf(options.filter((option) => option !== '-c')));
  rmSync(folder, { recursive: true, force: true });
  const gates: SynthesizeProps['gates'] = (app) => gatePlugins(app, gateProfile);
  synthesize({ config: config!, folder, context: contextOf('cdk.json'), gates });
}

/** The steps of "Plain cdk deploy" in docs/deploy/aws.md. The app runs with every gate. */
async function byCdk(world: AwsWorld, place: Place, options: readonly string[], order: Order): Promise<void> {
  const { folder, variant, env } = place;
  const more = ['-c', `stage=${variant.stage}`, ...options, '--output', folder, '--require-approval', 'never'];
  const cdk = (...stacks: readonly string[]) => world.cdk(['deploy', ...stacks, ...more], { env, timeout: 900 });
  const parts = (...names: readonly string[]) => names.map((name) => `${variant.stage}/${name}`);
  if (order === 'network last') {
    await cdk('--exclusively', ...parts('database', 'tasks', 'service', 'monitoring'));
    await cdk('--all');
    return;
  }
  await cdk(...parts('registry', 'database'));
  await nameImage(place);
  await cdk('--all');
}

/** The one resource of the bootstrap stack that a template reads. */
async function putVersion(_world: AwsWorld, { clients }: Place): Promise<void> {
  const version = { Name: '/cdk-bootstrap/hnb659fds/version', Value: '30', Type: 'String' as const };
  await clients.ssm.send(new PutParameterCommand(version));
}

async function bootstrap(world: AwsWorld, { env, region, clients }: Place): Promise<void> {
  const { Account } = await clients.sts.send(new GetCallerIdentityCommand({}));
  await world.cdk(['bootstrap', `aws://${Account}/${region}`], { env, cwd: world.folder, timeout: 600 });
}

/** CloudFormation cannot delete a protected load balancer: `npm run deploy` names this command. */
async function unprotect({ clients, names }: Place): Promise<void> {
  const resources = (await stackResources({ clients }, `${names.base}-service`))!;
  const { physicalId } = resources.find(({ type }) => type === 'AWS::ElasticLoadBalancingV2::LoadBalancer')!;
  const Attributes = [{ Key: 'deletion_protection.enabled', Value: 'false' }];
  await clients.elb.send(new ModifyLoadBalancerAttributesCommand({ LoadBalancerArn: physicalId, Attributes }));
}

/** One more deployment of the same image, after which ECS sends the traffic to the group that the template names. */
async function shiftBack({ clients, names }: Place): Promise<void> {
  const where = { cluster: names.cluster, service: names.service };
  await clients.ecs.send(new UpdateServiceCommand({ ...where, forceNewDeployment: true }));
  for (let looks = 0; looks < 100; looks += 1) {
    const { services } = await clients.ecs.send(
      new DescribeServicesCommand({ cluster: names.cluster, services: [names.service] }),
    );
    const states = services![0]!.deployments!.map(({ rolloutState }) => rolloutState);
    if (states.length === 1 && states[0] === 'COMPLETED') return;
  }
  throw new Error('the deployment did not end');
}

async function drift(world: AwsWorld, { variant, env, clients, names }: Place): Promise<void> {
  const look = async () => {
    const args = ['bin/ops.ts', 'drift', '--stage', variant.stage, '--json'];
    const ran = await run(process.execPath, args, { env: { ...world.env, ...env }, timeout: 300, accept: [0, 1] });
    const { drift: found, ignored } = JSON.parse(ran.stdout) as { drift: { path: string }[]; ignored: object[] };
    return { code: ran.code, found: found.map(({ path }) => path.split('/')[1]), ignored: ignored.length };
  };
  // Two weights, and the minor version of the database.
  deepEqual(await look(), { code: 0, found: [], ignored: 3 });
  const [rule] = (await stackResources({ clients }, `${names.base}-service`))!.filter(({ logicalId }) =>
    logicalId.includes('Production'),
  );
  const RuleArn = rule!.physicalId;
  const { Rules } = await clients.elb.send(new DescribeRulesCommand({ RuleArns: [RuleArn] }));
  const { Actions } = Rules![0]!;
  const [live] = Actions![0]!.ForwardConfig!.TargetGroups!.filter(({ Weight }) => Weight! > 0);
  const byHand = [{ Type: 'forward' as const, ForwardConfig: { TargetGroups: [{ ...live, Weight: 1 }] } }];
  await clients.elb.send(new ModifyRuleCommand({ RuleArn, Actions: byHand }));
  deepEqual(await look(), { code: 1, found: ['Actions'], ignored: 1 });
  await clients.elb.send(new ModifyRuleCommand({ RuleArn, Actions }));
}

async function destroyed(world: AwsWorld, { variant, env, clients, names }: Place): Promise<string> {
  const ran = await run(process.execPath, ['bin/ops.ts', 'destroy', '--stage', variant.stage, '--yes', '--json'], {
    env: { ...world.env, ...env },
    timeout: 300,
  });
  const { stacks, kept } = JSON.parse(ran.stdout) as { stacks: string[]; kept: { what: string; until?: string }[] };
  const keys = kept.filter(({ what }) => what.startsWith('key '));
  ok(keys.length > 0 && keys.every(({ until }) => /^\d{4}-\d\d-\d\d$/.test(until ?? '')), JSON.stringify(kept));
  equal(await stackResources({ clients }, `${names.base}-audit`), undefined);
  return `${stacks.length} stacks; ${keys.length} keys until ${keys[0]!.until}`;
}

async function nameImage({ clients, names }: Place): Promise<void> {
  const { digest, manifest, mediaType } = emptyImage;
  const image = { repositoryName: names.repository, imageManifest: manifest, imageManifestMediaType: mediaType };
  await clients.ecr
    .send(new PutImageCommand({ ...image, imageTag: 'rehearsal', imageDigest: digest }))
    .catch((error: Error) => {
      if (error.name !== 'ImageAlreadyExistsException') throw error;
    });
  const parameter = { Name: names.imageDigestParameter, Value: digest, Type: 'String' as const, Overwrite: true };
  await clients.ssm.send(new PutParameterCommand(parameter));
}

/** What fails silently on AWS: events that are dropped, a canary that the web ACL blocks. */
async function judge({ clients, names, variant }: Place): Promise<void> {
  const monitoring = (await stackResources({ clients }, `${names.base}-monitoring`))!;
  const rule = monitoring.find(({ logicalId }) => logicalId.includes('DeliveryTest'))!.physicalId;
  const { source, detailType } = names.deliveryTest;
  const event = { Source: source, DetailType: detailType, Detail: JSON.stringify({ stage: variant.stage }) };
  await clients.events.send(new PutEventsCommand({ Entries: [event] }));
  const delivered = await latest(clients, 'AWS/Events', 'Invocations', 'RuleName', rule);
  equal(delivered, 1, 'the test event matched no rule');
  equal(await latest(clients, 'AWS/Events', 'FailedInvocations', 'RuleName', rule), undefined, 'the event was dropped');
  const canary = monitoring.find(({ type }) => type === 'AWS::Synthetics::Canary');
  if (canary === undefined) return;
  const success = await latest(clients, 'CloudWatchSynthetics', 'SuccessPercent', 'CanaryName', canary.physicalId);
  ok(success === 100, `the canary has ${success} % of success`);
}

async function latest({ cloudWatch }: AwsClients, Namespace: string, MetricName: string, Name: string, Value: string) {
  const { Datapoints } = await cloudWatch.send(
    new GetMetricStatisticsCommand({
      Namespace,
      MetricName,
      Dimensions: [{ Name, Value }],
      StartTime: new Date(Date.now() - 3_600_000),
      EndTime: new Date(Date.now() + 60_000),
      Period: 3600,
      Statistics: ['Maximum'],
    }),
  );
  return Datapoints!.at(-1)?.Maximum;
}
