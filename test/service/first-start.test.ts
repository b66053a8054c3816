import { execFileSync, spawn } from 'node:child_process';
import { existsSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { answers } from '../lib/support/program.ts';
import { eventually } from '../support/eventually.ts';
import { clientOf } from './support/client.ts';
import { PageClient } from './support/page-client.ts';
import { embeddedDatabase, firstKey, type ServiceProcess, startProcess } from './support/service.ts';

const hasCurl = answers('curl', '--version');
if (!hasCurl) process.stderr.write('SKIPPED for want of curl: service/first-start.test.ts\n');
const withCurl = hasCurl ? test : test.skip;
const hasScript = answers('script', '--version');
if (!hasScript) process.stderr.write('SKIPPED for want of script (util-linux): the first key on a terminal\n');
const withScript = hasScript ? test : test.skip;

/** What a newcomer does: start, paste the line that was printed, read the note back, see its event. */
describe('the first start on a laptop', () => {
  const database = embeddedDatabase(true);
  let service: ServiceProcess;
  let token: string;

  beforeAll(async () => {
    service = await startProcess({ env: database.env });
    token = await firstKey(database);
    await eventually('the line', () => /\n {2}curl .*?\n\n/s.exec(service.output())?.[0]);
  });
  afterAll(async () => {
    await service?.stop();
    await database.remove();
  });

  withCurl('prints a curl line that works as it stands', async () => {
    const line = service.output().slice(service.output().indexOf('  curl '));
    const command = line.slice(0, line.indexOf('\n\n'));
    const received = JSON.parse(
      execFileSync('sh', ['-c', command], {
        encoding: 'utf8',
        stdio: ['ignore', 'pipe', 'ignore'],
        // A proxy of the machine is not on the way to its own address.
        env: { ...process.env, no_proxy: '*' },
      }),
    );
    expect(received).toMatchObject({ status: 'received', patient_id: 'patient-1' });

    const client = clientOf(service.url, token);
    const note = await client.get(`/notes/${received.audit_id}`);
    expect(note.body.note_text).toBe('Patient reports no chest pain.');
    const trail = await client.get(`/audit/events/${received.audit_id}`);
    expect(trail.body.events.map(({ action }: { action: string }) => action)).toEqual(['note.create', 'note.read']);
  });

  test('keeps the master key and the first API key where their owner alone can read them', () => {
    for (const file of ['master.key', 'first-key']) {
      expect(statSync(join(database.folder, file)).mode & 0o777).toBe(0o600);
    }
    expect(service.output()).not.toContain('hai_');
    expect(service.output()).toContain(`\n  ${service.url}/app/\n`);
    expect(service.output()).not.toContain('start_');
    expect(statSync(database.folder).mode & 0o077).toBe(0);
  });

  withScript('shows the key on a terminal, and a link that signs in once, and neither anywhere else', async () => {
    const other = embeddedDatabase();
    // `script` runs a command on a terminal of its own.
    const command = ['script', '-qefc', `${process.execPath} service/dist/main.cjs`, '/dev/null'];
    const child = spawn(command[0]!, command.slice(1), {
      env: { PATH: process.env.PATH, PORT: '0', METRICS_PORT: '0', ...other.env },
      stdio: ['ignore', 'pipe', 'ignore'],
    });
    let output = '';
    child.stdout.on('data', (chunk) => {
      output += chunk;
    });
    const shown = await eventually('the key', () => /^ {2}(hai_\S+)\r?$/m.exec(output)?.[1]);
    const link = new URL(await eventually('the link', () => /^ {2}(http\S+#start_\S+)\r?$/m.exec(output)?.[1]));
    const code = link.hash.slice(1);
    const page = new PageClient(link.origin);
    const first = await page.signIn(code);
    const again = await new PageClient(link.origin).signIn(code);
    const elsewhere = await clientOf(link.origin, code).post('/notes/search', { patient_id: 'p' });
    child.kill('SIGTERM');

    expect([first.status, first.body.principal, (first.body.roles as string[]).includes('clinician')]).toEqual([
      201,
      'me',
      true,
    ]);
    expect([again.status, elsewhere.status]).toEqual([401, 401]);
    expect(link.pathname).toBe('/app/signin');

    expect(shown).toMatch(/^hai_[0-9a-z]{12}_[\w-]{43}$/);
    expect(existsSync(join(other.folder, 'first-key'))).toBe(false);
    other.remove();
  });

  test('says that the embedded database is not for production', () => {
    expect(service.output()).toContain('embedded (not for production)');
  });

  test('does not print a key a second time, and the first one continues working', async () => {
    await service.stop();
    service = await startProcess({ env: database.env });
    const answer = await clientOf(service.url, token).ingest('patient-2', 'No fever.');
    expect(answer.status).toBe(200);
    expect(service.output()).not.toContain('hai_');
  });
});
