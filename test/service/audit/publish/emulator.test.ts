import {
  CloudWatchLogsClient,
  CreateLogGroupCommand,
  DescribeLogStreamsCommand,
  GetLogEventsCommand,
} from '@aws-sdk/client-cloudwatch-logs';
import {
  CreateBucketCommand,
  DeleteObjectCommand,
  GetObjectCommand,
  HeadObjectCommand,
  ListObjectsV2Command,
  ListObjectVersionsCommand,
  PutObjectLockConfigurationCommand,
  S3Client,
} from '@aws-sdk/client-s3';
import { parseCheckpoint } from '@healthcare-ai/audit-trail/format/checkpoint';
import { publicKeyPem } from '@healthcare-ai/audit-trail/format/public-keys';
import { TrailVerifier } from '@healthcare-ai/audit-trail/verify/verifier';
import { CloudWatchSink } from '../../../../service/src/audit/publish/cloudwatch-sink.ts';
import { Publisher } from '../../../../service/src/audit/publish/publisher.ts';
import { S3Sink } from '../../../../service/src/audit/publish/s3-sink.ts';
import { Sealer } from '../../../../service/src/audit/seal/sealer.ts';
import type { PostgresqlDatabase } from '../../../../service/src/database/postgresql.ts';
import { type Emulator, findEmulator, startEmulator } from '../../support/emulator.ts';
import { withFakeCredentials } from '../../support/fake-aws.ts';
import { findPostgres, type PostgresServer } from '../../support/postgres.ts';
import { newDatabase, newSigner, recordingLog, Writer } from '../../support/sealed-trail.ts';
import { sharedPostgres } from '../../support/shared-postgres.ts';
import { describeWith } from '../../support/skips.ts';

const metrics = { report() {} };
const found = findEmulator() && findPostgres() !== undefined;

/** The calls of CloudWatch Logs and S3 with Object Lock that moto models; of Ed25519 in KMS it knows nothing. */
describeWith('the AWS emulator with moto, and PostgreSQL', found)('the trail in an emulated AWS', () => {
  const restore = withFakeCredentials();
  const signer = newSigner();
  const { log, lines } = recordingLog();
  const logGroup = '/healthcare-ai/test/audit';
  const bucket = 'trail';
  let emulator: Emulator;
  let server: PostgresServer;
  let database: PostgresqlDatabase;
  let logs: CloudWatchLogsClient;
  let s3: S3Client;
  const sinks = () => {
    const { endpoint } = emulator;
    const common = { region: 'us-east-1', endpoint };
    return [
      new CloudWatchSink({ logGroup, ...common }),
      new S3Sink({ bucket, publicKeys: [signer.publicKey], pathStyle: true, ...common }),
    ];
  };

  beforeAll(async () => {
    emulator = await startEmulator();
    const common = { region: 'us-east-1', endpoint: emulator.endpoint };
    logs = new CloudWatchLogsClient(common);
    s3 = new S3Client({ ...common, forcePathStyle: true });
    await logs.send(new CreateLogGroupCommand({ logGroupName: logGroup }));
    await s3.send(new CreateBucketCommand({ Bucket: bucket, ObjectLockEnabledForBucket: true }));
    await s3.send(
      new PutObjectLockConfigurationCommand({
        Bucket: bucket,
        ObjectLockConfiguration: {
          ObjectLockEnabled: 'Enabled',
          Rule: { DefaultRetention: { Mode: 'COMPLIANCE', Days: 2192 } },
        },
      }),
    );
    server = await sharedPostgres();
    database = await newDatabase(server);
    const sealer = new Sealer({ database, signers: [signer], stage: 'test', log, metrics });
    const writer = new Writer(database);
    // The second time another process has taken over.
    for (const size of [5, 1_200]) {
      await writer.write(size);
      await sealer.seal({ dueAfter: 0 });
      await new Publisher({ database, sinks: sinks(), log, metrics }).stop(60_000);
    }
  });
  afterAll(async () => {
    logs?.destroy();
    s3?.destroy();
    await database?.close();
    await server?.remove();
    await emulator?.stop();
    restore();
  });

  test('the log streams, in their order, are the trail', async () => {
    const { logStreams = [] } = await logs.send(new DescribeLogStreamsCommand({ logGroupName: logGroup }));
    const names = logStreams.map(({ logStreamName }) => logStreamName!).sort();
    expect(names).toHaveLength(2);
    const verifier = new TrailVerifier({ keys: [signer.publicKey], now: new Date() });
    let line = 0;
    for (const logStreamName of names) {
      for (let nextToken: string | undefined; ; ) {
        const page = await logs.send(
          new GetLogEventsCommand({ logGroupName: logGroup, logStreamName, startFromHead: true, nextToken }),
        );
        for (const { message } of page.events ?? []) verifier.line(message!, logStreamName, ++line);
        if (page.nextForwardToken === nextToken) break;
        nextToken = page.nextForwardToken;
      }
    }
    expect(lines.filter(({ level }) => level === 'error')).toEqual([]);
    expect(verifier.finish()).toMatchObject({ ok: true, checkpoints: 2, events: 1_205 });
  });

  test('the bucket holds each checkpoint and the key, locked for as long as the bucket says', async () => {
    const { rows } = await database.query<{ record: string }>({
      text: 'SELECT record FROM audit_checkpoints ORDER BY number',
    });
    const trail = parseCheckpoint(rows[0]!.record).statement.origin.split('/')[1];
    const { Contents = [] } = await s3.send(new ListObjectsV2Command({ Bucket: bucket }));
    const objects = new Map<string, string>();
    for (const { Key } of Contents) {
      const { Body } = await s3.send(new GetObjectCommand({ Bucket: bucket, Key }));
      objects.set(Key!, await Body!.transformToString());
    }
    expect(Object.fromEntries(objects)).toEqual({
      [`audit/keys/${signer.keyId}.pem`]: publicKeyPem(signer.publicKey),
      [`audit/checkpoints/${trail}/000000000001.json`]: rows[0]!.record,
      [`audit/checkpoints/${trail}/000000000002.json`]: rows[1]!.record,
    });

    const Key = `audit/checkpoints/${trail}/000000000001.json`;
    const head = await s3.send(new HeadObjectCommand({ Bucket: bucket, Key }));
    expect(head.ObjectLockMode).toBe('COMPLIANCE');
    expect(head.ObjectLockRetainUntilDate!.getTime()).toBeGreaterThan(Date.now() + 2191 * 86_400_000);
    const { Versions } = await s3.send(new ListObjectVersionsCommand({ Bucket: bucket, Prefix: Key }));
    expect(Versions).toHaveLength(1);
    const remove = new DeleteObjectCommand({ Bucket: bucket, Key, VersionId: Versions![0]!.VersionId });
    await expect(s3.send(remove)).rejects.toMatchObject({ name: 'AccessDenied' });
  });

  test('a checkpoint that is published again is compared with what stands there', async () => {
    const { rows } = await database.query<{ record: string }>({
      text: 'SELECT record FROM audit_checkpoints ORDER BY number',
    });
    const [first, second] = rows.map(({ record }) => parseCheckpoint(record));
    const sink = sinks()[1]!;
    const trail = first!.statement.origin.split('/')[1]!;
    await sink.open({ term: 9, trail, signal: new AbortController().signal });
    await sink.publish(first!, none());
    const forged = { ...second!, record: rows[0]!.record };
    await expect(sink.publish(forged, none())).rejects.toMatchObject({ code: 'FORK' });
  });
});

async function* none(): AsyncGenerator<string> {}
