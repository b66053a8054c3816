import { CloudWatchLogsClient, CreateLogGroupCommand } from '@aws-sdk/client-cloudwatch-logs';
import { CreateBucketCommand, S3Client } from '@aws-sdk/client-s3';
import { CloudWatchSink } from '../../../../service/src/audit/publish/cloudwatch-sink.ts';
import { Publisher } from '../../../../service/src/audit/publish/publisher.ts';
import { S3Sink } from '../../../../service/src/audit/publish/s3-sink.ts';
import { restoreTrail } from '../../../../service/src/audit/restore/restore.ts';
import { openLogGroupSource } from '../../../../service/src/audit/restore/source/log-group.ts';
import { Sealer } from '../../../../service/src/audit/seal/sealer.ts';
import { PostgresqlDatabase } from '../../../../service/src/database/postgresql.ts';
import { type Emulator, findEmulator, startEmulator } from '../../support/emulator.ts';
import { withFakeCredentials } from '../../support/fake-aws.ts';
import { findPostgres, type PostgresServer } from '../../support/postgres.ts';
import { newDatabase, newSigner, recordingLog, verifyDatabase, Writer } from '../../support/sealed-trail.ts';
import { newestIn } from '../../support/set-back.ts';
import { sharedPostgres } from '../../support/shared-postgres.ts';
import { describeWith } from '../../support/skips.ts';

const metrics = { report() {} };
const logGroup = '/healthcare-ai/test/audit';
const bucket = 'trail';
const found = findEmulator() && findPostgres() !== undefined;

/** One story: what was published stays in an emulated AWS, the database is set back, and the trail continues. */
describeWith('the AWS emulator with moto, and PostgreSQL', found)('a database set back, its trail in AWS', () => {
  const restoreCredentials = withFakeCredentials();
  const signer = newSigner();
  const { log, lines } = recordingLog();
  let emulator: Emulator;
  let server: PostgresServer;
  let database: PostgresqlDatabase;
  let earlier: PostgresqlDatabase;

  const where = () => ({ region: 'us-east-1', endpoint: emulator.endpoint });
  const s3Sink = () => new S3Sink({ bucket, publicKeys: [signer.publicKey], pathStyle: true, ...where() });
  const sealAndPublish = async (to: PostgresqlDatabase) => {
    const sealer = new Sealer({ database: to, signers: [signer], stage: 'test', log, metrics });
    expect(await sealer.seal({ dueAfter: 0 })).toMatchObject({ kind: 'made' });
    const sinks = [new CloudWatchSink({ logGroup, ...where() }), s3Sink()];
    await new Publisher({ database: to, sinks, log, metrics }).stop(60_000);
  };
  const source = () => openLogGroupSource({ logGroup, ...where() });
  const verified = async () => (await source()).verify({ keys: [signer.publicKey], now: new Date() });

  beforeAll(async () => {
    emulator = await startEmulator();
    const logs = new CloudWatchLogsClient(where());
    const s3 = new S3Client({ ...where(), forcePathStyle: true });
    await logs.send(new CreateLogGroupCommand({ logGroupName: logGroup }));
    await s3.send(new CreateBucketCommand({ Bucket: bucket, ObjectLockEnabledForBucket: true }));
    logs.destroy();
    s3.destroy();
    server = await sharedPostgres();
    database = await newDatabase(server, 'published');
    const writer = new Writer(database);
    await writer.write(40);
    await sealAndPublish(database);
    // A template is copied while nobody is connected to it.
    await database.close();
    await server.copyDatabase('published', 'earlier');
    database = new PostgresqlDatabase({ url: server.ownerUrl('published'), poolSize: 4, onIdleError: () => {} });
    const second = new Writer(database);
    for (const size of [300, 900]) {
      await second.write(size);
      await sealAndPublish(database);
    }
    earlier = new PostgresqlDatabase({ url: server.ownerUrl('earlier'), poolSize: 4, onIdleError: () => {} });
  }, 180_000);
  afterAll(async () => {
    await earlier?.close();
    await database?.close();
    await server?.remove();
    await emulator?.stop();
    restoreCredentials();
  });

  test('is brought up to what the log group has, and knows what both sinks have', async () => {
    expect(await newestIn(earlier)).toBe(1);
    const restored = await restoreTrail({
      database: earlier,
      source: await source(),
      keys: [signer.publicKey],
      published: ['cloudwatch'],
      asked: [s3Sink()],
      now: new Date(),
    });

    expect(restored).toEqual({ first: 2, last: 3, events: 1_200, newest: 3 });
    expect(await verifyDatabase(earlier, [signer])).toMatchObject({ ok: true, checkpoints: 3, events: 1_240 });
    const sinks = await earlier.query({ text: 'SELECT sink, number FROM audit_publications ORDER BY sink' });
    expect(sinks.rows).toEqual([
      { sink: 'cloudwatch', number: '3' },
      { sink: 's3', number: '3' },
    ]);
  }, 60_000);

  test('continues sealing and publishing: log group and database are one trail, and nothing stands there twice', async () => {
    await new Writer(earlier).write(25);
    await sealAndPublish(earlier);

    expect(lines.filter(({ level }) => level === 'error')).toEqual([]);
    const kept = await verified();
    const stored = await verifyDatabase(earlier, [signer]);
    expect(kept).toMatchObject({ ok: true, checkpoints: 4, duplicates: 0, unproven: { events: 0 } });
    expect(stored).toMatchObject({ ok: true, events: kept.events, trusted: kept.trusted });
  }, 60_000);
});
