import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { localSigner, type Signer } from '@healthcare-ai/audit-trail/format/signer';
import { ed25519Key } from '../../../../service/src/config/settings/values.ts';
import { clientOf } from '../../support/client.ts';
import { type StoredTrail, storeEmbedded, verifyEmbedded } from '../../support/embedded-trail.ts';
import { linesOf, verifyFolder } from '../../support/sealed-trail.ts';
import { createKey, embeddedDatabase, runCommand, startProcess } from '../../support/service.ts';

describe('the embedded database', () => {
  const database = embeddedDatabase();
  const folder = join(database.folder, 'audit');
  let aged: StoredTrail;
  let env: Record<string, string>;
  let signer: Signer;
  beforeAll(() => {
    aged = storeEmbedded(database.folder);
    env = { ...database.env, AUDIT_SIGNING_KEY: aged.key };
    signer = localSigner(ed25519Key.parse(aged.key));
  });
  afterAll(() => database.remove());

  test('expires its trail too', async () => {
    const { stdout, stderr, code } = await runCommand(['expire-audit'], env);

    expect([code, stderr]).toEqual([0, '']);
    expect(stdout).toContain(`expired checkpoints 1 to ${aged.old} with ${aged.oldEvents} events`);
  });

  test('continues with what is left: written, sealed, verified', async () => {
    const token = await createKey({ ...database, ownerEnv: env }, { roles: ['clinician'] });
    const service = await startProcess({ env: { ...env, AUDIT_CHECKPOINT_SECONDS: '1' } });
    expect((await clientOf(service.url, token).ingest('p', 'n')).status).toBe(200);
    expect(await service.stop()).toBe(0);

    expect(verifyEmbedded(database.folder, aged.key)).toMatchObject({ ok: true, begins: aged.old + 1 });
  });

  test('publishes what is left to a sink that was opened after it, which verifies by its tombstone', () => {
    expect(verifyFolder(folder, [signer])).toMatchObject({ ok: true, begins: aged.old + 1 });
  });

  test('and without its tombstone the same files say that something is missing', () => {
    const records = linesOf(folder, 'checkpoints');
    const kept = records.slice(
      0,
      records.findIndex((record) => JSON.parse(record).statement.expired),
    );
    const covered = kept.reduce((sum, record) => sum + JSON.parse(record).statement.events, 0);
    const cut = join(database.folder, 'cut');
    mkdirSync(cut);
    writeFileSync(join(cut, 'checkpoints-1.jsonl'), `${kept.join('\n')}\n`);
    writeFileSync(join(cut, 'events-1.jsonl'), `${linesOf(folder, 'events').slice(0, covered).join('\n')}\n`);

    expect(kept.length).toBeGreaterThan(2);
    expect(verifyFolder(cut, [signer]).fault).toMatchObject({ kind: 'checkpoint', checkpoint: aged.old });
  });
});
