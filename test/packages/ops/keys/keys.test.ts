import { keysCommand } from '@healthcare-ai/ops/commands/keys';
import { type AwsEndpoint, AwsFault, startAwsEndpoint } from '../support/aws-endpoint.ts';
import { runAgainst } from '../support/run-command.ts';
import { type Ended, keysWorld } from './keys-world.ts';

let aws: AwsEndpoint;
afterEach(() => aws?.stop());

async function keys(args: readonly string[], ended: Ended = { exitCode: 0, lines: [] }) {
  aws = await startAwsEndpoint(keysWorld(async () => ended));
  return runAgainst(['keys', ...args, '--stage', 'dev'], { endpoint: aws.url, command: keysCommand });
}

const run = () => aws.calls.filter(({ operation }) => operation === 'RunTask').map(({ input }) => input);
const create = ['create', '--tenant', 'north', '--principal', 'ehr', '--role', 'integration', '--yes'];

describe('keys create', () => {
  test('runs the task of the tasks stack beside the service, in its subnets, without a public address', async () => {
    expect((await keys(create)).code).toBe(0);
    expect(run()).toEqual([
      expect.objectContaining({
        cluster: 'healthcare-ai-dev',
        taskDefinition: 'arn:aws:ecs:us-east-1:111122223333:task-definition/healthcare-ai-dev-migrate:7',
        launchType: 'FARGATE',
        networkConfiguration: {
          awsvpcConfiguration: {
            subnets: ['subnet-1', 'subnet-2'],
            securityGroups: ['sg-1'],
            assignPublicIp: 'DISABLED',
          },
        },
      }),
    ]);
  });

  test('prints the key alone on standard output, and nothing of its secret leaves the machine', async () => {
    const { out, err } = await keys(create);
    const [, id, secret] = /^hai_([0-9a-z]{12})_([A-Za-z0-9_-]{43})\n$/.exec(out)!;
    expect(err).toContain(`Stored ${id}`);
    expect(err).not.toContain(secret);
    expect(JSON.stringify(aws.calls)).toContain(id);
    expect(JSON.stringify(aws.calls)).not.toContain(secret);
  });

  test('--json gives the key with its id', async () => {
    const { out } = await keys([...create, '--json']);
    const document = JSON.parse(out);
    expect(document.key).toContain(document.key_id);
  });

  test('forwards its options to the command of the image as they are, those for care teams included', async () => {
    expect((await keys([...create, '--care-team', 'cardiology', 'icu', '--expires-in-days', '90'])).code).toBe(0);
    expect(run()[0].overrides.containerOverrides[0].command).toEqual([
      ...['dist/main.cjs', 'keys', 'create', '--tenant', 'north', '--principal', 'ehr', '--role', 'integration'],
      ...['--care-team', 'cardiology', 'icu', '--expires-in-days', '90'],
      ...['--key-id', expect.stringMatching(/^[0-9a-z]{12}$/), '--hash', expect.stringMatching(/^[0-9a-f]{64}$/)],
    ]);
  });

  test.each([
    [['revoke', 'hai_0123456789ab_secretsecretsecret', '--yes'], /the id of the key alone/],
    [[...create, '--hash', '00'], /leave --key-id and --hash out/],
    [[], /missing required argument/],
    [create.slice(0, -1), /give --yes/],
  ])('%j is refused before anything runs', async (args, message) => {
    const { code, out, err } = await keys(args);
    expect({ code, out }).toEqual({ code: 2, out: '' });
    expect(err).toMatch(message);
    expect(err).not.toContain('secretsecret');
    expect(run()).toEqual([]);
  });

  test('what the image refuses is wrong usage here, too, with its own words', async () => {
    const lines = ['healthcare-ai: the tenant must be 1 to 64 letters'];
    const { code, out, err } = await keys(create, { exitCode: 2, lines });
    expect({ code, out }).toEqual({ code: 2, out: '' });
    expect(err).toContain('ended with exit code 2: the tenant must be 1 to 64 letters');
  });

  test('a task that fails gives no key, and its own last line', async () => {
    const lines = [
      '2026-11-23 INFO starting',
      'healthcare-ai: the database refused it with SQLSTATE 28P01: the password is wrong',
    ];
    const { code, out, err } = await keys(create, { exitCode: 1, lines });
    expect({ code, out }).toEqual({ code: 1, out: '' });
    expect(err).toContain('ended with exit code 1: the database refused it with SQLSTATE 28P01');
  });

  test('a task that never ran gives no key, and the reason of ECS', async () => {
    const { code, out, err } = await keys(create, {
      exitCode: undefined,
      lines: [],
      reason: 'CannotPullContainerError',
    });
    expect({ code, out }).toEqual({ code: 1, out: '' });
    expect(err).toContain('never ran: CannotPullContainerError');
  });

  test('interrupted while it waits, it says which key has a lost secret, and how to revoke it', async () => {
    const stop = new AbortController();
    aws = await startAwsEndpoint({
      ...keysWorld(async () => ({ exitCode: 0, lines: [] })),
      DescribeTasks: () => {
        stop.abort();
        return { tasks: [{ taskArn: 'a/b', lastStatus: 'RUNNING' }] };
      },
    });
    const args = ['keys', ...create, '--stage', 'dev'];
    const { code, out, err } = await runAgainst(args, {
      endpoint: aws.url,
      command: keysCommand,
      interrupted: stop.signal,
    });
    const id = run()[0].overrides.containerOverrides[0].command.at(-3);
    expect({ code, out }).toEqual({ code: 1, out: '' });
    expect(err).toMatch(new RegExp(`Interrupted. The key ${id} may have been stored, .*keys revoke ${id} --stage dev`));
  });

  test('a call that is not allowed is one line', async () => {
    aws = await startAwsEndpoint({
      ...keysWorld(async () => ({ exitCode: 0, lines: [] })),
      RunTask: () =>
        new AwsFault(
          'AccessDeniedException',
          'User: arn:aws:iam::1:user/op is not authorized to perform: ecs:RunTask on resource: arn:aws:ecs:x',
        ),
    });
    const { code, err } = await runAgainst(['keys', ...create, '--stage', 'dev'], {
      endpoint: aws.url,
      command: keysCommand,
    });
    expect(code).toBe(1);
    expect(err).toContain('Not allowed: ecs:RunTask on arn:aws:ecs:x');
  });
});

describe('keys list', () => {
  const listed = [
    {
      key_id: '0123456789ab',
      tenant: 'north',
      principal: 'ehr',
      roles: ['integration'],
      care_teams: ['icu'],
      created_at: '2026-01-01T00:00:00Z',
    },
    {
      key_id: 'ba9876543210',
      tenant: 'north',
      principal: '*****',
      roles: ['clinician', 'auditor'],
      created_at: '2026-01-02T00:00:00Z',
      revoked_at: '2026-02-01T00:00:00Z',
    },
  ];
  const linesOf = (value: unknown) => JSON.stringify(value, null, 2).split('\n');

  test('shows what the task wrote, once the log has all of it', async () => {
    const { code, out, err } = await keys(['list', '--tenant', 'north'], {
      exitCode: 0,
      lines: ['a warning', ...linesOf(listed)],
    });
    expect(code).toBe(0);
    expect(out.split('\n').map((line) => line.split(/ {2,}/))).toEqual([
      ['KEY ID', 'TENANT', 'PRINCIPAL', 'ROLES', 'CARE TEAMS', 'CREATED', 'STATE'],
      ['0123456789ab', 'north', 'ehr', 'integration', 'icu', '2026-01-01', 'active'],
      ['ba9876543210', 'north', '*****', 'clinician,auditor', '-', '2026-01-02', 'revoked'],
      [''],
    ]);
    expect(err).toContain('masks');
    expect(run()[0].overrides.containerOverrides[0].command).toEqual([
      'dist/main.cjs',
      'keys',
      'list',
      '--tenant',
      'north',
      '--json',
    ]);
  });

  test('says that there are none', async () => {
    expect((await keys(['list'], { exitCode: 0, lines: ['[]'] })).out).toBe('There are no keys.\n');
  });

  test('does not take half an answer for the whole', async () => {
    const { code, out, err } = await keys(['list'], { exitCode: 0, lines: linesOf(listed).slice(0, -1) });
    expect({ code, out }).toEqual({ code: 1, out: '' });
    expect(err).toContain('CloudWatch Logs did not have its answer in time');
  });
});

test('keys revoke names the key, and reports it when none exists', async () => {
  const { code, out } = await keys(['revoke', '0123456789ab', '--yes'], {
    exitCode: 0,
    lines: ['revoked 0123456789ab'],
  });
  expect({ code, out }).toEqual({ code: 0, out: 'revoked 0123456789ab\n' });
  await aws.stop();
  const lines = ['healthcare-ai: there is no such key, or it was revoked before: see keys list'];
  const none = await keys(['revoke', '0123456789ab', '--yes'], { exitCode: 2, lines });
  expect(none.code).toBe(2);
  expect(none.err).toContain('there is no such key, or it was revoked before');
});
