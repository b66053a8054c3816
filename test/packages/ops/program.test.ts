import { PassThrough } from 'node:stream';
import { text } from 'node:stream/consumers';
import { OpsFailure } from '@healthcare-ai/ops/errors';
import { type OpsCommand, OpsProgram } from '@healthcare-ai/ops/program';
import { stages } from '../../../lib/config/stages.ts';

async function run(
  args: readonly string[],
  command: OpsCommand,
  more: { readonly interrupt?: AbortSignal; readonly env?: Record<string, string> } = {},
) {
  const [stdin, stdout, stderr] = [new PassThrough(), new PassThrough(), new PassThrough()];
  const interrupted = more.interrupt ?? new AbortController().signal;
  const around = { env: more.env ?? {}, stdin, stdout, stderr, interrupted, stages };
  const code = await new OpsProgram({ name: 'ops', description: 'd', commands: [command] }, around).run(args);
  stdout.end();
  stderr.end();
  return { code, out: await text(stdout), err: await text(stderr) };
}

const fails =
  (error: unknown): OpsCommand =>
  (program, contextOf) =>
    void program.command('do').action((_options, command) => {
      contextOf(command).state('The service runs the old image.');
      throw error;
    });

test('a command answers in text, and with --json in one document', async () => {
  const command: OpsCommand = (program, contextOf) =>
    void program.command('do').action((_options, command) => {
      const { output, names, region } = contextOf(command);
      output.progress('looking');
      output.result({ cluster: names.cluster, region }, `${names.cluster} in ${region}`);
    });
  expect(await run(['do', '--stage', 'dev'], command)).toEqual({
    code: 0,
    out: 'healthcare-ai-dev in us-east-1\n',
    err: 'looking\n',
  });
  const { out } = await run(['do', '--stage', 'dev', '--json', '--region', 'eu-west-1'], command);
  expect(JSON.parse(out)).toEqual({ cluster: 'healthcare-ai-dev', region: 'eu-west-1' });
});

test('a stage that was deployed with -c is judged by the same settings', async () => {
  const command: OpsCommand = (program, contextOf) =>
    void program.command('do').action((_options, command) => {
      const { config, output, region } = contextOf(command);
      output.result({}, `${config.service.minTasks} of ${config.edge.domainName} in ${region}`);
    });
  const settings = ['service.minTasks=2', 'edge.domainName=notes.example.org', 'region=us-east-1'];
  const given = settings.flatMap((pair) => ['-c', pair]);
  expect((await run(['do', '--stage', 'dev', ...given], command)).out).toBe('2 of notes.example.org in us-east-1\n');
  expect((await run([...given, 'do', '--stage', 'dev'], command)).out).toBe('2 of notes.example.org in us-east-1\n');
});

test.each([
  [['do'], /give --stage, one of sandbox, dev, staging, prod/],
  [['do', '--stage', 'moon'], /there is no stage "moon"/],
  [['do', '--stage', 'dev', '--region', 'x'], /use a region such as/],
  [['do', '--stage', 'dev', '-c', 'service.minTasks'], /use key=value/],
  [['do', '--stage', 'dev', '-c', 'service.nonsense=1'], /service\.nonsense: is not a key of the configuration/],
  [['do', '--stage', 'dev', '--timeout', 'soon'], /use a time such as/],
  [['do', '--stage', 'dev', '--nonsense'], /unknown option/],
  [['dont'], /unknown command/],
  [[], /Usage/],
])('%j is used wrongly', async (args, message) => {
  const { code, err, out } = await run(args, fails(new OpsFailure('not reached')));
  expect({ code, out }).toEqual({ code: 2, out: '' });
  expect(err).toMatch(message);
  expect(err).not.toMatch(/^\s+at /m);
});

test('a failure is one line and exit code 1', async () => {
  expect(await run(['do', '--stage', 'dev'], fails(new OpsFailure('It did not start.')))).toEqual({
    code: 1,
    out: '',
    err: 'It did not start.\n',
  });
});

test('an internal error is one line without a stack, and says in which state things are', async () => {
  const { code, err } = await run(['do', '--stage', 'dev'], fails(new TypeError('x is undefined\n    at y')));
  expect(code).toBe(1);
  expect(err).toBe('Internal error (please report it): TypeError: x is undefined. The service runs the old image.\n');
});

const waits =
  (meanwhile: () => void = () => {}): OpsCommand =>
  (program, contextOf) =>
    void program.command('do').action(async (_options, command) => {
      const context = contextOf(command);
      context.state('The service runs the old image.');
      const waiting = context.clock.sleep(60_000, context.signal);
      meanwhile();
      await waiting;
    });

test('Ctrl-C ends a wait and says in what state things are', async () => {
  const controller = new AbortController();
  const interrupted = waits(() => controller.abort());
  expect(await run(['do', '--stage', 'dev'], interrupted, { interrupt: controller.signal })).toEqual({
    code: 1,
    out: '',
    err: 'Interrupted. The service runs the old image.\n',
  });
});

test('--timeout bounds a command', async () => {
  const { code, err } = await run(['do', '--stage', 'dev', '--timeout', '1s'], waits());
  expect(code).toBe(1);
  expect(err).toBe('Gave up after 1s; --timeout sets how long. The service runs the old image.\n');
});

test('a secret of the environment is never printed, wherever it comes from', async () => {
  const secret = 'canary-wJalrXUtnFEMI/K7MDENG';
  const command: OpsCommand = (program, contextOf) =>
    void program.command('do').action((_options, command) => {
      const { output } = contextOf(command);
      output.progress(`p ${secret}`);
      output.row({ secret }, 'r');
      output.result({ secret }, `t ${secret}`);
      throw new Error(`e ${secret}`);
    });
  for (const flags of [[], ['--json']]) {
    const { out, err } = await run(['do', '--stage', 'dev', ...flags], command, {
      env: { AWS_SECRET_ACCESS_KEY: secret },
    });
    expect(out + err).not.toContain('canary');
    expect(out + err).toContain('[hidden]');
  }
});

test('a change is not made when nobody is there to say yes', async () => {
  const command: OpsCommand = (program, _contextOf, localContextOf) =>
    void program.command('do').action(async (_options, command) => {
      const context = localContextOf(command);
      await context.confirm('Really?');
      context.output.result({}, 'done');
    });
  expect(await run(['do'], command)).toMatchObject({ code: 2, out: '', err: expect.stringContaining('give --yes') });
  expect(await run(['do', '--yes'], command)).toMatchObject({ code: 0, out: 'done\n' });
});
