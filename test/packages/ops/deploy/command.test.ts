import { PassThrough } from 'node:stream';
import { text } from 'node:stream/consumers';
import { deployCommand } from '@healthcare-ai/ops/commands/deploy';
import { OpsProgram } from '@healthcare-ai/ops/program';
import { stages } from '../../../../lib/config/stages.ts';

async function run(...args: string[]): Promise<{ readonly code: number; readonly said: string }> {
  const [stdin, stdout, stderr] = [new PassThrough(), new PassThrough(), new PassThrough()];
  const said = Promise.all([text(stdout), text(stderr)]);
  const interrupted = new AbortController().signal;
  const program = new OpsProgram(
    { name: 'npm run deploy --', description: 'd', commands: [deployCommand] },
    { env: {}, stdin, stdout, stderr, interrupted, stages },
  );
  const code = await program.run(args);
  stdout.end();
  stderr.end();
  return { code, said: (await said).join('') };
}

describe('npm run deploy, used wrongly', () => {
  it.each([
    ['without a stage', ['--yes'], /give --stage, one of sandbox, dev, staging, prod/],
    ['with a stage that there is not', ['--stage', 'test'], /there is no stage "test"/],
    [
      'with a tag for a digest',
      ['--stage', 'dev', '--digest', 'v1'],
      /--digest v1: use current, or sha256: and 64 hex digits/,
    ],
    [
      'with a source and the image that is there',
      ['--stage', 'prod', '--from', 'staging', '--digest', 'current'],
      /--digest current leaves the image as it is, and --from brings one/,
    ],
    ['with itself for a source', ['--stage', 'prod', '--from', 'prod'], /give the stage where the image was tested/],
    [
      'with a source that there is not',
      ['--stage', 'prod', '--from', 'test'],
      /use one of sandbox, dev, staging, prod/,
    ],
    [
      'with a setting that there is not',
      ['--stage', 'dev', '-c', 'service.maxTask=2'],
      /is not a key of the configuration/,
    ],
    [
      'with another region than that of its templates',
      ['--stage', 'dev', '--region', 'eu-west-1'],
      /the templates of stage dev are for us-east-1\. Change "region" and "availabilityZones"/,
    ],
    ['with a setting without a value', ['--stage', 'dev', '-c', 'account'], /'account' is invalid\. use key=value/],
    ['with templates that are not there', ['--stage', 'dev', '--templates', 'no-such'], /there is no such folder/],
    ['with authorities that are not there', ['--stage', 'dev', '--ca', 'no-such.pem'], /cannot read the file of --ca/],
    ['with another tool', ['--stage', 'dev', '--engine', 'kaniko'], /Allowed choices are docker, buildah, podman/],
  ])('%s, it prints why and ends with exit code 2', async (_what, args, message) => {
    const { code, said } = await run(...args);
    expect(said).toMatch(message);
    expect(code).toBe(2);
  });

  it('shows an example in its help', async () => {
    const { code, said } = await run('--help');
    expect(said).toMatch(/Example:\n {2}npm run deploy -- --stage dev/);
    expect(code).toBe(0);
  });
});
