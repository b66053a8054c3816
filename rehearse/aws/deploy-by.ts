import { equal, match } from 'node:assert/strict';
import { PutImageCommand } from '@aws-sdk/client-ecr';
import { PutParameterCommand } from '@aws-sdk/client-ssm';
import type { Construct } from 'constructs';
import { createLinkedRoles, missingRoles } from '../../packages/ops/src/aws/linked-roles.ts';
import { stacksOf } from '../../packages/ops/src/deploy/assembly.ts';
import type { Ran } from '../support/run.ts';
import { deployTemplate } from './change-set.ts';
import { emptyImage } from './images.ts';
import { command, type Place } from './place.ts';
import { changes, ended, plant } from './support.ts';
import { synthesizeGated } from './templates.ts';
import type { AwsWorld } from './world.ts';

/** What is deployed next. */
export interface Release {
  /** `-c key=value`, as a command line has them. */
  readonly options: readonly string[];

  /** The stacks that use the network leave its subnets first. */
  readonly removesSubnets: boolean;

  /** What an earlier release had. @default - it is of this release */
  readonly earlier?: (scope: Construct) => void;
}

type Settings = Readonly<Record<string, unknown>>;

/** A way to deploy a stage into an account. */
export interface Way {
  readonly name: string;

  /** Distinguishes the accounts of this way from those of another. */
  readonly digit: string;

  /** @param settings that name what others have made */
  prepare(world: AwsWorld, place: Place, settings: Settings): Promise<void>;
  deploy(world: AwsWorld, place: Place, release: Release): Promise<void>;
}

/** Synthesized with every gate, and brought to AWS by change sets in the order of a deploy: a minute for all variants. */
export const byChangeSets: Way = {
  name: 'change sets',
  digit: '1',
  async prepare(world, { clients }, { bootstrapQualifier = 'hnb659fds' }) {
    await withoutMigration(world);
    // The one resource of the bootstrap stack that a template reads.
    const Name = `/cdk-bootstrap/${bootstrapQualifier}/version`;
    await clients.ssm.send(new PutParameterCommand({ Name, Value: '30', Type: 'String' }));
  },
  async deploy(_world, place, { options, removesSubnets, earlier }) {
    const { folder, variant, clients } = place;
    await createRoles(place, options);
    synthesizeGated(variant.stage, folder, options, earlier);
    const stacks = stacksOf(folder, variant.stage);
    const isNetwork = ({ part }: { readonly part: string }) => part === 'network';
    const ordered = removesSubnets ? [...stacks.filter((one) => !isNetwork(one)), ...stacks.filter(isNetwork)] : stacks;
    for (const { name, part, template } of ordered) {
      if (part === 'tasks') await nameImage(place);
      const { status, reasons } = await deployTemplate(clients, name, template as object);
      match(status, /^(CREATE|UPDATE)_COMPLETE$/, `${name}: ${reasons.slice(0, 3).join('; ')}`);
    }
  },
};

/** `npx cdk bootstrap`, then the steps of "Plain cdk deploy" in docs/deploy/aws.md. The app runs with every gate. */
export const byCdk: Way = {
  name: 'npx cdk deploy',
  digit: '2',
  async prepare(world, place, settings) {
    await withoutMigration(world);
    await bootstrap(world, place, settings);
  },
  async deploy(world, place, { options, removesSubnets }) {
    const { folder, variant, env } = place;
    const more = ['-c', `stage=${variant.stage}`, ...options, '--output', folder, '--require-approval', 'never'];
    const cdk = (...stacks: readonly string[]) => world.cdk(['deploy', ...stacks, ...more], { env, timeout: 900 });
    const parts = (...names: readonly string[]) => names.map((name) => `${variant.stage}/${name}`);
    await createRoles(place, options);
    if (removesSubnets) {
      await cdk('--exclusively', ...parts('database', 'tasks', 'service', 'monitoring'));
    } else {
      await cdk(...parts('registry', 'database'));
      await nameImage(place);
    }
    await cdk('--all');
  },
};

/** `npx cdk bootstrap` and `npm run deploy`, which must leave nothing to do for the same command. */
export const byCommand: Way = {
  name: 'npm run deploy',
  digit: '3',
  prepare: bootstrap,
  async deploy(_world, place, { options, earlier }) {
    const { variant, folder } = place;
    const given = earlier && folder;
    if (given) synthesizeGated(variant.stage, folder, options, earlier);
    let ran = await deployCommand(place, options, given);
    const templates = given ?? `cdk.out/deploy/${variant.stage}`;
    if (/is not in the repository/.test(ran.stderr)) {
      await pushImage(place);
      ran = await deployCommand(place, options, templates);
    }
    ended(ran, 0);
    const again = await deployCommand(place, options, templates);
    ended(again, 0);
    equal(changes(again), 0, again.stderr);
  },
};

/** @param templates folder of templates that are there; @default - they are synthesized */
export const deployCommand = (place: Place, options: readonly string[], templates?: string): Promise<Ran> =>
  command(place, 'deploy', [
    ...options,
    ...(templates === undefined ? [] : ['--templates', templates]),
    ...['--digest', emptyImage.digest, '--no-smoke'],
  ]);

async function bootstrap(world: AwsWorld, { env, region, account }: Place, settings: Settings): Promise<void> {
  const { bootstrapQualifier, permissionsBoundary } = settings;
  const options = [
    ...(bootstrapQualifier === undefined ? [] : ['--qualifier', String(bootstrapQualifier)]),
    ...(permissionsBoundary === undefined ? [] : ['--custom-permissions-boundary', String(permissionsBoundary)]),
  ];
  const args = ['bootstrap', `aws://${account}/${region}`, ...options];
  await world.cdk(args, { env, cwd: world.folder, timeout: 600 });
}

/** Tasks start without a migration, which `npm run deploy` alone runs. */
const withoutMigration = (world: AwsWorld) => plant(world, { schema: true });

/** What a person does who does not use `npm run deploy`. */
async function createRoles({ clients }: Place, options: readonly string[]): Promise<void> {
  if (options.includes('accountBaseline.serviceLinkedRoles=create')) return;
  await createLinkedRoles({ clients }, await missingRoles({ clients }));
}

async function pushImage({ clients, names }: Place): Promise<void> {
  const { digest, manifest, mediaType } = emptyImage;
  const image = { repositoryName: names.repository, imageManifest: manifest, imageManifestMediaType: mediaType };
  await clients.ecr
    .send(new PutImageCommand({ ...image, imageTag: 'rehearsal', imageDigest: digest }))
    .catch((error: Error) => {
      if (error.name !== 'ImageAlreadyExistsException') throw error;
    });
}

async function nameImage(place: Place): Promise<void> {
  await pushImage(place);
  const parameter = { Name: place.names.imageDigestParameter, Value: emptyImage.digest, Overwrite: true };
  await place.clients.ssm.send(new PutParameterCommand({ ...parameter, Type: 'String' }));
}
