/** @slow */

import { setTimeout as sleep } from 'node:timers/promises';
import { parseCheckpoint } from '@healthcare-ai/audit-trail/format/checkpoint';
import { localSigner } from '@healthcare-ai/audit-trail/format/signer';
import { segmentPath } from '@healthcare-ai/audit-trail/segments/segment-store';
import { compareCopy } from '@healthcare-ai/audit-trail/verify/compare-copy';
import { TrailVerifier } from '@healthcare-ai/audit-trail/verify/verifier';
import { ed25519Key } from '../../../service/src/config/settings/values.ts';
import { FakeTrail } from '../../packages/ops/audit/fake-trail.ts';
import { eventually } from '../../support/eventually.ts';
import { bundle } from '../support/bundle.ts';
import { buildEarlierRelease, type EarlierRelease, hasEarlierRelease } from '../support/earlier-release.ts';
import { Load, type SentNote } from '../support/load.ts';
import { findPostgres, type OwnPostgresServer, startPostgres } from '../support/postgres.ts';
import { createKey, runCommand, type ServiceProcess, startProcess, type TestDatabase } from '../support/service.ts';
import { serviceRole } from '../support/shared-postgres.ts';
import { describeWith } from '../support/skips.ts';
import { readNotes, verifyAudit } from '../support/trail.ts';

/** `SIDE_BY_SIDE_SECONDS=600` is what the nightly job gives. */
const seconds = Number(process.env.SIDE_BY_SIDE_SECONDS ?? 8);

/** One database, one log group and one bucket, while the release before and this one run side by side. */
describeWith('commit 8b7b651 (release 0.1.0) and PostgreSQL', hasEarlierRelease() && findPostgres() !== undefined)(
  `release 0.1.0 and this one side by side for ${seconds} s, with the lead moving; rolled back, and forward again`,
  () => {
    let earlier: EarlierRelease;
    let server: OwnPostgresServer;
    let database: TestDatabase;
    let aws: FakeTrail;
    let token: string;
    let env: Record<string, string>;
    let load: Load;
    let running: ServiceProcess[] = [];
    const releases = new Map<ServiceProcess, 'earlier' | 'this'>();
    const leaders: ('earlier' | 'this')[] = [];
    let objectsBefore: string[] = [];
    let rolledBack: Awaited<ReturnType<typeof readNotes>>;
    let refused: Awaited<ReturnType<typeof runCommand>>;
    let switched: Awaited<ReturnType<typeof runCommand>>;
    let acknowledged: readonly SentNote[] = [];

    const start = async (release: 'earlier' | 'this') => {
      const one = await startProcess({ env, bundle: release === 'this' ? bundle : earlier.bundle });
      releases.set(one, release);
      running.push(one);
      return one;
    };
    const end = async (one: ServiceProcess, how: 'SIGTERM' | 'SIGKILL') => {
      running = running.filter((other) => other !== one);
      one.child.kill(how);
      await one.exited;
    };
    const leads = (one: ServiceProcess) => one.output().includes('"event":"audit_publishing"');
    const checkpointsOf = async () =>
      (await server.query<{ record: string }>('SELECT record FROM audit_checkpoints ORDER BY number')).map(
        ({ record }) => parseCheckpoint(record),
      );
    const position = async () =>
      (
        await server.query<{ number: number; done: boolean }>(
          `SELECT min(number)::int AS number, bool_and(backfilled_at IS NOT NULL) FILTER (WHERE sink = 's3') AS done
           FROM audit_publications`,
        )
      )[0]!;
    const keys = () => [localSigner(ed25519Key.parse(env.AUDIT_SIGNING_KEY)).publicKey];
    const trail = async () => (await checkpointsOf())[0]!.statement.origin.split('/')[1]!;
    async function* logGroup() {
      for (const source of [...aws.streams.keys()].sort()) yield { source, first: 1, lines: aws.streams.get(source)! };
    }
    async function* segments(from: number, to: number) {
      const uuid = await trail();
      for (let number = from; number <= to; number++) {
        const name = `audit/${segmentPath(uuid, number)}`;
        const text = aws.objects.get(name);
        if (text !== undefined) yield { number, name, bytes: Buffer.from(text) };
      }
    }

    beforeAll(
      async () => {
        earlier = buildEarlierRelease();
        server = await startPostgres({ fsync: false });
        aws = new FakeTrail();
        const endpoint = await aws.start();
        aws.pageSize = 1_000_000;
        const secret = (byte: number) => Buffer.alloc(32, byte).toString('base64');
        env = {
          DATABASE_URL: server.urlOf(serviceRole.name, serviceRole.password),
          ENCRYPTION_KEY: secret(7),
          AUDIT_SIGNING_KEY: secret(8),
          AUDIT_CHECKPOINT_SECONDS: '1',
          AUDIT_LOG_GROUP: '/healthcare-ai/dev/audit',
          AUDIT_BUCKET: 'audit-bucket',
          AWS_REGION: 'us-east-1',
          AWS_ACCESS_KEY_ID: 'test',
          AWS_SECRET_ACCESS_KEY: 'test',
          AWS_ENDPOINT_URL: endpoint,
          ANALYSIS_WORKERS: '0',
          SHUTDOWN_DELAY_SECONDS: '0',
        };
        const ownerEnv = { ...env, DATABASE_URL: server.ownerUrl(), SERVICE_ROLE_PASSWORD: serviceRole.password };
        database = { kind: 'postgresql', env, ownerEnv, server, remove: () => server.remove() };
        const migrate = (program: string) =>
          runCommand(['migrate', '--service-role', serviceRole.name], ownerEnv, program);

        // The release before made the database; this one migrates it while that runs, as an upgrade does.
        expect(await migrate(earlier.bundle)).toMatchObject({ code: 0 });
        token = await createKey(database, { roles: ['clinician'] });
        await start('earlier');
        const url = () => running[Math.floor(Math.random() * running.length)]?.url;
        load = new Load({ url, token, keyed: 2, unkeyed: 2, pause: 50 });
        await load.progress(50);
        expect(await migrate(bundle)).toMatchObject({ code: 0 });
        await start('this');
        const deadline = performance.now() + seconds * 1_000;
        for (let round = 0; performance.now() < deadline || (new Set(leaders).size < 2 && round < 40); round++) {
          await sleep(1_000 + Math.random() * 1_000);
          const leader = running.find(leads);
          const victim = leader ?? running[0]!;
          if (leader) leaders.push(releases.get(leader)!);
          const next = releases.get(victim)!;
          await end(victim, round % 2 === 0 ? 'SIGKILL' : 'SIGTERM');
          await start(next);
        }

        // Rolled back before the switch: the release before alone.
        await start('earlier');
        for (const one of [...running]) if (releases.get(one) === 'this') await end(one, 'SIGTERM');
        await load.progress(100);
        await eventually('publication', async () => (await position()).number >= (await checkpointsOf()).length - 1);
        acknowledged = load.acknowledged();
        rolledBack = await readNotes(
          running[0]!.url,
          token,
          acknowledged.map(({ auditId }) => auditId!),
        );
        objectsBefore = [...aws.objects.keys()];

        // Forward again, and switched once nothing older runs.
        await start('this');
        refused = await runCommand(['audit', 'switch-format'], ownerEnv);
        for (const one of [...running]) if (releases.get(one) === 'earlier') await end(one, 'SIGTERM');
        switched = await runCommand(['audit', 'switch-format'], ownerEnv);
        // A process that starts after the switch writes the new schema from its first event on.
        await start('this');
        await load.progress(100);
        await load.stop();
        await eventually('all segments', async () => (await position()).done);
        for (const one of [...running]) await end(one, 'SIGTERM');
      },
      240_000 + seconds * 2_000,
    );

    afterAll(async () => {
      load?.abort();
      for (const { child } of running) child.kill('SIGKILL');
      await aws?.stop();
      await server?.remove();
      earlier?.remove();
    });

    test('both releases led, and were replaced while they did', () => {
      expect(new Set(leaders)).toEqual(new Set(['earlier', 'this']));
      expect(leaders.length).toBeGreaterThanOrEqual(Math.floor(seconds / 8));
      process.stdout.write(`${leaders.length} leaders were replaced, ${acknowledged.length} notes acknowledged\n`);
    });

    test('[164.312(c)(1)] the release before reads every note that either acknowledged, byte for byte', () => {
      const lost = acknowledged.filter(({ auditId, patientId, noteText }) => {
        const note = rolledBack.get(auditId!);
        return typeof note !== 'object' || note.patient_id !== patientId || note.note_text !== noteText;
      });
      expect(acknowledged.length).toBeGreaterThan(100);
      expect(lost.map(({ auditId }) => [auditId, rolledBack.get(auditId!)])).toEqual([]);
    });

    test('before the switch nothing was written that the release before cannot read', async () => {
      expect(objectsBefore.filter((name) => name.includes('/segments/'))).toEqual([]);
      expect(objectsBefore.filter((name) => name.includes('/checkpoints/')).length).toBeGreaterThan(5);
      const [first] = await server.query<{ at: string }>('SELECT since::text AS at FROM stored_forms');
      const early = await server.query(`SELECT FROM audit_events WHERE recorded_at < $1 AND event LIKE '%"v":2}'`, [
        first!.at,
      ]);
      expect(early).toEqual([]);
    });

    test('the switch was refused while the release before ran, and made once it was gone', () => {
      expect(refused).toMatchObject({
        code: 1,
        stderr: expect.stringMatching(/sessions? of a release that cannot read/),
      });
      expect(switched).toMatchObject({ code: 0, stdout: 'switched to audit format 2\n' });
    });

    test(
      '[164.312(b)] the trail verifies in the database, the log group and the segments, and all three are one',
      async () => {
        const checkpoints = await checkpointsOf();
        const newest = checkpoints.at(-1)!;
        expect(await verifyAudit(database)).toMatchObject({ ok: true, checkpoints: checkpoints.length });
        const verifier = new TrailVerifier({ keys: keys(), now: new Date() });
        for await (const { source, lines } of logGroup()) {
          lines.forEach((line, index) => {
            verifier.line(line, source, index + 1);
          });
        }
        expect(verifier.finish()).toMatchObject({ ok: true, events: newest.statement.total });
        const compared = await compareCopy(logGroup(), segments(1, newest.statement.number), 'the log group');
        expect(compared).toMatchObject({ checkpoints: checkpoints.length, events: newest.statement.total });
        expect(compared.difference).toBeUndefined();
        const [newForm] = await server.query<{ count: number }>(
          `SELECT count(*)::int AS count FROM audit_events WHERE event LIKE '%"v":2}'`,
        );
        expect(newForm!.count).toBeGreaterThan(0);
      },
      60_000 + seconds * 1_000,
    );
  },
);
