import { existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { answers, describeWhere, type Ended, run } from '../../../lib/support/program.ts';
import { assemblyFolder } from '../../cloud-policies/folder.ts';
import { templatesOf } from '../../cloud-policies/stage.ts';

const work = mkdtempSync(join(tmpdir(), 'healthcare-ai-synth-test-'));
afterAll(() => rmSync(work, { recursive: true, force: true }));

const synth = (...args: readonly string[]): Ended => run(process.execPath, ['bin/synth.ts', ...args]);

const templatesIn = (folder: string): string[] =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.template.json'));

const offline = answers('unshare', '--user', '--map-root-user', '--net', 'true');

describeWhere(offline, 'this machine lets nobody cut off the network (unshare), so synth was not tried without')(
  'npm run synth, with the network cut off, an empty home and no credentials',
  () => {
    const home = mkdtempSync(join(work, 'home-'));
    const out = join(work, 'offline');
    let ended: Ended;
    beforeAll(() => {
      // Nothing of this process's environment but the way to node; every gate on.
      const args = ['--user', '--map-root-user', '--net', process.execPath, 'bin/synth.ts', 'prod', '--out', out];
      ended = run('unshare', args, { PATH: process.env.PATH, HOME: home });
    });

    it('writes the templates of a stage, every gate passed', () => {
      expect(ended.code).toBe(0);
      expect(ended.out).toMatch(/^prod: 9 templates in .+ \([\d.]+ s\)\n$/);
      expect(templatesIn(join(out, 'prod'))).toHaveLength(9);
      console.info(`synth of prod with every gate on, offline: ${ended.seconds.toFixed(1)} s wall (aim: 6 s)`);
    });

    it('prints what no template can do, with the command that does it, and nothing else', () => {
      const notes = ended.err.trimEnd().split('\n');
      expect(notes).toEqual([
        expect.stringMatching(/^prod\/database: AWS Backup skips Aurora.*aws backup describe-region-settings/),
        expect.stringMatching(/^prod\/tasks: .*aws iam create-service-linked-role/),
        expect.stringMatching(/^prod\/service: ECS owns the weights.*npm run deploy -- --stage prod/),
      ]);
    });

    it('leaves nothing in the home folder', () => {
      expect(readdirSync(home)).toEqual([]);
    });
  },
);

describeWhere(answers('cfn-lint', '--version'), 'cfn-lint is not installed, so the templates were not linted')(
  'cfn-lint -i W',
  () => {
    it('finds nothing in the templates of prod, nor in those of dev that have another shape', () => {
      // Rolling instead of canary, and one target group; the others differ in numbers alone.
      const service = templatesOf('dev').filter(({ name }) => name === 'service');
      const { path } = assemblyFolder([
        ...templatesOf('prod'),
        ...service.map((template) => ({ ...template, name: 'dev-service' })),
      ]);
      const files = templatesIn(path);
      expect(files).toHaveLength(10);
      const linted = run('cfn-lint', [
        '-i',
        'W',
        '--format',
        'parseable',
        '--',
        ...files.map((file) => join(path, file)),
      ]);
      // CDK's weak references between stacks: an intrinsic function that is younger than many a cfn-lint.
      const findings = linted.out.split('\n').filter((line) => line !== '' && !line.includes('Fn::GetStackOutput'));
      expect(findings).toEqual([]);
      expect([0, 2]).toContain(linted.code);
    });
  },
);

describe('npm run synth', () => {
  it('reports all faults of a bad configuration in one message, with exit code 2 and no template', () => {
    const out = join(work, 'bad');
    const overrides = [
      'service.minTasks=1',
      'edge.certificateArn=arn:aws:acm:eu-west-1:111122223333:certificate/x',
      'service.databasePoolSize=100',
      'service.maxTasks=1000',
      'service.cpu=2048',
      'service.memory=4096',
      'service.colour=blue',
      'retention.audit=1827',
      'sidecar.kind=adot',
    ];
    const { code, err } = synth('prod', '--out', out, ...overrides.flatMap((pair) => ['-c', pair]));
    expect(code).toBe(2);
    expect(err).toMatch(/^The configuration has 8 faults:\n/);
    for (const path of [
      'service.minTasks',
      'edge.certificateArn',
      'service.databasePoolSize',
      'service.cpu',
      'service.colour',
      'retention.audit',
      'sidecar.image',
      'sidecar.kind',
    ]) {
      expect(err).toContain(`\n  prod ${path}: `);
    }
    expect(err).not.toMatch(/at .+\.ts:\d+/);
    expect(existsSync(out)).toBe(false);
  });

  it.each([
    ['an option that it does not know', ['--colour']],
    ['an override without a value', ['-c', 'service.maxTasks']],
  ])('is used wrongly with %s: exit code 2', (_, args) => {
    const { code, err } = synth(...args);
    expect(code).toBe(2);
    expect(err).toContain('(--help shows how it is used)');
  });
});
