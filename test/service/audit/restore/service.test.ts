import { randomBytes } from 'node:crypto';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { publicKeyPem } from '@healthcare-ai/audit-trail/format/public-keys';
import { localSigner, type Signer } from '@healthcare-ai/audit-trail/format/signer';
import { ed25519Key } from '../../../../service/src/config/settings/values.ts';
import { PostgresqlDatabase } from '../../../../service/src/database/postgresql.ts';
import { eventually } from '../../../support/eventually.ts';
import { clientOf } from '../../support/client.ts';
import { linesOf, untilPublished, verifyDatabase, verifyFolder } from '../../support/sealed-trail.ts';
import { createKey, createTestDatabase, runCommand, startProcess, type TestDatabase } from '../../support/service.ts';
import { newestIn } from '../../support/set-back.ts';
import { serviceRole } from '../../support/shared-postgres.ts';
import { describeWithPostgres } from '../../support/skips.ts';

/** One story, told in order: a service publishes, its database is set back, nobody knows, and it is brought back. */
describeWithPostgres()('a service whose database was set back', () => {
  let database: TestDatabase;
  let folder: string;
  let sink: string;
  let key: string;
  let signer: Signer;
  let token: string;
  let earlier: PostgresqlDatabase;
  let env: Record<string, string>;
  const note = { patient_id: 'p', note_text: 'BP 120/80' };

  beforeAll(async () => {
    database = await createTestDatabase();
    folder = mkdtempSync(join(tmpdir(), 'healthcare-ai-set-back-'));
    [sink, key] = [join(folder, 'sink'), join(folder, 'audit.pem')];
    mkdirSync(sink);
    signer = localSigner(ed25519Key.parse(database.env.AUDIT_SIGNING_KEY));
    writeFileSync(key, publicKeyPem(signer.publicKey));
    token = await createKey(database, { roles: ['clinician'] });
    env = { ...database.env, AUDIT_DIR: sink, AUDIT_CHECKPOINT_SECONDS: '1', ANALYSIS_WORKERS: '0' };

    const first = await startProcess({ env });
    await writeNotes(first.url, 20);
    await published(20);
    await writeNotes(first.url, 5);
    // Killed, so that the copy has events which only a later checkpoint covers.
    first.child.kill('SIGKILL');
    await first.exited;
    await database.server!.copyDatabase(undefined, 'earlier');

    const second = await startProcess({ env });
    await writeNotes(second.url, 30);
    await published(55);
    await second.stop();
    env.DATABASE_URL = database.server!.urlOf(serviceRole.name, serviceRole.password, 'earlier');
    earlier = new PostgresqlDatabase({
      url: database.server!.ownerUrl('earlier'),
      poolSize: 2,
      onIdleError: () => {},
    });
  });
  afterAll(async () => {
    await earlier?.close();
    await database?.remove();
    rmSync(folder, { recursive: true, force: true });
  });

  const writeNotes = async (url: string, count: number) => {
    for (let number = 0; number < count; number++) {
      expect((await clientOf(url, token).post('/ingest', note)).status).toBe(200);
    }
  };
  const notesInSink = () => linesOf(sink, 'events').filter((line) => line.startsWith('{"action":"note.create"')).length;
  const published = (notes: number) => untilPublished(sink, notes);
  const newestInSink = () => linesOf(sink, 'checkpoints').length;

  test('takes notes and answers ready, but neither seals nor publishes, and says why', async () => {
    const [before, has] = [newestInSink(), await newestIn(earlier)];
    expect(has).toBeLessThan(before);

    const service = await startProcess({ env });
    await writeNotes(service.url, 3);
    expect((await fetch(`${service.url}/health/ready`)).status).toBe(200);
    await eventually('the log says why', () => service.output().includes('audit_behind_sink'));
    // Long enough for a checkpoint and for a candidate, were there any.
    await sleep(2_500);
    await service.stop();

    expect(service.output()).toMatch(/"level":"error".*"event":"audit_behind_sink".*"sink":"files"/);
    expect(service.output()).not.toContain('"event":"audit_publishing"');
    expect(await newestIn(earlier)).toBe(has);
    expect(newestInSink()).toBe(before);
  });

  test('does not change its signing key: that would be two checkpoints whose numbers are taken', async () => {
    const has = await newestIn(earlier);
    const next = randomBytes(32).toString('base64');
    const rotated = await runCommand(['audit', 'rotate-signing-key'], { ...env, AUDIT_SIGNING_KEY_NEXT: next });
    expect([rotated.code, rotated.stdout]).toEqual([1, '']);
    expect(rotated.stderr).toMatch(/sink files has newer checkpoints than the database, .* run audit restore first\n$/);
    expect(await newestIn(earlier)).toBe(has);
  });

  test('continues where the sink ends once the trail was restored, without a restart', async () => {
    const before = newestInSink();
    const service = await startProcess({ env });
    const restored = await runCommand(['audit', 'restore', '--dir', sink, '--public-key', key], env);
    expect([restored.code, restored.stderr]).toEqual([0, '']);
    expect(restored.stdout).toContain(`the next checkpoint is ${before + 1}`);

    await writeNotes(service.url, 4);
    await published(62);
    expect(await service.stop()).toBe(0);

    expect(service.output()).not.toContain('audit_sink_failed');
    expect(newestInSink()).toBeGreaterThan(before);
    expect(newestInSink()).toBe(await newestIn(earlier));
  });

  test('has a trail that is whole, in the database and in the sink, which are one', async () => {
    const [stored, kept] = [await verifyDatabase(earlier, [signer]), verifyFolder(sink, [signer])];
    expect(stored).toMatchObject({ ok: true, unproven: { events: 0 } });
    expect(kept).toMatchObject({ ok: true, events: stored.events, trusted: stored.trusted, unproven: { events: 0 } });
    // The notes of the time that was lost are not there; who wrote them, is.
    const { rows } = await earlier.query<{ count: number }>({ text: 'SELECT count(*)::int AS count FROM notes' });
    expect(rows[0]!.count).toBe(32);
    expect(notesInSink()).toBe(62);
  });
});
