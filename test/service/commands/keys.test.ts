import { makeApiKey } from '@healthcare-ai/contract/api-key';
import { clientOf } from '../support/client.ts';
import { type CommandResult, createTestDatabase, runCommand, startProcess } from '../support/service.ts';
import { describeWithPostgres } from '../support/skips.ts';

const database = createTestDatabase();
afterAll(async () => (await database).remove());
const run = async (...args: string[]): Promise<CommandResult> => runCommand(args, (await database).ownerEnv);
const keys = (...args: string[]) => run('keys', ...args);
const create = (tenant: string, principal: string, ...roles: string[]) =>
  keys('create', '--tenant', tenant, '--principal', principal, '--role', ...roles);
const idOf = ({ stdout }: CommandResult) => stdout.split('_')[1]!;

test('create prints the key, once and alone', async () => {
  const { code, stdout, stderr } = await create('north', 'ehr', 'integration');

  expect([code, stderr]).toEqual([0, '']);
  expect(stdout).toMatch(/^hai_[0-9a-z]{12}_[A-Za-z0-9_-]{43}\n$/);
});

test('[164.308(a)(4)(ii)(C)] list shows every key, without its secret', async () => {
  const today = () => new Date().toISOString().slice(0, 10);
  const before = today();
  const made = await create('south', 'clinic:7', 'clinician', 'auditor');
  const secret = made.stdout.trim().slice(17);

  const { code, stdout, stderr } = await keys('list');

  expect([code, stderr]).toEqual([0, '']);
  const [head, ...rows] = stdout.trimEnd().split('\n');
  expect(head!.split(/ {2,}/)).toEqual(['KEY ID', 'TENANT', 'PRINCIPAL', 'ROLES', 'CARE TEAMS', 'CREATED', 'STATE']);
  expect(rows).toHaveLength(2);
  expect(rows[1]!.split(/ {2,}/)).toEqual([
    idOf(made),
    'south',
    'clinic:7',
    'clinician,auditor',
    '-',
    // A day may end meanwhile.
    expect.stringMatching(`^(${before}|${today()})$`),
    'active',
  ]);
  expect(stdout).not.toContain(secret);
});

test('list can be narrowed to a tenant, and be read by programs', async () => {
  const { stdout } = await keys('list', '--tenant', 'south', '--json');

  expect(JSON.parse(stdout)).toEqual([
    {
      key_id: expect.stringMatching(/^[0-9a-z]{12}$/),
      tenant: 'south',
      principal: 'clinic:7',
      roles: ['clinician', 'auditor'],
      care_teams: [],
      created_at: expect.any(String),
    },
  ]);
  expect((await keys('list', '--tenant', 'nowhere', '--json')).stdout).toBe('[]\n');
});

test('create stores a key that was made elsewhere by its hash: no secret comes near it', async () => {
  const { keyId, token, hash } = makeApiKey();
  const args = ['--tenant', 'away', '--principal', 'ehr', '--role', 'auditor'];
  const stored = await keys('create', ...args, '--key-id', keyId, '--hash', hash.toString('hex'));

  expect(stored).toEqual({ code: 0, stdout: `stored ${keyId}\n`, stderr: '' });
  const again = await keys('create', ...args, '--key-id', keyId, '--hash', hash.toString('hex'));
  expect([again.code, again.stdout]).toEqual([1, '']);
  expect(again.stderr).toMatch(/^healthcare-ai: .*23505.*\n$/);
  const service = await startProcess({ env: (await database).ownerEnv });
  try {
    const taken = await clientOf(service.url, token).post('/audit/search', {});
    expect([taken.status, taken.body.events[0].subject]).toEqual([200, keyId]);
    const other = await clientOf(service.url, makeApiKey().token).post('/audit/search', {});
    expect(other.status).toBe(401);
  } finally {
    await service.stop();
  }
});

test('a key may name care teams, each once, and nothing else as one', async () => {
  const owner = ['create', '--tenant', 'east', '--principal', 'p', '--role', 'clinician', '--care-team'];
  await keys(...owner, 'cardiology', 'ward-3b', 'cardiology');
  const [listed] = JSON.parse((await keys('list', '--tenant', 'east', '--json')).stdout);
  const bad = await keys(...owner, 'The Heart Team');
  const many = await keys(...owner, ...Array.from({ length: 65 }, (_, i) => `team-${i}`));

  expect(listed.care_teams).toEqual(['cardiology', 'ward-3b']);
  expect((await keys('list', '--tenant', 'east')).stdout).toContain('cardiology,ward-3b');
  expect([bad.code, many.code]).toEqual([2, 2]);
  expect(bad.stderr).toMatch(/^healthcare-ai: a care team must be 1 to 32 lower-case letters[^\n]*\n$/);
  expect(bad.stderr).not.toContain('Heart');
  expect(many.stderr).toContain('at most 64 care teams');
});

test('[164.312(a)(2)(iii)] a key may end by itself', async () => {
  const made = await keys(
    'create',
    '--tenant',
    'west',
    '--principal',
    'p',
    '--role',
    'admin',
    '--expires-in-days',
    '30',
  );
  const [listed] = JSON.parse((await keys('list', '--tenant', 'west', '--json')).stdout);

  expect(made.code).toBe(0);
  const days = (Date.parse(listed.expires_at) - Date.parse(listed.created_at)) / 86_400_000;
  expect(days).toBeCloseTo(30, 2);
});

test('[164.308(a)(3)(ii)(C)] revoke ends a key, once', async () => {
  const id = idOf(await create('east', 'p', 'integration'));

  const revoked = await keys('revoke', id);
  const again = await keys('revoke', id);

  expect(revoked).toEqual({ code: 0, stdout: `revoked ${id}\n`, stderr: '' });
  expect([again.code, again.stdout]).toEqual([2, '']);
  expect(again.stderr).toBe('healthcare-ai: the key does not exist or is already revoked: run keys list\n');
  expect((await keys('list', '--tenant', 'east')).stdout).toMatch(/ {2}revoked\n$/);
});

describe('misuse is reported in one line, with exit code 2 and nothing on stdout:', () => {
  const made = ['--tenant', 'north', '--principal', 'p', '--role'];
  const cases: [string, string[]][] = [
    ['an unknown command', ['kyes']],
    ['an unknown command of keys', ['keys', 'delete']],
    ['an unknown option', ['keys', 'list', '--all']],
    ['an argument too many', ['keys', 'list', 'everything']],
    ['create without anything', ['keys', 'create']],
    ['create without a role', ['keys', 'create', '--tenant', 'north', '--principal', 'p']],
    ['a role that is none', ['keys', 'create', ...made, 'doctor']],
    ['a name of Object as a role', ['keys', 'create', ...made, 'constructor']],
    ['one role that is none beside one that is', ['keys', 'create', ...made, 'clinician', 'root']],
    ['an empty tenant', ['keys', 'create', '--tenant', '', '--principal', 'p', '--role', 'admin']],
    ['words as a tenant', ['keys', 'create', '--tenant', 'North Clinic', '--principal', 'p', '--role', 'admin']],
    ['words as a principal', ['keys', 'create', '--tenant', 'n', '--principal', 'Jane Doe', '--role', 'admin']],
    [
      'a principal of 129 characters',
      ['keys', 'create', '--tenant', 'n', '--principal', 'p'.repeat(129), '--role', 'admin'],
    ],
    ['no number of days', ['keys', 'create', ...made, 'admin', '--expires-in-days', 'soon']],
    ['zero days', ['keys', 'create', ...made, 'admin', '--expires-in-days', '0']],
    ['half a day', ['keys', 'create', ...made, 'admin', '--expires-in-days', '0.5']],
    ['a key id without its hash', ['keys', 'create', ...made, 'admin', '--key-id', '0123456789ab']],
    ['a hash without its key id', ['keys', 'create', ...made, 'admin', '--hash', 'a'.repeat(64)]],
    ['a hash that is none', ['keys', 'create', ...made, 'admin', '--key-id', '0123456789ab', '--hash', 'pppp']],
    ['a key id that is none', ['keys', 'create', ...made, 'admin', '--key-id', 'pppp', '--hash', 'a'.repeat(64)]],
    ['revoke without a key', ['keys', 'revoke']],
    ['revoke of what is no key', ['keys', 'revoke', 'Jane Doe']],
    ['a role of the database that is no name', ['migrate', '--service-role', 'Jane; DROP TABLE notes']],
  ];
  test.each(cases)('%s', async (_what, args) => {
    const { code, stdout, stderr } = await run(...args);

    expect([code, stdout]).toEqual([2, '']);
    expect(stderr.split('\n')).toEqual([expect.stringMatching(/^healthcare-ai: ./), '']);
    expect(stderr).not.toMatch(/Jane|North Clinic|doctor|kyes|delete|--all|everything|soon|0\.5|pppp|root|constructor/);
  });
});

test('--help is an answer, with exit code 0', async () => {
  for (const args of [['--help'], ['keys', '--help'], ['keys', 'create', '--help'], ['migrate', '--help']]) {
    const { code, stdout, stderr } = await run(...args);

    expect([code, stderr]).toEqual([0, '']);
    expect(stdout).toMatch(/^Usage: healthcare-ai/);
  }
});

test('[164.312(b)] [164.308(a)(4)(ii)(C)] each use of a command is an event in the trail, without a secret', async () => {
  const auditor = await create('trail', 'auditor', 'auditor');
  const key = await create('trail', 'ehr', 'integration');
  await keys('revoke', idOf(key));
  await keys('list', '--tenant', 'trail');
  // After the commands: the embedded database supports one process at a time.
  const service = await startProcess({ env: (await database).ownerEnv });
  try {
    const { body } = await clientOf(service.url, auditor.stdout.trim()).post('/audit/search', {});

    const told = body.events.map((event: Record<string, unknown>) => [
      event.action,
      event.subject,
      event.count,
      event.route,
    ]);
    expect(told).toEqual([
      ['key.list', undefined, 2, 'keys'],
      ['key.revoke', idOf(key), undefined, 'keys'],
      ['key.create', idOf(key), undefined, 'keys'],
      ['key.create', idOf(auditor), undefined, 'keys'],
    ]);
    expect(JSON.stringify(body)).not.toContain(key.stdout.trim().slice(17));
  } finally {
    await service.stop();
  }
});

describeWithPostgres()('with PostgreSQL', () => {
  test('[164.308(a)(4)(ii)(B)] the role of the service may not make keys: that is the owner’s', async () => {
    const { env } = await database;

    const made = await runCommand(['keys', 'create', '--tenant', 'n', '--principal', 'p', '--role', 'admin'], env);

    expect([made.code, made.stdout]).toEqual([1, '']);
    expect(made.stderr).toMatch(/^healthcare-ai: .*42501.*\n$/);
  });

  test('what a trigger or a constraint of the database says is not passed on', async () => {
    const { server } = await database;
    await server!.query(`CREATE FUNCTION speak() RETURNS trigger LANGUAGE plpgsql AS
      $$ BEGIN RAISE EXCEPTION 'canary-of-the-row %', NEW.principal; END $$`);
    await server!.query('CREATE TRIGGER speaks BEFORE INSERT ON api_keys FOR EACH ROW EXECUTE FUNCTION speak()');

    const { code, stdout, stderr } = await create('north', 'canary-principal', 'admin');
    await server!.query('DROP TRIGGER speaks ON api_keys');

    expect([code, stdout]).toEqual([1, '']);
    expect(stderr).toMatch(/^healthcare-ai: .*P0001.*\n$/);
    expect(stderr).not.toContain('canary');
  });
});
