import { execFileSync, spawnSync } from 'node:child_process';
import { chmodSync, chownSync, cpSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { lockFolder } from '../../../service/src/database/folder-lock.ts';
import { openPrivateFolder } from '../../../service/src/database/private-folder.ts';
import { answers } from '../../lib/support/program.ts';
import { eventually } from '../../support/eventually.ts';
import { embeddedDatabase, firstKey, runCommand, type ServiceProcess, startProcess } from '../support/service.ts';

const isRoot = process.getuid?.() === 0;
/** Skips, and reports it, what this machine cannot show. */
function testWith(what: string, there: boolean) {
  if (!there) process.stderr.write(`SKIPPED for want of ${what}: ${expect.getState().testPath ?? 'folder-lock'}\n`);
  return there ? test : test.skip;
}

const folders: string[] = [];
afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
});
function newFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'healthcare-ai-lock-'));
  folders.push(folder);
  return folder;
}

describe('the lock of a folder', () => {
  test('is given once, and again after it was released', async () => {
    const folder = newFolder();
    const lock = await lockFolder(folder);
    await expect(lockFolder(folder)).rejects.toThrow(`${folder} is in use by process ${process.pid}: stop it`);
    lock.release();

    (await lockFolder(folder)).release();
  });

  test.each([
    ['lock.db', 'not a database at all, and long enough to look like one'.repeat(200)],
    ['lock.db', '1'],
    ['lock', 'garbled'],
    ['lock', ''],
    // What a killed process of this release leaves behind, though its number is another program's now.
    ['lock', `${process.ppid}\n`],
    ['lock', '999999999'],
  ])('is given though the file %s has the content %p', async (file, content) => {
    const folder = newFolder();
    writeFileSync(join(folder, file), content);

    (await lockFolder(folder)).release();
  });

  test('is kept from a process of release 0.1.0, and a running one is respected', async () => {
    const folder = newFolder();
    writeFileSync(join(folder, 'lock'), String(process.ppid));

    await expect(lockFolder(folder)).rejects.toThrow(`in use by process ${process.ppid}`);
  });

  const compiled = isRoot && answers('gcc', '--version');
  testWith('gcc', compiled)('is refused on a file system that accepts every lock and keeps none', async () => {
    const folder = newFolder();
    writeFileSync(
      join(folder, 'nolock.c'),
      `#define _GNU_SOURCE
#include <dlfcn.h>
#include <fcntl.h>
#include <stdarg.h>
int fcntl64(int fd, int command, ...) {
  va_list list; va_start(list, command); void *argument = va_arg(list, void *); va_end(list);
  if (command == F_SETLK || command == F_SETLKW) return 0;
  if (command == F_GETLK) { ((struct flock *)argument)->l_type = F_UNLCK; return 0; }
  static int (*real)(int, int, ...);
  if (!real) real = dlsym(RTLD_NEXT, "fcntl64");
  return real(fd, command, argument);
}
`,
    );
    execFileSync('gcc', ['-shared', '-fPIC', '-o', join(folder, 'nolock.so'), join(folder, 'nolock.c'), '-ldl']);
    const data = join(folder, 'data');

    const { code, stderr, stdout } = await runCommand(['keys', 'list'], {
      DATA_DIR: data,
      LD_PRELOAD: join(folder, 'nolock.so'),
    });

    expect(stdout + stderr).toContain(`The file system of ${data} does not keep locks`);
    expect(code).toBe(1);
  });
});

describe('the embedded database', () => {
  test('is opened by one of many processes that start at once', async () => {
    const database = embeddedDatabase();
    const started = await Promise.allSettled(
      Array.from({ length: 4 }, () => startProcess({ env: { ...database.env, LOG_FORMAT: 'json' } })),
    );
    const services = started.flatMap((one) => (one.status === 'fulfilled' ? [one.value] : []));
    await Promise.all(services.map((service) => service.stop()));
    database.remove();

    expect(services).toHaveLength(1);
    for (const one of started) if (one.status === 'rejected') expect(String(one.reason)).toContain('is in use by');
  });

  const namespaces = isRoot && answers('unshare', '--version');
  testWith('unshare and root', namespaces)(
    'is opened by one of two containers, in which both are process 1',
    async () => {
      const database = embeddedDatabase();
      const command = ['unshare', '--pid', '--fork', '--mount-proc', '--kill-child=SIGTERM'];
      const first = await startProcess({ env: database.env, command });
      const second = await startProcess({ env: database.env, command }).catch(String);

      expect(second).toContain(`${database.folder} is in use by process 1`);
      // A person may delete the file as a leftover.
      rmSync(join(database.folder, 'lock.db'));
      expect(await startProcess({ env: database.env, command }).catch(String)).toContain(
        'is in use by another process',
      );
      first.child.kill('SIGKILL');
      await first.exited;
      database.remove();
    },
  );

  test('closes its folder and its keys to other users', async () => {
    const { folder, env, remove } = embeddedDatabase();
    const service = await startProcess({ env });
    await service.stop();
    chmodSync(folder, 0o755);
    const keys = ['master.key', 'audit-signing.key', 'first-key'].map((name) => join(folder, name));
    for (const key of keys) chmodSync(key, 0o666);
    const again = await startProcess({ env });
    await again.stop();

    expect(statSync(folder).mode & 0o777).toBe(0o700);
    for (const key of keys) expect([key, statSync(key).mode & 0o777]).toEqual([key, 0o600]);
    await remove();
  });

  testWith('root', isRoot)('refuses a folder that others can open and another user owns', () => {
    const folder = newFolder();
    chmodSync(folder, 0o777);
    chownSync(folder, 12_345, 12_345);
    process.seteuid!(65_534);
    try {
      expect(() => openPrivateFolder(folder)).toThrow(`Other users can open ${folder}, and user 12345 owns it.`);
    } finally {
      process.seteuid!(0);
    }
  });

  describe('on a full disk', () => {
    const mounts = isRoot && answers('mount', '--version');
    testWith('mount and root', mounts)('does not open, and says why', async () => {
      const data = newFolder();
      if (spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=1m', 'tmpfs', data]).status !== 0) return;
      try {
        const { code, stderr } = await runCommand(['keys', 'list'], { DATA_DIR: data });

        expect([code, stderr]).toEqual([1, 'healthcare-ai: the database is unavailable (ENOSPC)\n']);
      } finally {
        spawnSync('umount', ['-l', data]);
      }
    });

    testWith('mount and root', mounts)(
      'answers as PostgreSQL does, loses nothing and continues when there is room',
      async () => {
        const data = newFolder();
        if (spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=110m', 'tmpfs', data]).status !== 0) {
          process.stderr.write('SKIPPED for want of mount: a full disk\n');
          return;
        }
        const { folder, remove } = embeddedDatabase();
        let service: ServiceProcess | undefined;
        try {
          cpSync(folder, data, { recursive: true });
          await remove();
          service = await startProcess({ env: { DATA_DIR: data, ANALYSIS_WORKERS: '0' } });
          const token = await firstKey({ folder: data });
          const { clientOf } = await import('../support/client.ts');
          const client = clientOf(service.url, token);
          // What is left is filled at once, but for what a start needs.
          const left = Number(
            /(\d+)\n*$/.exec(execFileSync('df', ['--output=avail', '-B1', data], { encoding: 'utf8' }))?.[1],
          );
          writeFileSync(join(data, 'filler'), Buffer.alloc(Math.max(0, left - 2_000_000)));
          const acknowledged: string[] = [];
          let refused = await client.ingest('p', 'n');
          for (let n = 0; n < 3_000 && refused.status === 200; n++) {
            acknowledged.push(refused.body.audit_id);
            refused = await client.ingest('p', 'n'.repeat(8_000));
          }

          expect(refused.status).toBe(503);
          expect(refused.body.type).toBe('urn:healthcare-ai:problem:unavailable');
          expect(refused.headers.get('retry-after')).not.toBeNull();

          rmSync(join(data, 'filler'));
          await eventually('a note is taken again', async () => (await client.ingest('p', 'n')).status === 200);
          const read = await Promise.all(acknowledged.slice(-20).map((id) => client.get(`/notes/${id}`)));
          expect(new Set(read.map((one) => one.status))).toEqual(new Set([200]));
        } finally {
          await service?.stop();
          spawnSync('umount', ['-l', data]);
        }
      },
    );
  });
});
