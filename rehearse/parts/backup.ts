import { deepEqual, equal, ok } from 'node:assert/strict';
import { chmodSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { contract } from '@healthcare-ai/contract';
import { clientOf } from '../../test/service/support/client.ts';
import { findPostgres, type OwnPostgresServer, startPostgres } from '../../test/service/support/postgres.ts';
import type { Engine } from '../support/engine.ts';
import { hardening, healthy, runTask, startTask } from '../support/hardened.ts';
import { image } from '../support/images.ts';
import type { Part } from '../support/rehearsal.ts';
import { run } from '../support/run.ts';
import { makeWorld, ports, type RehearsalWorld, verifyTrail } from '../support/world.ts';

const NOTES = 50;

export const backupPart: Part = {
  name: 'Backup and restore, by the scripts of the guide',
  needs: ['podman', 'runc', 'gpg', 'bash', '/usr/lib/postgresql'],
  async run({ engine, folder, check }) {
    const world = await makeWorld(engine, image('v1'));
    const restored: OwnPostgresServer[] = [];
    const target = join(folder, 'backups');
    mkdirSync(target);
    const keys = await backupKeys(folder);
    const script = (name: string, args: string[], env: Record<string, string> = {}, accept = [0]) =>
      run('bash', [`scripts/${name}`, ...args], { accept, env: { ...keys.env, ...withPrograms(), ...env } });
    try {
      const token = { writer: await world.key('integration'), reader: await world.key('clinician') };
      const notes = await writeNotes(engine, world, token.writer);
      const owner = { DATABASE_URL: world.server.ownerUrl() };
      const files: Record<string, string> = {};
      await check('the database, the server and the configuration are backed up, encrypted', async () => {
        const settings = join(folder, 'settings');
        mkdirSync(settings);
        writeFileSync(join(settings, 'encryption_key'), world.env.ENCRYPTION_KEY!);
        files.data = (await script('backup.sh', ['data', target], owner)).stdout.trim();
        files.cluster = (await script('backup.sh', ['cluster', target], owner)).stdout.trim();
        files.configuration = (await script('backup.sh', ['configuration', target, settings])).stdout.trim();
        for (const file of Object.values(files)) {
          const bytes = readFileSync(file);
          ok(!bytes.includes(world.env.ENCRYPTION_KEY!) && !bytes.includes('audit_events'), `${file} can be read`);
          equal(statSync(file).mode & 0o077, 0);
        }
        return `${(statSync(files.data).size / 1024).toFixed(0)} KiB, ${(statSync(files.cluster).size / 2 ** 20).toFixed(1)} MiB`;
      });
      await check('a backup that is cut off leaves no file, and a changed one is refused', async () => {
        const before = readdirSync(target);
        const none = { DATABASE_URL: 'postgresql://owner@127.0.0.1:1/none' };
        await script('backup.sh', ['data', target], none, [1]);
        deepEqual(readdirSync(target), before);
        const copy = join(folder, 'changed');
        mkdirSync(copy);
        const bytes = readFileSync(files.data!);
        bytes[bytes.length >> 1]! ^= 1;
        writeFileSync(join(copy, files.data!.split('/').at(-1)!), bytes);
        writeFileSync(join(copy, 'SHA256SUMS'), readFileSync(join(target, 'SHA256SUMS')));
        const refused = await script('restore.sh', ['data', join(copy, files.data!.split('/').at(-1)!)], owner, [2]);
        ok(refused.stderr.includes('is not as it was written'), refused.stderr);
      });
      await check('a database in use is not restored over', async () => {
        const refused = await script('restore.sh', ['data', files.data!], owner, [2]);
        ok(refused.stderr.includes('restore into an empty one'), refused.stderr);
      });
      await check('the master key comes back from the configuration', async () => {
        const to = join(folder, 'settings-restored');
        await script('restore.sh', ['configuration', files.configuration!, to]);
        equal(readFileSync(join(to, folder, 'settings/encryption_key'), 'utf8'), world.env.ENCRYPTION_KEY);
      });
      world.server.stop();

      await check('the dump in a fresh server: every note decrypts, every audit chain checks', async () => {
        const server = await startPostgres();
        restored.push(server);
        await script('restore.sh', ['data', files.data!], { DATABASE_URL: server.ownerUrl() });
        return readAll(engine, onServer(world, server), notes, token.reader);
      });
      await check('the base backup in a fresh server: every note decrypts, every audit chain checks', async () => {
        const server = await startPostgres();
        restored.push(server);
        server.stop();
        const { uid, gid } = statSync(server.folder);
        rmSync(server.folder, { recursive: true });
        await script('restore.sh', ['cluster', files.cluster!, server.folder]);
        await run('chown', ['-R', `${uid}:${gid}`, server.folder]);
        await server.start();
        return readAll(engine, onServer(world, server), notes, token.reader);
      });
      await check('without the master key the service does not start, and names the key', async () => {
        const { env } = onServer(world, restored[0]!);
        const wrong = { ...env, ENCRYPTION_KEY: Buffer.alloc(32, 7).toString('base64'), PORT: '0', METRICS_PORT: '0' };
        const variables = Object.entries(wrong).map(([name, value]) => `--env=${name}=${value}`);
        const refused = await engine.podman(['run', '--rm', ...hardening(), ...variables, image('v1')], {
          accept: [1, 2],
          timeout: 30,
        });
        const said = refused.stderr.trim().split('\n').at(-1)!;
        ok(/ENCRYPTION_KEY|master key/i.test(said), said);
        ok(!said.includes(wrong.ENCRYPTION_KEY), 'it shows the key');
        return said.slice(0, 160);
      });
    } finally {
      for (const server of [world.server, ...restored]) server.remove();
      await keys.close();
    }
  },
};

/** The scripts call PostgreSQL's own programs, which Debian keeps off the PATH. */
const withPrograms = (): Record<string, string> => ({ PATH: `${findPostgres()}:${process.env.PATH}` });

interface Written {
  readonly auditId: string;
  readonly text: string;
}

async function writeNotes(engine: Engine, world: RehearsalWorld, token: string): Promise<Written[]> {
  const { url, ...own } = await ports();
  const env = { ...world.env, ...own, SHUTDOWN_DELAY_SECONDS: '0' };
  await startTask(engine, { image: image('v1'), name: 'writer', env });
  await healthy(url + contract.paths.ready);
  const client = clientOf(url, token);
  const notes = await Promise.all(
    Array.from({ length: NOTES }, async (_, number) => {
      const text = ` Note ${number}: 体温 38.5 °C 🫀\r\n`;
      return { auditId: (await client.ingest(`patient-${number}`, text)).body.audit_id as string, text };
    }),
  );
  // A clean stop makes the checkpoint without which nothing of the trail is proven.
  await engine.podman(['stop', '-t', '30', 'writer']);
  await engine.podman(['rm', '-f', 'writer']);
  return notes;
}

/** The same settings, with another server. */
function onServer(world: RehearsalWorld, server: OwnPostgresServer): Pick<RehearsalWorld, 'env' | 'ownerEnv'> {
  const at = (url: string) => url.replace(`:${world.server.port}/`, `:${server.port}/`);
  return {
    env: { ...world.env, DATABASE_URL: at(world.env.DATABASE_URL!) },
    ownerEnv: { ...world.ownerEnv, DATABASE_URL: at(world.ownerEnv.DATABASE_URL!) },
  };
}

async function readAll(
  engine: Engine,
  { env, ownerEnv }: Pick<RehearsalWorld, 'env' | 'ownerEnv'>,
  notes: readonly Written[],
  token: string,
): Promise<string> {
  const password = new URL(env.DATABASE_URL!).password;
  const command = ['dist/main.cjs', 'migrate', '--service-role', new URL(env.DATABASE_URL!).username];
  await runTask(engine, { image: image('v1'), env: { ...ownerEnv, SERVICE_ROLE_PASSWORD: password }, command });
  const { url, ...own } = await ports();
  await startTask(engine, { image: image('v1'), name: 'reader', env: { ...env, ...own } });
  try {
    await healthy(url + contract.paths.ready);
    const client = clientOf(url, token);
    for (const { auditId, text } of notes) equal((await client.get(`/notes/${auditId}`)).body.note_text, text);
  } finally {
    await engine.podman(['rm', '-f', '-t', '0', 'reader']);
  }
  return `${notes.length} notes; ${await verifyTrail(ownerEnv)}`;
}

/** A pair of keys of this run: the public one for backups, the private one in a keyring for restores. */
async function backupKeys(folder: string) {
  // The socket of gpg-agent lies in it, and a path of a socket may have 108 characters.
  const home = join(dirname(folder), `gpg-${process.pid}`);
  mkdirSync(home, { mode: 0o700 });
  chmodSync(home, 0o700);
  const env = { GNUPGHOME: home, BACKUP_RECIPIENT: join(folder, 'recipient.pub') };
  const parameters = [
    '%no-protection',
    'Key-Type: EDDSA',
    'Key-Curve: ed25519',
    'Subkey-Type: ECDH',
    'Subkey-Curve: cv25519',
    'Name-Real: Rehearsal',
    'Expire-Date: 2d',
    '%commit',
    '',
  ];
  await run('gpg', ['--batch', '--quiet', '--generate-key'], { env, input: parameters.join('\n') });
  const exported = await run('gpg', ['--batch', '--armor', '--export'], { env });
  writeFileSync(env.BACKUP_RECIPIENT, exported.stdout);
  return {
    env,
    async close() {
      await run('gpgconf', ['--kill', 'all'], { env, accept: [0, 1, 2] }).catch(() => {});
      rmSync(home, { recursive: true, force: true });
    },
  };
}
