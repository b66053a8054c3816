import { equal, match, ok } from 'node:assert/strict';
import { join } from 'node:path';
import { ImportCertificateCommand } from '@aws-sdk/client-acm';
import { GetMetricStatisticsCommand } from '@aws-sdk/client-cloudwatch';
import { PutImageCommand } from '@aws-sdk/client-ecr';
import { PutEventsCommand } from '@aws-sdk/client-eventbridge';
import { PutParameterCommand } from '@aws-sdk/client-ssm';
import { type Names, namesOf } from '../../../lib/config/names.ts';
import { stages } from '../../../lib/config/stages.ts';
import type { AwsClients } from '../../../packages/ops/src/aws/clients.ts';
import { createLinkedRoles, missingRoles } from '../../../packages/ops/src/aws/linked-roles.ts';
import { stackResources } from '../../../packages/ops/src/aws/stack-resources.ts';
import { stacksOf } from '../../../packages/ops/src/deploy/assembly.ts';
import type { Part } from '../../support/rehearsal.ts';
import { run } from '../../support/run.ts';
import { selfSigned } from '../certificate.ts';
import { deployTemplate } from '../change-set.ts';
import { emptyImage } from '../images.ts';
import { prepareAccount } from '../prepared-account.ts';
import { plant } from '../support.ts';
import { type Variant, variants } from '../variants.ts';
import type { AwsWorld } from '../world.ts';

/**
 * Every push: each variant is synthesized with every gate, and its templates are deployed as change sets in an account of
 * its own. The night deploys the same variants by the CDK CLI: nightly.ts.
 */
export const variantParts = (world: AwsWorld): Part[] =>
  variants.map((variant, index) => ({
    name: `Into the accounts that people have: ${variant.name}`,
    needs: ['python3', 'openssl'],
    async run({ check }) {
      await plant(world, { schema: true });
      const place = await open(world, variant, index);
      await check('synthesized, gated, and deployed by change sets', async () => {
        await deploySettings(place, variant.settings);
        await judge(place);
        return undefined;
      });
      const { update } = variant;
      if (update !== undefined) {
        await check('the update needs no stack to be deleted', async () => {
          await deploySettings(place, { ...variant.settings, ...update });
          return undefined;
        });
      }
      await plant(world);
    },
  }));

interface Place {
  readonly variant: Variant;
  readonly folder: string;
  readonly region: string;
  readonly clients: AwsClients;
  readonly names: Names;
  readonly certificate: string;
}

async function open(world: AwsWorld, variant: Variant, index: number): Promise<Place> {
  const region = variant.region ?? stages[variant.stage].region;
  const id = `3000000000${String(index).padStart(2, '0')}`;
  const { endpoint } = world.emulator;
  const { signal } = new AbortController();
  const { sts } = world.clients;
  const { clients } = await prepareAccount({ sts, endpoint, region, id, kind: variant.account, signal });
  const folder = join(world.folder, `variant-${index}`);
  const { key, certificate } = await selfSigned(world.folder, stages[variant.stage].edge.domainName);
  const imported = new ImportCertificateCommand({ Certificate: certificate, PrivateKey: key });
  const { CertificateArn } = await clients.acm.send(imported);
  const names = namesOf(variant.stage, region);
  const version = { Name: '/cdk-bootstrap/hnb659fds/version', Value: '30', Type: 'String' as const };
  await clients.ssm.send(new PutParameterCommand(version));
  return { variant, folder, region, clients, names, certificate: CertificateArn! };
}

/** Synthesizes the variant with every gate, and brings each stack to its template, in the order of a deploy. */
async function deploySettings(place: Place, settings: Variant['settings']): Promise<void> {
  const { variant, folder, region, clients, certificate } = place;
  const given = { region, 'edge.certificateArn': certificate, ...settings };
  const options = Object.entries(given).flatMap(([key, value]) => [
    '-c',
    `${key}=${typeof value === 'string' ? value : JSON.stringify(value)}`,
  ]);
  await run(process.execPath, ['bin/synth.ts', variant.stage, '--out', folder, ...options], { timeout: 300 });
  // What the first step of `npm run deploy` does.
  await createLinkedRoles({ clients }, await missingRoles({ clients }));
  for (const artifact of stacksOf(join(folder, variant.stage), variant.stage)) {
    if (artifact.part === 'tasks') await nameImage(place);
    const { status, reasons } = await deployTemplate(clients, artifact.name, artifact.template as object);
    match(status, /^(CREATE|UPDATE)_COMPLETE$/, `${artifact.name}: ${reasons.slice(0, 3).join('; ')}`);
  }
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
