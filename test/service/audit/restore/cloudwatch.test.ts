/** @slow */

import { randomUUID } from 'node:crypto';
import { CloudWatchSink } from '../../../../service/src/audit/publish/cloudwatch-sink.ts';
import { Publisher } from '../../../../service/src/audit/publish/publisher.ts';
import { S3Sink } from '../../../../service/src/audit/publish/s3-sink.ts';
import { Sealer } from '../../../../service/src/audit/seal/sealer.ts';
import { FakeTrail } from '../../../packages/ops/audit/fake-trail.ts';
import { jsonError, withFakeCredentials } from '../../support/fake-aws.ts';
import { killRestoreAt } from '../../support/kill-restore.ts';
import type { PostgresServer } from '../../support/postgres.ts';
import { recordingLog, verifyDatabase, Writer } from '../../support/sealed-trail.ts';
import { runCommand } from '../../support/service.ts';
import { newestIn, restoreEvents, type SetBack, setBack } from '../../support/set-back.ts';
import { sharedPostgres } from '../../support/shared-postgres.ts';
import { describeWithPostgres } from '../../support/skips.ts';

const logGroup = '/healthcare-ai/dev/audit';
const bucket = 'audit-bucket';

describeWithPostgres()('audit restore --cloudwatch', () => {
  const restoreCredentials = withFakeCredentials();
  let server: PostgresServer;
  let aws: FakeTrail;
  let endpoint: string;
  let one: SetBack;
  let trail: string;

  beforeAll(async () => {
    server = await sharedPostgres();
  });
  beforeEach(async () => {
    aws = new FakeTrail();
    endpoint = await aws.start();
    aws.pageSize = 211;
    await begin(1_500);
  });
  afterEach(async () => {
    await one.remove();
    await aws.stop();
  });
  afterAll(async () => {
    await server?.remove();
    restoreCredentials();
  });

  /** Two publishers wrote the log group, of whom the second repeated what the first did not know was written. */
  const begin = async (events: number) => {
    one = await setBack(server, { has: 6, checkpoints: 20, events });
    trail = one.aged.trail.origin.split('/')[1]!;
    aws.publicKey = one.aged.signer.publicKey;
    aws.streams.clear();
    aws.streams.set(streamOf(2), linesOf(8, 20));
    aws.streams.set(streamOf(1), linesOf(1, 9).slice(0, -5));
    aws.objects.clear();
    for (const { checkpoint } of one.aged.trail.published) aws.keep(trail, checkpoint);
  };
  const streamOf = (term: number) => `${trail}/${String(term).padStart(8, '0')}-${randomUUID()}`;
  const published = (number: number) => one.aged.trail.published[number - 1]!;
  const linesOf = (from: number, to: number) =>
    one.aged.trail.published.slice(from - 1, to).flatMap(({ events, checkpoint }) => [...events, checkpoint.record]);
  const inAws = () => ({
    AWS_ACCESS_KEY_ID: 'test',
    AWS_SECRET_ACCESS_KEY: 'test',
    AWS_REGION: 'us-east-1',
    AWS_ENDPOINT_URL: endpoint,
    AUDIT_LOG_GROUP: logGroup,
    AUDIT_BUCKET: bucket,
    AUDIT_SIGNING_KEY_ID: 'alias/signing',
  });
  const command = (...more: string[]) =>
    runCommand(['audit', 'restore', '--cloudwatch', ...more], { ...one.env, ...inAws() });
  const sinksOf = async () =>
    (await one.database.query({ text: 'SELECT sink, number FROM audit_publications ORDER BY sink' })).rows;

  test('adds what is missing, by the key of KMS, and knows what both sinks have', async () => {
    const { code, stdout, stderr } = await command();

    expect([code, stderr]).toEqual([0, '']);
    const { total } = published(20).checkpoint.statement;
    const missing = total - published(6).checkpoint.statement.total;
    expect(stdout).toBe(`added checkpoints 7 to 20 with ${missing} events; the next checkpoint is 21\n`);
    expect(await verifyDatabase(one.database, [one.aged.signer])).toMatchObject({ ok: true, events: total });
    expect(await sinksOf()).toEqual([
      { sink: 'cloudwatch', number: '20' },
      { sink: 'files', number: '6' },
      { sink: 's3', number: '20' },
    ]);
    expect(await command()).toMatchObject({
      code: 0,
      stdout: 'nothing to restore: the database has checkpoint 20, the newest of the log group\n',
    });
  }, 60_000);

  test('publishing continues behind it: nothing is sent again, and both sinks are whole', async () => {
    await command();
    const before = aws.requests.length;
    const { signer } = one.aged;
    const { log, lines } = recordingLog();
    const metrics = { report() {} };
    const where = { region: 'us-east-1', endpoint };
    const sinks = [
      new CloudWatchSink({ logGroup, ...where }),
      new S3Sink({ bucket, publicKeys: [signer.publicKey], pathStyle: true, ...where }),
    ];
    const names = new Set(aws.streams.keys());
    await new Writer(one.database).write(200);
    const sealer = new Sealer({ database: one.database, signers: [signer], stage: 'test', log, metrics });
    expect(await sealer.seal({ dueAfter: 0 })).toMatchObject({ kind: 'made' });
    await new Publisher({ database: one.database, sinks, log, metrics }).stop(30_000);

    expect(lines.filter(({ level }) => level === 'error')).toEqual([]);
    const [name, ...others] = [...aws.streams.keys()].filter((stream) => !names.has(stream));
    expect(others).toEqual([]);
    // Its term is later than any of the time that was lost.
    expect([...names, name!].sort().at(-1)).toBe(name);
    const sent = aws.streams.get(name!)!;
    const told = (await restoreEvents(one.database)).length;
    expect(sent.filter((line) => line.startsWith('{"heads":'))).toHaveLength(1);
    expect(sent).toHaveLength(200 + 2 + told + 1);
    const put = aws.requests.slice(before).filter(({ method }) => method === 'PUT');
    expect(put.map(({ path }) => path.split('?')[0])).toEqual([
      `/${bucket}/audit/keys/${signer.keyId}.pem`,
      `/${bucket}/audit/checkpoints/${trail}/000000000021.json`,
    ]);
    // The log group, old and new, is one trail, and the database has all of it.
    expect(await command()).toMatchObject({ code: 0, stdout: expect.stringContaining('has checkpoint 21') });
  }, 60_000);

  test('killed in the middle, it is run again and ends whole', async () => {
    // A transaction takes about 4,096 events.
    await one.remove();
    await begin(9_000);
    await killRestoreAt(one, 18, ['--cloudwatch'], inAws());
    const has = await newestIn(one.database);
    expect(has).toBeGreaterThan(6);
    expect(has).toBeLessThan(18);
    expect(await verifyDatabase(one.database, [one.aged.signer])).toMatchObject({ ok: true });

    const { code, stdout } = await command();

    expect({ code, stdout }).toEqual({
      code: 0,
      stdout: expect.stringMatching(new RegExp(`^added checkpoints ${has + 1} to 20 `)),
    });
    const { total } = published(20).checkpoint.statement;
    expect(await verifyDatabase(one.database, [one.aged.signer])).toMatchObject({ ok: true, events: total });
    const told = (await restoreEvents(one.database)).reduce((sum, { count }) => sum + Number(count), 0);
    expect(told).toBe(total - published(6).checkpoint.statement.total);
  }, 120_000);

  test('refuses to seal the trail short of what the bucket keeps', async () => {
    for (const [name, lines] of aws.streams) aws.streams.set(name, lines.slice(0, -1));
    const { code, stderr } = await command();

    expect(code).toBe(1);
    expect(stderr).toMatch(
      /^healthcare-ai: the sink s3 has checkpoint 20, and the log group ends with 19: .*run it again/,
    );
    expect(await newestIn(one.database)).toBe(6);
    expect(await restoreEvents(one.database)).toMatchObject([{ outcome: 'failure', reason: 'behind' }]);
  }, 60_000);

  test('refuses a fork: the database sealed a checkpoint of its own', async () => {
    const { log } = recordingLog();
    const metrics = { report() {} };
    const { signer } = one.aged;
    await new Writer(one.database).write(3);
    await new Sealer({ database: one.database, signers: [signer], stage: 'test', log, metrics }).seal({ dueAfter: 0 });

    const { code, stderr } = await command();

    expect({ code, stderr }).toEqual({
      code: 1,
      stderr: expect.stringMatching(/^healthcare-ai: the database has another checkpoint 7 than the sink: .*\n$/),
    });
    expect(await newestIn(one.database)).toBe(7);
  }, 60_000);

  test('refuses a log group that is broken, and names the record', async () => {
    const [name, lines] = [...aws.streams][0]!;
    aws.streams.set(
      name,
      lines.with(lines.length - 3, lines.at(-3)!.replace('"outcome":"success"', '"outcome":"denied"')),
    );
    expect(aws.streams.get(name)).not.toEqual(lines);

    const { code, stderr } = await command();

    expect(code).toBe(1);
    expect(stderr).toMatch(/^healthcare-ai: the log group does not verify: .* line \d+/);
    expect(await newestIn(one.database)).toBe(6);
  }, 60_000);

  test('reads on when it is throttled or cut off', async () => {
    aws.troubles.push(
      jsonError('ThrottlingException', 'Rate exceeded'),
      'hang up',
      jsonError('ThrottlingException', 'Rate exceeded'),
      jsonError('ServiceUnavailableException', 'The service cannot complete the request.', 503),
    );
    expect(await command()).toMatchObject({ code: 0, stdout: expect.stringContaining('checkpoints 7 to 20') });
  }, 60_000);

  test('says in one line that there is no such trail, or that it must be named', async () => {
    aws.streams.clear();
    expect(await command()).toMatchObject({ code: 2, stderr: expect.stringContaining('holds no streams of') });
  }, 60_000);
});
