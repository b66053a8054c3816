/** @slow */

import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { parseCheckpoint } from '@healthcare-ai/audit-trail/format/checkpoint';
import { readPublicKeyFile } from '@healthcare-ai/audit-trail/format/public-keys';
import { eventually } from '../../support/eventually.ts';
import { clientOf } from '../support/client.ts';
import { freePort } from '../support/free-port.ts';
import { linesOf, verifyFolder } from '../support/sealed-trail.ts';
import {
  createKey,
  createTestDatabase,
  type EmbeddedDatabase,
  embeddedDatabase,
  runCommand,
  type ServiceProcess,
  startProcess,
  type TestDatabase,
} from '../support/service.ts';
import { describeWithPostgres } from '../support/skips.ts';

const publicKey = async (env: Readonly<Record<string, string>>, ...args: string[]) => {
  const { code, stdout } = await runCommand(['audit', 'public-key', ...args], env);
  expect(code).toBe(0);
  return { publicKey: readPublicKeyFile(stdout)[0]! };
};
const newKey = (byte: number) => Buffer.alloc(32, byte).toString('base64');
const records = (folder: string) => linesOf(folder, 'checkpoints').map((line) => parseCheckpoint(line).statement);

describeWithPostgres()('a service with a signing key and a folder for its trail', () => {
  let database: TestDatabase;
  let folder: string;
  let token: string;
  const running: ServiceProcess[] = [];
  const start = async (env: Readonly<Record<string, string>> = {}) => {
    const service = await startProcess({ env: { ...database.env, AUDIT_DIR: folder, ...env } });
    running.push(service);
    return service;
  };
  const send = async ({ url }: ServiceProcess, count: number) => {
    for (let note = 0; note < count; note++) expect((await clientOf(url, token).ingest('p', 'note')).status).toBe(200);
  };

  beforeEach(async () => {
    database = await createTestDatabase();
    folder = mkdtempSync(join(tmpdir(), 'healthcare-ai-sink-'));
    token = await createKey(database, { roles: ['clinician'] });
  });
  afterEach(async () => {
    for (const { child } of running.splice(0)) child.kill('SIGKILL');
    await database.remove();
    rmSync(folder, { recursive: true, force: true });
  });

  test('leaves a trail that is whole to its last event when it stops: the closing checkpoint covers the ends', async () => {
    const service = await start();
    await send(service, 5);
    expect(await service.stop()).toBe(0);

    const [stored] = await database.server!.query<{ count: number }>('SELECT count(*)::int AS count FROM audit_events');
    expect(verifyFolder(folder, [await publicKey(database.env)])).toMatchObject({
      ok: true,
      events: stored!.count,
      duplicates: 0,
    });
    const actions = linesOf(folder, 'events').map((line) => JSON.parse(line).action);
    expect(actions.filter((action) => action === 'chain.start')).toHaveLength(
      actions.filter((action) => action === 'chain.end').length,
    );
  });

  test('when several stop at once, nothing is left over either, and one at a time published', async () => {
    const services = [await start(), await start(), await start()];
    await Promise.all(services.map((service) => send(service, 5)));
    expect(await Promise.all(services.map((service) => service.stop()))).toEqual([0, 0, 0]);

    const [stored] = await database.server!.query<{ count: number }>('SELECT count(*)::int AS count FROM audit_events');
    expect(verifyFolder(folder, [await publicKey(database.env)])).toMatchObject({ ok: true, events: stored!.count });
  });

  test('with WORKERS=2 one worker publishes, and the lag is that of the database', async () => {
    const metrics = await freePort();
    const service = await start({ WORKERS: '2', METRICS_PORT: String(metrics), AUDIT_CHECKPOINT_SECONDS: '1' });
    await send(service, 5);
    await eventually('events', () => linesOf(folder, 'events').length > 5);
    await sleep(5_000);
    expect(service.output().match(/"event":"audit_publishing"/g)).toHaveLength(1);
    const text = await (await fetch(`http://127.0.0.1:${metrics}/metrics`)).text();
    expect(text).toMatch(/^audit_checkpoints_total [1-9]/m);
    expect(text).toMatch(/^audit_published_events_total\{sink="files"\} [1-9]/m);
    expect(text).toMatch(/^audit_publisher_lag_seconds \d/m);
    expect(await service.stop()).toBe(0);
  });

  test('its key is changed while it runs: nothing is lost, and a verifier that trusts the old key can trust the new one', async () => {
    const [old, next] = [newKey(1), newKey(2)];
    const both = { AUDIT_SIGNING_KEY: old, AUDIT_SIGNING_KEY_NEXT: next, AUDIT_CHECKPOINT_SECONDS: '1' };
    const service = await start(both);
    await send(service, 3);
    await eventually('a checkpoint', () => linesOf(folder, 'checkpoints').length > 0);

    const rotated = await runCommand(['audit', 'rotate-signing-key'], { ...database.env, ...both });
    expect(rotated).toMatchObject({
      code: 0,
      stdout: expect.stringMatching(/^checkpoint \d+ is the last one signed by \w{64}; \w{64} signs from now on\n$/),
    });
    await send(service, 3);
    expect(await service.stop()).toBe(0);
    const again = await runCommand(['audit', 'rotate-signing-key'], { ...database.env, ...both });
    expect(again).toMatchObject({ code: 1, stderr: expect.stringContaining('the next key already signs the trail') });

    // A service that was forgotten takes notes, seals nothing, and reports it.
    const forgotten = await start({ AUDIT_SIGNING_KEY: old, AUDIT_CHECKPOINT_SECONDS: '1' });
    const sealed = records(folder).length;
    await send(forgotten, 2);
    await eventually('the refusal', () => forgotten.output().includes('audit_signing_key_refused'));
    await forgotten.stop();
    expect(records(folder)).toHaveLength(sealed);

    const moved = await start({ AUDIT_SIGNING_KEY: next });
    expect(await moved.stop()).toBe(0);
    const keys = [await publicKey({ AUDIT_SIGNING_KEY: old }), await publicKey(both, '--next')];
    const [stored] = await database.server!.query<{ count: number }>('SELECT count(*)::int AS count FROM audit_events');
    expect(verifyFolder(folder, [keys[0]!])).toMatchObject({ ok: true, events: stored!.count });
    expect(verifyFolder(folder, [keys[1]!])).toMatchObject({ ok: true, events: stored!.count });
    const [event] = linesOf(folder, 'events').filter((line) => line.includes('"audit-signing"'));
    expect(JSON.parse(event!)).toMatchObject({ action: 'key.rotate', subject: 'audit-signing', outcome: 'success' });
  });

  test('a sink that cannot be written to is reported, and the service continues', async () => {
    const file = join(folder, 'a-file');
    writeFileSync(file, '');
    const service = await start({ AUDIT_DIR: join(file, 'trail'), AUDIT_CHECKPOINT_SECONDS: '1' });
    await eventually('the failure', () => service.output().includes('audit_sink_failed'));
    await send(service, 2);
    expect(service.output()).toMatch(/"event":"audit_sink_failed".*"sink":"files".*"error_code":"ENOTDIR"/);
    expect(await service.stop()).toBe(0);
  });
});

describe('a laptop', () => {
  let database: EmbeddedDatabase;
  const signing = () => verifyFolder(join(database.folder, 'audit'), keys);
  let keys: { publicKey: Buffer }[];

  beforeAll(async () => {
    database = embeddedDatabase();
  });
  afterAll(() => database.remove());

  test('has a trail that is sealed and published, without a setting and without a word', async () => {
    const token = await createKey(database, { roles: ['clinician'] });
    const service = await startProcess({ env: database.env });
    expect((await clientOf(service.url, token).ingest('p', 'note')).status).toBe(200);
    // Also while the database is in use.
    keys = [await publicKey(database.env)];
    expect(await service.stop()).toBe(0);
    expect(service.output()).not.toMatch(/"event":"audit_|"level":"(warn|error)"/);
    expect(signing()).toMatchObject({ ok: true, unproven: { events: 0 } });
  });

  test('changes its key by one command', async () => {
    const before = records(join(database.folder, 'audit')).length;
    expect(await runCommand(['audit', 'rotate-signing-key'], database.env)).toMatchObject({ code: 0 });
    const next = await publicKey(database.env);
    expect(next.publicKey).not.toEqual(keys[0]!.publicKey);
    const service = await startProcess({ env: database.env });
    expect(await service.stop()).toBe(0);
    expect(records(join(database.folder, 'audit')).length).toBeGreaterThan(before + 1);
    // The old key is enough: the trail itself names the new one.
    expect(signing()).toMatchObject({ ok: true, unproven: { events: 0 } });
  });
});
