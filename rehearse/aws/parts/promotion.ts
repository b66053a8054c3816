import { deepEqual, equal, ok } from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { DescribeStacksCommand } from '@aws-sdk/client-cloudformation';
import { BatchGetImageCommand, DescribeImagesCommand } from '@aws-sdk/client-ecr';
import type { AwsClients } from '@healthcare-ai/ops/aws/clients';
import { type Names, namesOf } from '../../../lib/config/names.ts';
import type { Part } from '../../support/rehearsal.ts';
import { importCertificate } from '../certificate.ts';
import { ACCOUNT, REGION, SECOND_ACCOUNT } from '../emulator.ts';
import { any, changes, ended, migrationTasks, names, wantedDigest } from '../support.ts';
import type { AwsWorld } from '../world.ts';
import { runningDigest } from './rollouts.ts';

/** The image that dev runs, brought to staging in an account of its own: by profiles, as two accounts are worked with. */
export const promotionPart = (world: AwsWorld): Part => ({
  name: 'From dev to staging, in another account',
  needs: ['skopeo'],
  async run({ check }) {
    const { clients, second } = world;
    const staging = namesOf('staging', 'us-east-1');
    const there = { clients: second, folder: world.folder };
    const digest = await wantedDigest(world);
    const before = await picture(clients, names);
    const options = ['-c', `edge.certificateArn=${await importCertificate(there, 'staging')}`, '--no-smoke'];
    const promotion = [...options, '--from', 'dev', '--from-profile', 'dev'];

    await check('the second account is bootstrapped by its profile', async () => {
      const args = ['bootstrap', `aws://${SECOND_ACCOUNT}/${REGION}`, '--profile', 'staging'];
      ended(await world.cdk(args, { ...any, cwd: world.folder }), 0);
    });
    await check('without the credentials of the account of dev it fails before anything is created', async () => {
      const ran = await world.deployStaging([...options, '--from', 'dev'], any);
      ended(ran, 1, new RegExp(`Account ${SECOND_ACCOUNT} knows no image of stage dev`), /give --from-profile/);
      // Service-linked roles alone: AWS would create them with the first resource that needs them.
      const did = ran.stderr.split('\n').filter((line) => line.startsWith('  did '));
      equal(did.filter((line) => !line.includes('AWSServiceRoleFor')).length, 0);
    });
    await check('one command brings the image that dev runs to an empty account, and runs it there', async () => {
      const ran = await world.deployStaging(promotion, any);
      ended(ran, 0, new RegExp(`dev in account ${ACCOUNT} runs ${digest}`), /copied it as from-dev-/);
    });
    await check('the digest is the same in both accounts: named, in the repository, in the tasks', async () => {
      equal(await wantedDigest(there, staging), digest);
      equal(await runningDigest(there, staging), digest);
      for (const [each, stage] of [
        [clients, names],
        [second, staging],
      ] as const) {
        const manifest = await manifestOf(each, stage, digest);
        equal(`sha256:${createHash('sha256').update(manifest).digest('hex')}`, digest);
        // Each platform's image of the index is there as well.
        for (const one of (JSON.parse(manifest) as { manifests: { digest: string }[] }).manifests) {
          ok(await manifestOf(each, stage, one.digest));
        }
      }
      deepEqual(
        (await migrationTasks(there, staging)).map(({ containers }) => containers![0]!.exitCode),
        [0],
      );
      return digest;
    });
    await check('every stack of staging is in its account, and nothing of dev was touched', async () => {
      deepEqual(await picture(clients, names), before);
      deepEqual(
        (await stacksOf(clients)).filter((name) => name.includes('staging')),
        [],
      );
      const made = (await stacksOf(second)).filter((name) => name.startsWith(staging.base));
      ok(made.length >= 7, made.join(', '));
      return `${made.length} stacks`;
    });
    await check('cdk diff of every stack of staging is empty', async () => {
      const args = ['diff', '--all', '--app', 'cdk.out/deploy/staging', '--fail', '--profile', 'staging'];
      ended(await world.cdk(args, any), 0, /Number of stacks with differences: 0/);
    });
    await check('the same command has nothing more to do', async () => {
      const ran = await world.deployStaging([...promotion, '--templates', 'cdk.out/deploy/staging'], any);
      ended(ran, 0);
      equal(changes(ran), 0, ran.stderr);
    });
  },
});

async function stacksOf(clients: AwsClients): Promise<string[]> {
  const { Stacks } = await clients.cloudFormation.send(new DescribeStacksCommand({}));
  return Stacks!.map(({ StackName }) => StackName!);
}

/** What a promotion may not change where it comes from. */
async function picture(clients: AwsClients, stage: Names) {
  const { Stacks } = await clients.cloudFormation.send(new DescribeStacksCommand({}));
  const { imageDetails } = await clients.ecr.send(new DescribeImagesCommand({ repositoryName: stage.repository }));
  return {
    stacks: Stacks!.map(({ StackName, StackStatus, LastUpdatedTime }) => ({ StackName, StackStatus, LastUpdatedTime })),
    images: imageDetails!.map(({ imageDigest, imageTags }) => ({ imageDigest, imageTags })),
    digest: await wantedDigest({ clients }, stage),
  };
}

async function manifestOf(clients: AwsClients, stage: Names, imageDigest: string): Promise<string> {
  const request = new BatchGetImageCommand({ repositoryName: stage.repository, imageIds: [{ imageDigest }] });
  return (await clients.ecr.send(request)).images![0]!.imageManifest!;
}
