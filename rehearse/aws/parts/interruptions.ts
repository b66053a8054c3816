import { equal, ok } from 'node:assert/strict';
import { BatchGetImageCommand, PutImageCommand } from '@aws-sdk/client-ecr';
import { GetParameterCommand } from '@aws-sdk/client-ssm';
import type { Part } from '../../support/rehearsal.ts';
import { importCertificate } from '../certificate.ts';
import { ACCOUNT, REGION } from '../emulator.ts';
import { variant } from '../images.ts';
import { killed, killedAt } from '../killed.ts';
import { again, any, ended, migrationTasks, names, plant, stageOptions, wantedDigest } from '../support.ts';
import type { AwsWorld } from '../world.ts';
import { emptyDiff } from './first-deploy.ts';
import { runningDigest } from './rollouts.ts';

/** Steps of a deploy that change something, by the title that it prints. */
const deploySteps = [
  'Stacks up to the database',
  'Image of the stage',
  'Cluster and one-off tasks',
  'Migration',
  'Service',
  'Monitoring',
];

/** Steps of a rollout, by what its change record says. */
const rolloutSteps = ['digest', 'tasks-stack', 'migrate', 'service-stack'];

/** Kill -9, of the command and of everything that it has started, in the middle of each step. */
export const interruptionsPart = (world: AwsWorld): Part => ({
  name: 'Cut off by kill -9 at each step, and taken up by the next command',
  needs: [],
  async run({ check }) {
    const { clients } = world;
    const digest = world.notes.get('image') ?? (await wantedDigest(world));
    const manifest = await manifestOf(world, digest);
    await check('the account is emptied and bootstrapped again', async () => {
      await fetch(`${world.emulator.endpoint}/moto-api/reset`, { method: 'POST' });
      ended(await world.cdk(['bootstrap', `aws://${ACCOUNT}/${REGION}`], { ...any, cwd: world.folder }), 0);
      world.notes.set('certificate', await importCertificate(world));
      // Slow enough to be caught in the middle.
      await plant(world, { tickSeconds: 0.7 });
    });
    await check('a deploy is cut off in its first step, and the next one puts the stacks up', async () => {
      // Another certificate: the templates are synthesized again.
      const first = [...stageOptions(world), '--no-smoke', '--digest', digest];
      await killedAt(world, first, 'Stacks up to the database');
      const ran = await world.deploy([...again(world), '--digest', digest], any);
      ended(ran, 1, /is not in the repository/);
      // The image of the account before is put there again: its build is not what is tried here.
      await restore(world, digest, manifest);
    });
    for (const title of deploySteps.slice(1)) {
      await check(`killed in "${title}"`, async () => {
        await killedAt(world, [...again(world), '--digest', digest], title);
      });
    }
    await check('the next deploy finishes what they began', async () => {
      ended(await world.deploy([...again(world), '--digest', digest], any), 0);
      equal(await runningDigest(world), digest);
      await emptyDiff(world);
      const tasks = await migrationTasks(world);
      ok(tasks.every(({ containers }) => containers![0]!.exitCode === 0));
      return `${tasks.length} migration task${tasks.length === 1 ? '' : 's'} in all`;
    });

    const other = await variant(world, digest, 'other', {});
    for (const [index, step] of rolloutSteps.entries()) {
      const back = index % 2 === 1;
      await check(
        `a rollout killed at "${step}", or right after, is ${back ? 'rolled back' : 'finished'} by the next command`,
        async () => {
          const from = await wantedDigest(world);
          const to = from === digest ? other : digest;
          await killedRollout(world, to, step);
          const ran = await world.ops(back ? ['rollback'] : ['rollout', to], any);
          ended(ran, 0);
          const expected = back ? from : to;
          equal(await wantedDigest(world), expected);
          equal(await runningDigest(world), expected);
        },
      );
    }
    await check('nothing is left half done: no change under way, cdk diff empty', async () => {
      const name = names.imageDigestParameter.replace('image-digest', 'change');
      const left = await clients.ssm.send(new GetParameterCommand({ Name: name })).catch(() => undefined);
      equal(left, undefined);
      await emptyDiff(world);
      await plant(world);
    });
  },
});

async function killedRollout(world: AwsWorld, to: string, step: string): Promise<void> {
  const name = names.imageDigestParameter.replace('image-digest', 'change');
  await killed(world, ['bin/ops.ts', 'rollout', to, '--stage', 'dev', '--yes'], async () => {
    const found = await world.clients.ssm.send(new GetParameterCommand({ Name: name })).catch(() => undefined);
    const record = JSON.parse(found?.Parameter?.Value ?? '{}') as { step?: string };
    // A step may be over before it is seen: the one after it will do.
    return rolloutSteps.indexOf(record.step ?? '') >= rolloutSteps.indexOf(step);
  });
}

async function manifestOf({ clients }: AwsWorld, imageDigest: string): Promise<string> {
  const request = new BatchGetImageCommand({ repositoryName: names.repository, imageIds: [{ imageDigest }] });
  return (await clients.ecr.send(request)).images![0]!.imageManifest!;
}

async function restore({ clients }: AwsWorld, imageDigest: string, imageManifest: string): Promise<void> {
  const repositoryName = names.repository;
  const { manifests } = JSON.parse(imageManifest) as { manifests: { digest: string; mediaType: string }[] };
  for (const { digest, mediaType } of manifests) {
    const child = JSON.stringify({ schemaVersion: 2, mediaType, digest });
    await clients.ecr.send(
      new PutImageCommand({
        repositoryName,
        imageManifest: child,
        imageDigest: digest,
        imageManifestMediaType: mediaType,
      }),
    );
  }
  const { mediaType } = JSON.parse(imageManifest) as { mediaType: string };
  await clients.ecr.send(
    new PutImageCommand({
      repositoryName,
      imageManifest,
      imageDigest,
      imageManifestMediaType: mediaType,
      imageTag: 'restored',
    }),
  );
}
