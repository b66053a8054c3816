import { keysCommand } from '@healthcare-ai/ops/commands/keys';
import { keysWorld } from '../../packages/ops/keys/keys-world.ts';
import { type AwsEndpoint, startAwsEndpoint } from '../../packages/ops/support/aws-endpoint.ts';
import { runAgainst } from '../../packages/ops/support/run-command.ts';
import { clientOf } from '../support/client.ts';
import { createTestDatabase, runCommand, startProcess } from '../support/service.ts';

const database = createTestDatabase();
let aws: AwsEndpoint;

/** Everything that tasks wrote into their log. */
const logged: string[] = [];

beforeAll(async () => {
  const { ownerEnv } = await database;
  aws = await startAwsEndpoint(
    keysWorld(async ([bundle, ...args]) => {
      expect(bundle).toBe('dist/main.cjs');
      const { code, stdout, stderr } = await runCommand(args, ownerEnv);
      const lines = (stdout + stderr).split('\n').filter(Boolean);
      logged.push(...lines);
      return { exitCode: Number(code), lines };
    }),
  );
});

afterAll(async () => {
  await aws.stop();
  await (await database).remove();
});

const keys = (...args: string[]) =>
  runAgainst(['keys', ...args, '--stage', 'dev', '--yes'], { endpoint: aws.url, command: keysCommand });

test('a key that the operator makes opens the service, and its secret was in no task, call or log', async () => {
  const made = await keys(
    'create',
    '--tenant',
    'north',
    '--principal',
    'auditor:1',
    '--role',
    'auditor',
    'clinician',
    '--expires-in-days',
    '30',
  );
  const token = made.out.trim();
  const id = token.split('_')[1]!;
  const listed = await keys('list', '--tenant', 'north', '--json');
  const service = await startProcess({ env: (await database).ownerEnv });
  const search = () => clientOf(service.url, token).post('/audit/search', { action: 'key.create' });
  let opened: Awaited<ReturnType<typeof search>>;
  try {
    opened = await search();
  } finally {
    await service.stop();
  }
  expect([made.code, listed.code]).toEqual([0, 0]);
  expect(JSON.parse(listed.out)).toEqual([
    expect.objectContaining({ key_id: id, principal: 'auditor:1', roles: ['auditor', 'clinician'] }),
  ]);
  expect(opened.status).toBe(200);
  expect(opened.body.events[0]).toMatchObject({ action: 'key.create', subject: id });

  const revoked = await keys('revoke', id);
  const again = await keys('revoke', id);
  expect([revoked.code, again.code]).toEqual([0, 2]);
  expect((await keys('list')).out).toMatch(/ revoked\n$/);
  const secret = token.slice(17);
  expect(JSON.stringify(aws.calls) + logged.join('\n')).not.toContain(secret);
});
