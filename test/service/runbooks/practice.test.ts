/** @slow */

import { execFileSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { selfSigned } from '../../../service/src/http/self-signed.ts';
import { eventually } from '../../support/eventually.ts';
import { clientOf } from '../support/client.ts';
import { findPostgres, startPostgres } from '../support/postgres.ts';
import { createKey, createTestDatabase, runCommand, type ServiceProcess, startProcess } from '../support/service.ts';
import { describeWith } from '../support/skips.ts';

/** What a person does by hand, done here in the words of the runbook: a step that is not in its text is a failure. */
function stepsOf(name: string): (step: string) => void {
  const text = readFileSync(`docs/runbooks/${name}.md`, 'utf8');
  return (step) => expect(text).toContain(step);
}

const hasGpg = (() => {
  try {
    return execFileSync('gpg', ['--version'], { stdio: 'ignore' }) === null || true;
  } catch {
    return false;
  }
})();

const serviceRole = 'healthcare_ai';

/** Services that a test that fails would leave behind: jest waits for them. */
const running = new Set<ServiceProcess>();
afterEach(async () => {
  for (const service of running) await service.stop();
  running.clear();
});

async function start(env: Readonly<Record<string, string>>): Promise<ServiceProcess> {
  const service = await startProcess({ env });
  running.add(service);
  return service;
}

/** A pair of keys for backups, in a keyring of its own. The path is short: gpg's socket lies in it. */
function backupKeys() {
  const home = mkdtempSync(join(tmpdir(), 'hai-gpg-'));
  const env = { GNUPGHOME: home, BACKUP_RECIPIENT: join(home, 'backup.pub') };
  const gpg = (...args: string[]) =>
    execFileSync('gpg', ['--batch', '--quiet', ...args], {
      env: { ...process.env, ...env },
      stdio: ['ignore', 'pipe', 'ignore'],
    });
  gpg('--passphrase', '', '--quick-generate-key', 'Backups <ops@example.org>', 'future-default', 'default', '2d');
  writeFileSync(env.BACKUP_RECIPIENT, gpg('--armor', '--export', 'ops@example.org'));
  return {
    env,
    close() {
      try {
        execFileSync('gpgconf', ['--kill', 'all'], { env: { ...process.env, ...env }, stdio: 'ignore' });
      } finally {
        rmSync(home, { recursive: true, force: true });
      }
    },
  };
}

/** Verifies the trail by the command of the runbooks, and returns what it prints. */
const verifyTrail = (env: Readonly<Record<string, string>>): string =>
  execFileSync('node', ['bin/ops.ts', 'audit', 'verify'], {
    env: { PATH: process.env.PATH, ...env },
    encoding: 'utf8',
  });

describeWith('PostgreSQL and gpg', findPostgres() !== undefined && hasGpg)('database restore', () => {
  test('[Disaster recovery tested] [Backup procedures verified] the dump is restored, the notes decrypt and every chain checks', async () => {
    const step = stepsOf('database-restore');
    const database = await createTestDatabase();
    const keys = backupKeys();
    const backups = join(keys.env.GNUPGHOME, 'backups');
    mkdirSync(backups);
    const script = (name: string, args: readonly string[], url: string) =>
      execFileSync('bash', [`scripts/${name}`, ...args], {
        env: { ...process.env, ...keys.env, PATH: `${findPostgres()}:${process.env.PATH}`, DATABASE_URL: url },
        encoding: 'utf8',
        stdio: ['ignore', 'pipe', 'ignore'],
      }).trim();
    const servers: { remove(): void }[] = [];
    try {
      // GIVEN a service with notes, and a backup of its database
      const token = await createKey(database, { roles: ['clinician'] });
      const before = await start({ ...database.env, AUDIT_CHECKPOINT_SECONDS: '1' });
      const texts = Array.from({ length: 20 }, (_, number) => ` Note ${number}: 体温 38.5 °C 🫀\r\n`);
      const notes = await Promise.all(
        texts.map(async (text, number) => {
          const { body } = await clientOf(before.url, token).ingest(`patient-${number}`, text);
          return { id: body.audit_id as string, text };
        }),
      );
      const sealed = async () => (await database.server!.query('SELECT FROM audit_checkpoints')).length > 0;
      await eventually('a checkpoint', sealed);
      const file = script('backup.sh', ['data', backups], database.ownerEnv.DATABASE_URL!);

      // WHEN the server is lost, and the runbook is followed on another one
      await before.stop();
      await database.remove();
      const server = await startPostgres({ fsync: false });
      servers.push(server);
      step('scripts/restore.sh data');
      script('restore.sh', ['data', file], server.ownerUrl());
      step('service/dist/main.cjs migrate --service-role healthcare_ai');
      const ownerEnv = { ...database.ownerEnv, DATABASE_URL: server.ownerUrl() };
      const password = randomBytes(16).toString('hex');
      const migrate = ['migrate', '--service-role', serviceRole];
      expect(await runCommand(migrate, { ...ownerEnv, SERVICE_ROLE_PASSWORD: password })).toMatchObject({ code: 0 });
      step('npm run ops -- audit verify');
      expect(verifyTrail(ownerEnv)).toContain('The trail is whole.');

      // THEN the service runs on it, with the keys that it had, and every note is there byte for byte
      const url = server.urlOf(serviceRole, password);
      const after = await start({ ...database.env, DATABASE_URL: url });
      const client = clientOf(after.url, token);
      for (const { id, text } of notes) expect((await client.get(`/notes/${id}`)).body.note_text).toBe(text);
      expect((await client.ingest('patient-new', 'After the restore.')).status).toBe(200);
      await after.stop();
      expect(verifyTrail(ownerEnv)).toContain('The trail is whole.');
      expect(readdirSync(backups)).toContain('SHA256SUMS');
    } finally {
      for (const server of servers) server.remove();
      await database.remove();
      keys.close();
    }
  });
});

describeWith('PostgreSQL', findPostgres() !== undefined)('leaked API key', () => {
  test('it is revoked, replaced, and what it did is found in the trail', async () => {
    const step = stepsOf('leaked-api-key');
    const database = await createTestDatabase();
    try {
      const owner = { tenant: 'north', principal: 'ehr', roles: ['clinician'] };
      const leaked = await createKey(database, owner);
      const auditor = await createKey(database, { roles: ['auditor'] });
      const service = await start(database.env);
      const { body } = await clientOf(service.url, leaked).ingest('patient-1', 'A note.');
      await clientOf(service.url, leaked).get(`/notes/${body.audit_id}`);

      step('The part between `hai_` and the second underscore is the key id');
      const [, keyId] = /^hai_([a-z0-9]{12})_/.exec(leaked)!;
      const listed = await runCommand(['keys', 'list'], database.ownerEnv);
      expect(listed.stdout).toMatch(new RegExp(`^${keyId} .*north .*ehr .*clinician.*active$`, 'm'));

      step('npm run keys -- revoke KEY_ID');
      expect(await runCommand(['keys', 'revoke', keyId!], database.ownerEnv)).toMatchObject({ code: 0 });
      step('Tasks refuse it within five seconds');
      // The five seconds themselves are held in test/service/identity/api-keys.test.ts; a busy machine may take longer.
      const end = performance.now() + 15_000;
      let status = 200;
      while (status !== 401 && performance.now() < end) {
        ({ status } = await clientOf(service.url, leaked).get(`/notes/${body.audit_id}`));
        if (status !== 401) await new Promise((resolve) => setTimeout(resolve, 250));
      }
      expect(status).toBe(401);

      step('npm run keys -- create');
      const replacement = await createKey(database, owner);
      expect((await clientOf(service.url, replacement).get(`/notes/${body.audit_id}`)).status).toBe(200);

      step('`POST /audit/search` with `{"principal":"P"}` as an auditor');
      const { body: found } = await clientOf(service.url, auditor).post('/audit/search', { principal: 'ehr' });
      const actions = found.events.map(({ action }: { action: string }) => action);
      expect(actions).toEqual(expect.arrayContaining(['note.create', 'note.read']));
      const { body: changes } = await clientOf(service.url, auditor).post('/audit/search', { action: 'key.revoke' });
      expect(changes.events).toMatchObject([{ subject: keyId, outcome: 'success' }]);
      await service.stop();
    } finally {
      await database.remove();
    }
  });
});

test('lost or compromised key: the master key is replaced, the data keys wrapped again, and a start without it says which is missing', async () => {
  const step = stepsOf('lost-key');
  const database = await createTestDatabase();
  const [old, next] = [randomBytes(32).toString('base64'), randomBytes(32).toString('base64')];
  const settings = (more: Record<string, string>) => ({ ...database.env, ...more });
  try {
    const token = await createKey(database, { roles: ['clinician'] });
    const serving = async <T>(
      env: Record<string, string>,
      work: (client: ReturnType<typeof clientOf>) => Promise<T>,
    ) => {
      const service = await start(settings(env));
      try {
        return await work(clientOf(service.url, token));
      } finally {
        await service.stop();
      }
    };
    const note = await serving(
      { ENCRYPTION_KEY: old },
      async (client) => (await client.ingest('p', 'Before.')).body.audit_id,
    );

    step('the service does not\nstart and names a key that is missing');
    const refused = await runCommand([], settings({ ENCRYPTION_KEY: next, PORT: '0', METRICS_PORT: '0' }));
    expect(refused.code).toBe(1);
    expect(refused.stderr).toMatch(/wrapped by local:[0-9a-f]{16}/);

    step('the old one becomes ENCRYPTION_KEY_PREVIOUS');
    const both = { ENCRYPTION_KEY: next, ENCRYPTION_KEY_PREVIOUS: old };
    expect(await serving(both, async (client) => (await client.get(`/notes/${note}`)).body.note_text)).toBe('Before.');
    step('npm run keys -- rewrap');
    expect((await runCommand(['keys', 'rewrap'], { ...database.ownerEnv, ...both })).stdout).toMatch(
      /^rewrapped [1-9]/,
    );
    step('says `rewrapped 0 data keys`');
    const again = await runCommand(['keys', 'rewrap'], { ...database.ownerEnv, ...both });
    expect(again.stdout).toBe('rewrapped 0 data keys\n');

    step('then with the new one alone');
    const alone = { ENCRYPTION_KEY: next };
    expect(await serving(alone, async (client) => (await client.get(`/notes/${note}`)).body.note_text)).toBe('Before.');
  } finally {
    await database.remove();
  }
});

test('expired certificate: the smoke test names it, and ends with 1', async () => {
  const step = stepsOf('expired-certificate');
  const expired = await selfSigned(new Date(Date.now() - 400 * 86_400_000));
  const folder = mkdtempSync(join(tmpdir(), 'healthcare-ai-certificate-'));
  const authority = join(folder, 'ca.pem');
  writeFileSync(authority, expired.cert);
  const server = createServer(expired, (_request, response) => response.end('{}'));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  try {
    step('npm run smoke -- https://DOMAIN --without-key');
    const url = `https://127.0.0.1:${(server.address() as AddressInfo).port}`;
    const { code, output } = await smoke([url, '--without-key', '--ca', authority, '--timeout', '20']);
    expect(code).toBe(1);
    expect(output).toMatch(/the certificate has expired/);
  } finally {
    server.closeAllConnections();
    server.close();
    rmSync(folder, { recursive: true });
  }
});

/** Runs the smoke test. @returns its checks, which it reports on stderr, and its summary */
async function smoke(args: readonly string[]): Promise<{ readonly code: number; readonly output: string }> {
  const { spawn } = await import('node:child_process');
  const child = spawn(process.execPath, ['bin/smoke.ts', ...args], { stdio: ['ignore', 'pipe', 'pipe'] });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', (chunk: Buffer) => {
      output += chunk;
    });
  }
  return new Promise((resolve) => child.on('close', (code) => resolve({ code: code ?? 1, output })));
}
