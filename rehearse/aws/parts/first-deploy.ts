import { deepEqual, equal, match, ok } from 'node:assert/strict';
import { cpSync } from 'node:fs';
import { join } from 'node:path';
import { DescribeStacksCommand } from '@aws-sdk/client-cloudformation';
import { DescribeImagesCommand } from '@aws-sdk/client-ecr';
import { DescribeServicesCommand } from '@aws-sdk/client-ecs';
import { GetParameterHistoryCommand } from '@aws-sdk/client-ssm';
import type { Part } from '../../support/rehearsal.ts';
import { run } from '../../support/run.ts';
import { importCertificate } from '../certificate.ts';
import { ACCOUNT, REGION } from '../emulator.ts';
import { makeBase } from '../images.ts';
import { killedAt } from '../killed.ts';
import { startStandIn } from '../stand-in.ts';
import { again, any, changes, ended, migrationTasks, names, plant, stageOptions } from '../support.ts';
import type { AwsWorld } from '../world.ts';

const listener = 'AWS::ElasticLoadBalancingV2::Listener';
const refusal = 'UnsupportedCertificate: the certificate must have a fully-qualified domain name and a supported key';

/** From an empty account to a running service, with what goes wrong on the way. */
export const firstDeployPart = (world: AwsWorld): Part => ({
  name: 'From an empty account to a running service',
  needs: ['python3', 'openssl', 'buildah', 'runc', 'docker-registry'],
  async run({ check }) {
    const bundle = join(world.folder, 'bundle');
    let build: string[] = [];
    await check('the bundle and the bases of the image are made', async () => {
      await run(process.execPath, ['scripts/build.ts']);
      await run(process.execPath, ['scripts/rds-ca.ts']);
      cpSync('service/dist', bundle, { recursive: true });
      build = [...(await makeBase(world)), '--bundle', bundle];
    });
    await check('a deploy says that the account is not bootstrapped, and how to do it', async () => {
      ended(await world.deploy([], any), 1, new RegExp(`npx cdk bootstrap aws://${ACCOUNT}/${REGION}`));
    });
    await check('cdk bootstrap', async () => {
      ended(await world.cdk(['bootstrap', `aws://${ACCOUNT}/${REGION}`], { ...any, cwd: world.folder }), 0);
    });
    await check('a missing certificate is reported before anything is created', async () => {
      ended(await world.deploy([], any), 1, /is of account 111122223333/);
      const unknown = `arn:aws:acm:${REGION}:${ACCOUNT}:certificate/00000000-0000-4000-8000-000000000000`;
      const ran = await world.deploy(['-c', `edge.certificateArn=${unknown}`], any);
      ended(ran, 1, /There is no certificate/, /aws acm request-certificate/);
      equal(changes(ran), 0);
    });
    world.notes.set('certificate', await importCertificate(world));
    const first = [...stageOptions(world), ...build, '--no-smoke'];

    await check('a deploy is killed while it builds the image; the next one begins that again', async () => {
      await killedAt(world, first, 'Image');
    });
    await check(
      'a deploy whose listener CloudFormation refuses ends with exit code 1, the resource and its reason',
      async () => {
        await plant(world, { [listener]: refusal });
        const ran = await world.deploy([...again(world), ...build], any);
        await plant(world);
        match(ran.stderr, /build it for linux\/arm64 and linux\/amd64, and push it/);
        ended(ran, 1, /Correct it and run the same command again/);
        match(ran.stderr, /healthcare-ai-dev-service failed, and is ROLLBACK_/);
        ok(ran.stderr.includes(refusal), ran.stderr.slice(-800));
      },
    );
    await check(
      'the same command deletes what was left of it, protected load balancer included, and continues',
      async () => {
        const standIn = await startStandIn(bundle, join(world.folder, 'stand-in'));
        try {
          const options = [...stageOptions(world), ...build, '--templates', 'cdk.out/deploy/dev', '--url', standIn.url];
          const ran = await world.deploy(options, { ...any, env: { SMOKE_API_KEY: standIn.key } });
          ended(ran, 0, /delete what a failed attempt left of service/, /ok +note/, /\d+ checks passed/);
        } finally {
          await standIn.stop();
        }
        return 'its smoke test talks to a real service of the same bundle: the emulator runs no containers';
      },
    );
    await check('no task was there before its image and its schema', async () => {
      const order = await orderOfWork(world);
      const times = order.map(([, time]) => time);
      deepEqual(
        times,
        times.toSorted((a, b) => a - b),
        order.map(([what, time]) => `${what} ${time}`).join(', '),
      );
      return order.map(([what]) => what).join(', ');
    });
    await check('the same command has nothing more to do', async () => {
      const ran = await world.deploy([...again(world), ...build], any);
      ended(ran, 0);
      equal(changes(ran), 0, ran.stderr);
    });
    await check('cdk diff of every stack is empty', () => emptyDiff(world));
  },
});

/** What `cdk diff` finds between the account and the templates: nothing. */
export async function emptyDiff(world: AwsWorld): Promise<void> {
  const ran = await world.cdk(['diff', '--all', '--app', 'cdk.out/deploy/dev', '--fail'], any);
  ended(ran, 0, /Number of stacks with differences: 0/);
}

/** When AWS created each resource. */
async function orderOfWork({ clients }: AwsWorld): Promise<[string, number][]> {
  const stack = async (part: string) => {
    const { Stacks } = await clients.cloudFormation.send(
      new DescribeStacksCommand({ StackName: `${names.base}-${part}` }),
    );
    return Stacks![0]!.CreationTime!;
  };
  const { Parameters } = await clients.ssm.send(new GetParameterHistoryCommand({ Name: names.imageDigestParameter }));
  // The image of the first deploy: sources that changed since have made another.
  const [first] = Parameters!;
  const { imageDetails } = await clients.ecr.send(
    new DescribeImagesCommand({ repositoryName: names.repository, imageIds: [{ imageDigest: first!.Value! }] }),
  );
  const tasks = await migrationTasks({ clients });
  const { services } = await clients.ecs.send(
    new DescribeServicesCommand({ cluster: names.cluster, services: [names.service] }),
  );
  const migrated = Math.min(...tasks.map(({ stoppedAt }) => stoppedAt!.getTime()));
  const times: readonly [string, Date | number][] = [
    ['database', await stack('database')],
    ['image', imageDetails![0]!.imagePushedAt!],
    ['its name in SSM', first!.LastModifiedDate!],
    ['tasks stack', await stack('tasks')],
    ['migrated', migrated],
    ['service stack', await stack('service')],
    ['service', services![0]!.deployments![0]!.createdAt!],
    ['monitoring', await stack('monitoring')],
  ];
  // ECR and SSM report whole seconds.
  return times.map(([what, time]) => [what, Math.floor(Number(time) / 1000)]);
}
