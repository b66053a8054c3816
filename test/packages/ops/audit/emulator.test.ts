import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CreateLogGroupCommand } from '@aws-sdk/client-cloudwatch-logs';
import { CreateBucketCommand, GetObjectCommand } from '@aws-sdk/client-s3';
import { keyIdOf, publicKeyPem } from '@healthcare-ai/audit-trail/format/public-keys';
import { createClients } from '@healthcare-ai/ops/aws/clients';
import { namesOf } from '../../../../lib/config/names.ts';
import { type Emulator, startEmulator, whatIsMissing } from '../../../../rehearse/aws/emulator.ts';
import { CloudWatchSink } from '../../../../service/src/audit/publish/cloudwatch-sink.ts';
import { S3Sink } from '../../../../service/src/audit/publish/s3-sink.ts';
import { withFakeCredentials } from '../../../service/support/fake-aws.ts';
import { freePort } from '../../../service/support/free-port.ts';
import { describeWith } from '../../../service/support/skips.ts';
import { buildTrail, type Published, type Trail } from '../../audit-trail/support/build-trail.ts';
import { quickClock, runAgainst } from '../support/run-command.ts';
import { auditOf } from './published-trail.ts';

const missing = whatIsMissing();
const command = auditOf('auditor');

/** What the emulator models: log streams, objects, conditional puts. Its KMS has no Ed25519. */
describeWith(missing ?? 'the emulator', missing === undefined)('the trail in AWS', () => {
  const restore = withFakeCredentials();
  const logGroup = namesOf('dev', 'us-east-1').logGroups.audit;
  const bucket = 'healthcare-ai-audit';
  const { signal } = new AbortController();
  let emulator: Emulator;
  let trail: Trail;
  let folder: string;
  let key: string;

  beforeAll(async () => {
    emulator = await startEmulator(await freePort(), 'http://localhost:1');
    trail = await buildTrail({ seed: 51, events: 1_500, checkpoints: 5, writers: 3 });
    const clients = clientsOf();
    await clients.logs.send(new CreateLogGroupCommand({ logGroupName: logGroup }));
    await clients.s3.send(new CreateBucketCommand({ Bucket: bucket }));
    folder = mkdtempSync(join(tmpdir(), 'healthcare-ai-audit-'));
    key = join(folder, 'audit.pem');
    writeFileSync(key, publicKeyPem(trail.signers[0]!.publicKey));
  }, 120_000);
  afterAll(async () => {
    restore();
    await emulator?.stop();
    if (folder) rmSync(folder, { recursive: true, force: true });
  });

  const clientsOf = () =>
    createClients({
      region: 'us-east-1',
      endpoint: emulator.endpoint,
      credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
      signal,
    });

  /** By the service's own sinks. */
  async function publish(published: readonly Published[], term: number): Promise<void> {
    const uuid = trail.origin.split('/')[1]!;
    const publicKeys = trail.signers.map(({ publicKey }) => publicKey);
    const { endpoint } = emulator;
    const sinks = [
      new CloudWatchSink({ logGroup, region: 'us-east-1', endpoint }),
      new S3Sink({ bucket, region: 'us-east-1', endpoint, publicKeys, pathStyle: true }),
    ];
    for (const sink of sinks) {
      await sink.open({ term, trail: uuid, signal });
      for (const { checkpoint, events } of published) {
        await sink.publish(
          checkpoint,
          (async function* (): AsyncGenerator<string> {
            yield events.join('\n');
          })(),
        );
      }
      await sink.close();
    }
  }

  const verify = (...args: string[]) =>
    runAgainst(['audit', 'verify', '--cloudwatch', '--stage', 'dev', '--public-key', key, '--json', ...args], {
      endpoint: emulator.endpoint,
      command,
      clock: quickClock(trail.end.getTime()),
    });

  test('is verified as two publishers wrote it, one after the other, with what they repeated', async () => {
    await publish(trail.published.slice(0, 3), 1);
    await publish(trail.published.slice(2), 2);
    const { code, out, err } = await verify('--bucket', bucket);
    expect({ code, err }).toEqual({ code: 0, err: '' });
    expect(JSON.parse(out)).toMatchObject({
      ok: true,
      checkpoints: 5,
      duplicates: trail.published[2]!.events.length + 1,
      trusted: { number: 5 },
    });
  }, 60_000);

  test('keeps the public key beside the checkpoints', async () => {
    const { keyId, publicKey } = trail.signers[0]!;
    expect(keyId).toBe(keyIdOf(publicKey));
    const { Body } = await clientsOf().s3.send(
      new GetObjectCommand({ Bucket: bucket, Key: `audit/keys/${keyId}.pem` }),
    );
    expect(await Body?.transformToString()).toBe(publicKeyPem(publicKey));
  });
});
