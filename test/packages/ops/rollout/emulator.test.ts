import { createHash } from 'node:crypto';
import {
  CreateChangeSetCommand,
  DescribeStackEventsCommand,
  DescribeStacksCommand,
  ExecuteChangeSetCommand,
} from '@aws-sdk/client-cloudformation';
import { CreateRepositoryCommand, PutImageCommand } from '@aws-sdk/client-ecr';
import { DescribeServicesCommand } from '@aws-sdk/client-ecs';
import { GetParameterCommand, PutParameterCommand } from '@aws-sdk/client-ssm';
import { type AwsClients, createClients } from '@healthcare-ai/ops/aws/clients';
import { systemClock } from '@healthcare-ai/ops/clock';
import { oneOffPlace } from '@healthcare-ai/ops/rollout/migration';
import { endOfTask, startOneOffTask } from '@healthcare-ai/ops/rollout/one-off-task';
import { namesOf } from '../../../../lib/config/names.ts';
import { type Emulator, startEmulator, whatIsMissing } from '../../../../rehearse/aws/emulator.ts';
import { describeWhere } from '../../../lib/support/program.ts';
import { freePort } from '../../../service/support/free-port.ts';
import { imageTemplates } from '../support/image-templates.ts';
import { runOps } from '../support/run-ops.ts';

const names = namesOf('dev', 'us-east-1');
const missing = whatIsMissing();

/** An index for both platforms. `rehearsal.fails.*` is how the emulator knows an image that does not start. */
async function push(
  { ecr }: AwsClients,
  tag: string,
  annotations: Readonly<Record<string, string>> = {},
): Promise<string> {
  const platform = (architecture: string) => ({
    mediaType: 'application/vnd.oci.image.manifest.v1+json',
    digest: `sha256:${createHash('sha256').update(`${tag} ${architecture}`).digest('hex')}`,
    size: 1,
    platform: { os: 'linux', architecture },
  });
  const schema = { 'org.healthcare-ai.schema.version': '3', 'org.healthcare-ai.schema.oldest-service': '1' };
  const mediaType = 'application/vnd.oci.image.index.v1+json';
  const manifests = ['amd64', 'arm64'].map(platform);
  const imageManifest = JSON.stringify({
    schemaVersion: 2,
    mediaType,
    annotations: { ...schema, ...annotations },
    manifests,
  });
  const imageDigest = `sha256:${createHash('sha256').update(imageManifest).digest('hex')}`;
  const repositoryName = names.repository;
  for (const { digest, mediaType } of manifests) {
    const imageManifest = JSON.stringify({ schemaVersion: 2, mediaType, digest });
    await ecr.send(
      new PutImageCommand({ repositoryName, imageManifest, imageDigest: digest, imageManifestMediaType: mediaType }),
    );
  }
  await ecr.send(
    new PutImageCommand({
      repositoryName,
      imageManifest,
      imageDigest,
      imageTag: tag,
      imageManifestMediaType: mediaType,
    }),
  );
  return imageDigest;
}

/** By a change set, as `cdk deploy` does. */
async function createStack({ cloudFormation }: AwsClients, StackName: string, TemplateBody: string): Promise<void> {
  const ChangeSetName = 'first';
  await cloudFormation.send(
    new CreateChangeSetCommand({ StackName, ChangeSetName, ChangeSetType: 'CREATE', TemplateBody }),
  );
  await cloudFormation.send(new ExecuteChangeSetCommand({ StackName, ChangeSetName }));
  const { Stacks } = await cloudFormation.send(new DescribeStacksCommand({ StackName }));
  if (Stacks?.[0]?.StackStatus === 'CREATE_COMPLETE') return;
  const { StackEvents } = await cloudFormation.send(new DescribeStackEventsCommand({ StackName }));
  throw new Error(JSON.stringify(StackEvents?.map(({ ResourceStatusReason: reason }) => reason)));
}

describeWhere(missing === undefined, `rollouts against the AWS emulator, for want of ${missing}`)(
  'against the emulator',
  () => {
    let emulator: Emulator;
    let clients: AwsClients;
    const ops = (...args: readonly string[]) =>
      runOps(emulator.endpoint, [...args, '--stage', 'dev', '--yes'], { requestTimeoutMs: 120_000 });
    const wanted = async () =>
      (await clients.ssm.send(new GetParameterCommand({ Name: names.imageDigestParameter }))).Parameter?.Value;

    beforeAll(async () => {
      emulator = await startEmulator(await freePort(), 'http://localhost:5001');
      const credentials = { accessKeyId: 'test', secretAccessKey: 'test' };
      const { signal } = new AbortController();
      // It makes a stack within one call, and takes its time on a busy machine: a call that is repeated makes it twice.
      const requestTimeoutMs = 120_000;
      clients = createClients({
        region: 'us-east-1',
        endpoint: emulator.endpoint,
        credentials,
        signal,
        requestTimeoutMs,
      });
      await clients.ecr.send(new CreateRepositoryCommand({ repositoryName: names.repository }));
      const digest = await push(clients, 'v1');
      await clients.ssm.send(
        new PutParameterCommand({ Name: names.imageDigestParameter, Value: digest, Type: 'String' }),
      );
      const { migration, service } = imageTemplates(names);
      await createStack(clients, `${names.base}-tasks`, JSON.stringify(migration));
      // The service does not start on an older schema.
      const context = { clients, names, clock: systemClock, signal, timeoutMs: 30_000 };
      const place = await oneOffPlace(context);
      const task = await startOneOffTask(context, { ...place, startedBy: 'test', token: 'first' });
      expect(await endOfTask(context, task, place.container)).toMatchObject({ exitCode: 0 });
      await createStack(clients, `${names.base}-service`, JSON.stringify(service));
    });
    afterAll(() => emulator?.stop());

    test('an image is rolled out, and CloudFormation, ECS and SSM name it', async () => {
      const digest = await push(clients, 'v2');
      const ran = await ops('rollout', 'v2');
      expect(ran).toMatchObject({ code: 0, err: expect.stringContaining('steady state') });
      expect(ran.out).toBe(`Rolled out: the stage runs ${digest}.\n`);
      expect(await wanted()).toBe(digest);
      const status = JSON.parse((await ops('status', '--json')).out);
      expect(status).toMatchObject({
        digest,
        stacks: [{ digest }, { digest }],
        service: { deployments: [{ digest, state: 'COMPLETED' }] },
      });
      expect(status.change).toBeUndefined();
    });

    test('a bad image ends in the old one, exit code 1 and its last words', async () => {
      const before = await wanted();
      await push(clients, 'v3-bad', { 'rehearsal.fails.service': 'Error: Cannot find module' });
      const { code, err } = await ops('rollout', 'v3-bad');
      expect({ code, err }).toMatchObject({ code: 1 });
      expect(err).toMatch(/circuit breaker/i);
      expect(err).toMatch(/ended with exit code 1[\s\S]*Error: Cannot find module/);
      expect(err).toMatch(/Rolled back: the stage runs/);
      expect(await wanted()).toBe(before);
      expect((await ops('status')).out).not.toMatch(/NOT AS SSM SAYS|HALF DONE/);
    });

    test('rollback, restart and scale', async () => {
      expect(await ops('rollback')).toMatchObject({ code: 0, out: expect.stringContaining('Rolled back') });
      expect(await ops('restart')).toMatchObject({ code: 0 });
      expect(await ops('scale', '--min', '5')).toMatchObject({
        code: 0,
        out: expect.stringMatching(/^Scaled: 5 to 6 tasks/),
      });
      const described = new DescribeServicesCommand({ cluster: names.cluster, services: [names.service] });
      await clients.ecs.send(described);
      const { services } = await clients.ecs.send(described);
      expect(services?.[0]).toMatchObject({ desiredCount: 5 });
    });
  },
);
