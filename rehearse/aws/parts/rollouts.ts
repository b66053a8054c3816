import { equal, match, ok } from 'node:assert/strict';
import { DescribeServicesCommand, DescribeTaskDefinitionCommand } from '@aws-sdk/client-ecs';
import type { Part } from '../../support/rehearsal.ts';
import { variant } from '../images.ts';
import { again, any, changes, ended, names, plant, wantedDigest } from '../support.ts';
import type { AwsWorld } from '../world.ts';
import { emptyDiff } from './first-deploy.ts';

const LAST_WORDS = 'Error: Cannot find module ./main.cjs';

/** Digest of the image that the service's tasks run. */
export async function runningDigest({ clients }: Pick<AwsWorld, 'clients'>, stage = names): Promise<string> {
  const { services } = await clients.ecs.send(
    new DescribeServicesCommand({ cluster: stage.cluster, services: [stage.service] }),
  );
  const { taskDefinition } = await clients.ecs.send(
    new DescribeTaskDefinitionCommand({ taskDefinition: services![0]!.taskDefinition }),
  );
  return taskDefinition!.containerDefinitions![0]!.image!.split('@')[1]!;
}

/** New images: by a deploy, by a rollout, a bad one, one with findings, and the way back. */
export const rolloutsPart = (world: AwsWorld): Part => ({
  name: 'New images, and the way back',
  needs: [],
  async run({ check }) {
    const first = await wantedDigest(world);
    const second = await variant(world, first, 'second', {});
    const third = await variant(world, first, 'third', {});
    const bad = await variant(world, first, 'bad', { 'rehearsal.fails.service': LAST_WORDS });
    const found = await variant(world, first, 'found', {});
    const brokenMigration = await variant(world, first, 'broken', {
      'rehearsal.fails.migrate': 'relation "notes" does not exist',
    });
    const runs = async (digest: string) => {
      equal(await wantedDigest(world), digest, 'SSM names another image');
      equal(await runningDigest(world), digest, 'the service runs another image');
    };

    await check('deploy --digest: the digest that was tested is the digest that runs', async () => {
      const ran = await world.deploy([...again(world), '--digest', second], any);
      ended(ran, 0);
      equal(changes(ran), 4, ran.stderr);
      await runs(second);
    });
    await check('cdk diff afterwards is empty', () => emptyDiff(world));
    await check(
      'a rollout of a bad image is rolled back: exit code 1, the reason, the last words of its task',
      async () => {
        const ran = await world.ops(['rollout', 'bad'], any);
        ended(ran, 1, /Rolled back: the stage runs/, /exit code 1/);
        ok(ran.stderr.includes(LAST_WORDS), ran.stderr);
        await runs(second);
      },
    );
    await check('a deploy of it is undone as well, and the stage names the image before', async () => {
      const ran = await world.deploy([...again(world), '--digest', bad], any);
      ended(ran, 1, /Circuit Breaker/i, /the stage runs sha256:\w+ again/);
      await runs(second);
    });
    await check(
      'a deploy whose migration fails does not touch the service, and prints the last lines of the task',
      async () => {
        const ran = await world.deploy([...again(world), '--digest', brokenMigration], any);
        ended(ran, 1, /ended with exit code 1/, /relation "notes" does not exist/, /The service was not touched/);
        await runs(second);
      },
    );
    await check('an image with critical findings is not rolled out', async () => {
      await plant(world, { criticalFindings: 2 });
      ended(await world.ops(['rollout', found], any), 1, /2 critical findings/);
      ended(await world.deploy([...again(world), '--digest', found], any), 1, /2 critical findings/);
      await plant(world);
      await runs(second);
    });
    await check('a rollout by tag, followed to its end', async () => {
      ended(await world.ops(['rollout', 'third'], any), 0, /Rolled out/);
      await runs(third);
    });
    await check('cdk diff afterwards is empty as well', () => emptyDiff(world));
    await check('rollback goes back to the release before', async () => {
      ended(await world.ops(['rollback'], any), 0, /Rolled back/);
      await runs(second);
    });
    await check('a missing image is reported', async () => {
      const nowhere = `sha256:${'0'.repeat(64)}`;
      const ran = await world.deploy([...again(world), '--digest', nowhere], any);
      ended(ran, 1, /is not in the repository/);
      match(ran.stderr, /--from STAGE/);
      await runs(second);
    });
  },
});
