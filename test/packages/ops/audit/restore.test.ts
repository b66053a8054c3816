import { contract } from '@healthcare-ai/contract';
import { type Ended, oneOffWorld } from '../keys/keys-world.ts';
import { type AwsEndpoint, AwsFault, startAwsEndpoint } from '../support/aws-endpoint.ts';
import { runAgainst } from '../support/run-command.ts';
import { auditOf } from './published-trail.ts';

const command = auditOf('operator');

let aws: AwsEndpoint;
afterEach(() => aws?.stop());

const added = 'added checkpoints 7 to 20 with 900 events; the next checkpoint is 21';

async function restore(ended: Ended, args: readonly string[] = ['--yes'], outputs?: Record<string, string>) {
  aws = await startAwsEndpoint({
    ...oneOffWorld({ container: 'restore', runs: async () => ended, outputs }),
    DescribeServices: () => ({
      services: [{ status: 'ACTIVE', runningCount: 2, deployments: [{ taskDefinition: 'service:1' }] }],
      failures: [],
    }),
  });
  return runAgainst(['audit', 'restore', '--stage', 'dev', ...args], { endpoint: aws.url, command });
}

const run = () => aws.calls.filter(({ operation }) => operation === 'RunTask').map(({ input }) => input);

describe('audit restore', () => {
  test('runs the task of the tasks stack that reads what was published, and gives its answer', async () => {
    const { code, out, err } = await restore({ exitCode: 0, lines: ['{"event":"a line of the log"}', added] });

    expect({ code, out }).toEqual({ code: 0, out: `${added}.\n` });
    expect(err).toContain('/healthcare-ai/dev/audit -> the database; 2 tasks of the service run');
    // The rights that docs/operations.md names.
    expect([...new Set(aws.calls.map(({ operation }) => operation))].sort()).toEqual([
      ...['DescribeServices', 'DescribeStacks', 'DescribeTasks', 'GetLogEvents', 'RunTask'],
    ]);
    expect(run()).toEqual([
      expect.objectContaining({
        taskDefinition: 'arn:aws:ecs:us-east-1:111122223333:task-definition/healthcare-ai-dev-restore:3',
        overrides: { containerOverrides: [{ name: 'restore', command: [...contract.container.restoreAudit] }] },
        startedBy: 'ops-restore-dev',
      }),
    ]);
    const read = aws.calls.find(({ operation }) => operation === 'GetLogEvents')!.input;
    expect(read).toMatchObject({
      logGroupName: '/healthcare-ai/dev/migrate',
      logStreamName: expect.stringMatching(/^restore\/restore\//),
    });
  });

  test('names a trail where the database knows none', async () => {
    const trail = '78991a6f-88e1-4bdc-abf2-5fc125e6a332';
    expect(await restore({ exitCode: 0, lines: [added] }, ['--yes', '--trail', trail])).toMatchObject({ code: 0 });
    expect(run()[0]!.overrides.containerOverrides[0].command.slice(-2)).toEqual(['--trail', trail]);
  });

  test('gives the refusal of the task: a fork is one line', async () => {
    const said =
      'the database has another checkpoint 7 than the sink: after it was set back, the service sealed it again';
    const { code, out, err } = await restore({ exitCode: 1, lines: [`healthcare-ai: ${said}`] });
    expect({ code, out }).toEqual({ code: 1, out: '' });
    expect(err).toContain(`ended with exit code 1: ${said}.`);
  });

  test('says what to do while a task of before holds the lead', async () => {
    const lines = ['healthcare-ai: a service process is sealing or publishing the trail: stop all processes first'];
    const { code, err } = await restore({ exitCode: 1, lines });
    expect({ code, err }).toEqual({
      code: 1,
      err: expect.stringContaining('npm run ops -- restart --stage dev; then run this again'),
    });
  });

  test('starts nothing without a yes, nor where the stack is older than this command', async () => {
    expect(await restore({ exitCode: 0, lines: [added] }, [])).toMatchObject({ code: 2 });
    expect(run()).toEqual([]);
    await aws.stop();
    const older = { MigrateTaskDefinition: 'a', TaskSubnets: 's', MigrateSecurityGroup: 'g' };
    const { code, err } = await restore({ exitCode: 0, lines: [added] }, ['--yes'], older);
    expect({ code, err }).toEqual({ code: 1, err: expect.stringContaining('Update it with `npm run deploy`') });
    expect(run()).toEqual([]);
  });

  test('interrupted while it waits, it says that the task continues', async () => {
    const stop = new AbortController();
    aws = await startAwsEndpoint({
      ...oneOffWorld({ container: 'restore', runs: async () => ({ exitCode: 0, lines: [added] }) }),
      DescribeServices: () => ({ services: [], failures: [{ reason: 'MISSING' }] }),
      DescribeTasks: () => {
        stop.abort();
        return { tasks: [{ taskArn: 'a/b', lastStatus: 'RUNNING' }] };
      },
    });
    const args = ['audit', 'restore', '--stage', 'dev', '--yes'];
    const { code, err } = await runAgainst(args, { endpoint: aws.url, command, interrupted: stop.signal });
    expect({ code, err }).toEqual({ code: 1, err: expect.stringContaining('The task keeps running.') });
  });

  test('a call that is not allowed is one line', async () => {
    aws = await startAwsEndpoint({
      ...oneOffWorld({ container: 'restore', runs: async () => ({ exitCode: 0, lines: [] }) }),
      DescribeServices: () => ({ services: [{ runningCount: 1 }], failures: [] }),
      RunTask: () =>
        new AwsFault('AccessDeniedException', 'User: arn:aws:iam::1:user/op is not authorized to perform: ecs:RunTask'),
    });
    const args = ['audit', 'restore', '--stage', 'dev', '--yes'];
    const { code, err } = await runAgainst(args, { endpoint: aws.url, command });
    expect(code).toBe(1);
    expect(err).toContain('Not allowed');
  });
});
