import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { AuditEvent } from '@healthcare-ai/audit-trail/format/event';
import { publicKeyPem } from '@healthcare-ai/audit-trail/format/public-keys';
import { localSigner } from '@healthcare-ai/audit-trail/format/signer';
import { ed25519Key } from '../../../service/src/config/settings/values.ts';
import { clientOf } from './client.ts';
import { PageClient } from './page-client.ts';
import { createKey, createTestDatabase, runCommand, startProcess } from './service.ts';

/** What a run that does everything once left in the trail and in the log. */
export interface EveryAction {
  readonly events: readonly AuditEvent[];
  /** Lines of checkpoints. */
  readonly checkpoints: readonly string[];
  /** Lines of the service's log. */
  readonly log: readonly string[];
}

/** Has a service, and its commands, write an event of every action, and of each outcome where there are several. */
export async function everyAction(): Promise<EveryAction> {
  const database = await createTestDatabase();
  const folder = mkdtempSync(join(tmpdir(), 'healthcare-ai-trail-'));
  const signing = { AUDIT_SIGNING_KEY: Buffer.alloc(32, 7).toString('base64') };
  try {
    const heart = await createKey(database, {
      principal: 'heart',
      roles: ['clinician', 'auditor'],
      careTeams: ['cardiology'],
    });
    const ward = await createKey(database, { principal: 'ward', roles: ['clinician'] });
    const gone = await createKey(database, { principal: 'gone', roles: ['admin'] });
    for (const args of [
      ['keys', 'create', '--tenant', 'north', '--principal', 'made', '--role', 'admin'],
      ['keys', 'list', '--tenant', 'north'],
      ['keys', 'revoke', gone.slice(4, 16)],
      ['keys', 'rotate-index'],
    ]) {
      const { code, stderr } = await runCommand(args, database.ownerEnv);
      if (code !== 0) throw new Error(`${args.join(' ')} failed: ${stderr}`);
    }
    // Refused, for the trail is young: that is an event too.
    const refused = await runCommand(['expire-audit', '--before', '2099-01-01'], { ...database.ownerEnv, ...signing });
    if (refused.code !== 1) throw new Error(`expire-audit ended with ${refused.code}: ${refused.stderr}`);
    const broken = mkdtempSync(join(folder, 'broken-'));
    writeFileSync(join(broken, 'checkpoints-0000000001.jsonl'), '{}\n');
    writeFileSync(
      join(broken, 'key.pem'),
      publicKeyPem(localSigner(ed25519Key.parse(signing.AUDIT_SIGNING_KEY)).publicKey),
    );
    const args = ['audit', 'restore', '--dir', broken, '--public-key', join(broken, 'key.pem')];
    const unrestored = await runCommand(args, { ...database.env, ...signing });
    if (unrestored.code !== 1) throw new Error(`audit restore ended with ${unrestored.code}: ${unrestored.stderr}`);
    const service = await startProcess({
      env: {
        ...database.env,
        ...signing,
        PAGE_SIGN_IN: 'api-key',
        AUDIT_CHECKPOINT_SECONDS: '1',
        AUDIT_DIR: folder,
        RATE_LIMIT: '60/minute',
      },
    });
    const [mine, theirs, nobody] = [
      clientOf(service.url, heart),
      clientOf(service.url, ward),
      clientOf(service.url, 'wrong'),
    ];
    const note = { patient_id: 'p', note_text: 'BP 120/80', care_team: 'cardiology' };
    const id = (await mine.post('/ingest', note)).body.audit_id;
    await mine.post('/summarize', note);
    await mine.post('/deidentify', { note_text: 'BP 120/80' });
    await mine.post(`/notes/${id}/analysis`, '');
    await mine.get(`/notes/${id}/analysis`);
    await mine.post('/notes/search', { patient_id: 'p' });
    await mine.get(`/audit/events/${id}`);
    await nobody.get(`/notes/${id}`);
    // Denied for want of a role, then of a care team; then past it.
    await theirs.post('/audit/search', {});
    await theirs.get(`/notes/${id}`);
    const reason = { reason_code: 'ETREAT', reason_text: 'Found unresponsive.' };
    await theirs.post('/break-glass', { patient_id: 'nobody', ...reason });
    const { grant_id } = (await theirs.post('/break-glass', { audit_id: id, ...reason })).body;
    await theirs.get(`/notes/${id}`);
    await mine.get(`/break-glass/${grant_id}`);
    await mine.post('/break-glass/search', { reviewed: false });
    await mine.post(`/break-glass/${grant_id}/reviewed`, { outcome: 'justified' });
    await mine.post('/audit/export', {});
    const page = new PageClient(service.url);
    await page.signIn(heart);
    await page.signOut();
    for (let count = 0; count < 60; count++) await theirs.post('/notes/search', { patient_id: 'p' });
    const search = await mine.post('/audit/search', { limit: 200 });
    if (search.status !== 200) throw new Error(`the search failed: ${search.text}`);
    await service.stop();
    const published = readPublished(folder);
    const log = service
      .output()
      .split('\n')
      .filter((line) => line.startsWith('{"timestamp"'));
    return { ...published, log };
  } finally {
    await database.remove();
    rmSync(folder, { recursive: true, force: true });
  }
}

/** What the service published, as an auditor has it: read apart from the database. */
function readPublished(folder: string): Pick<EveryAction, 'events' | 'checkpoints'> {
  const lines = (kind: string) =>
    readdirSync(folder)
      .filter((name) => name.startsWith(kind) && name.endsWith('.jsonl'))
      .sort()
      .flatMap((name) => readFileSync(join(folder, name), 'utf8').trimEnd().split('\n'));
  return { events: lines('events').map((line) => JSON.parse(line)), checkpoints: lines('checkpoints') };
}
