import { readFileSync } from 'node:fs';
import { namesOf } from '../../../lib/config/names.ts';
import { stages } from '../../../lib/config/stages.ts';
import { SynthesizedStage } from '../support/stage.ts';
import { actions, jobs, scripts, steps, workflows } from './files.ts';

/** Jobs that may do more than read the repository, and what. None of them may do both: write, and run what it checks out. */
const allowed: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  'template-diff.yml comment': { 'pull-requests': 'write' },
  'nightly.yml report': { issues: 'write' },
  'nightly.yml stage': { contents: 'read', 'id-token': 'write' },
  'deploy.yml dev': { contents: 'read', 'id-token': 'write' },
  'deploy.yml staging': { contents: 'read', 'id-token': 'write' },
  'deploy.yml prod': { contents: 'read', 'id-token': 'write' },
};

const foreign = steps.filter(([, { uses }]) => uses !== undefined && !uses.startsWith('./'));
const texts = [...Object.values(workflows), ...Object.values(actions)].map(({ path, text }) => [path, text] as const);

describe('Actions of others', () => {
  it.each(foreign)('%s is pinned by commit', (_, { uses }) => {
    expect(uses).toMatch(/^[\w.-]+\/[\w.-]+@[0-9a-f]{40}$/);
  });

  it.each(texts)('%s says the version of each pin, and no version has two commits', (_, text) => {
    const lines = text.split('\n').filter((line) => /uses: (?!\.\/)/.test(line));
    for (const line of lines) expect(line).toMatch(/@[0-9a-f]{40} # v\d+\.\d+\.\d+$/);
  });

  it('are the same commit wherever they are used', () => {
    const pins = new Set(foreign.map(([, { uses }]) => uses!));
    expect(new Set([...pins].map((pin) => pin.split('@')[0])).size).toBe(pins.size);
  });
});

describe('A workflow', () => {
  it.each(Object.entries(workflows))('%s gives no right that a job does not ask for', (_, { content }) => {
    expect(content.permissions).toEqual({});
  });

  it.each(Object.entries(workflows))('%s does not run the code of a stranger with our rights', (_, { content }) => {
    expect(Object.keys(content.on)).not.toContain('pull_request_target');
    expect(Object.keys(content.on)).not.toContain('workflow_run');
    expect(Object.keys(content.on)).not.toContain('issue_comment');
  });

  it.each(Object.entries(workflows))('%s knows which of its runs may be under way at once', (_, { content }) => {
    const groups = [content.concurrency, ...Object.values(content.jobs).map(({ concurrency }) => concurrency)];
    expect(groups.filter((group) => group !== undefined)).not.toEqual([]);
  });
});

describe('A job', () => {
  it.each(jobs)('%s has the least rights', (where, job) => {
    expect(job.permissions).toEqual(allowed[where] ?? { contents: 'read' });
  });

  it.each(jobs.filter(([, { uses }]) => uses === undefined))('%s ends', (_, job) => {
    expect(job['timeout-minutes']).toBeGreaterThan(0);
    expect(job['timeout-minutes']).toBeLessThanOrEqual(120);
  });

  it.each(
    jobs.filter(([, { permissions }]) => /"(pull-requests|issues|contents)":"write"/.test(JSON.stringify(permissions))),
  )('%s, which may write, runs nothing of the repository', (_, job) => {
    expect(JSON.stringify(job.steps)).not.toMatch(/actions\/checkout|\.\/\.github|npm|npx|node /);
  });

  it.each(jobs.filter(([, { permissions }]) => permissions?.['id-token'] !== undefined))(
    '%s, which may take a role in AWS, names an environment, and never runs for a pull request',
    (where, job) => {
      expect(job.environment).toBeDefined();
      expect(Object.keys(workflows[where.split(' ')[0]!]!.content.on)).not.toContain('pull_request');
    },
  );
});

describe('A step', () => {
  it.each(scripts)('%s takes values from its environment, never written into the script', (_, { run }) => {
    expect(run).not.toContain('${{');
  });

  it.each(scripts)('%s prints no secret', (_, { run }) => {
    expect(run).not.toMatch(/set -x|\bprintenv\b|^\s*env\s*$|echo.*(KEY|TOKEN|SECRET|PASSWORD)/m);
  });

  it.each(steps.filter(([, { uses }]) => uses?.startsWith('actions/checkout@')))('%s keeps no token', (_, step) => {
    expect(step.with).toMatchObject({ 'persist-credentials': false });
  });

  it('is given a secret in deploy.yml alone, and only the key of the smoke test', () => {
    const found = texts.flatMap(([path, text]) =>
      [...text.matchAll(/secrets\.\w+/g)].map(([name]) => `${path} ${name}`),
    );
    expect([...new Set(found)]).toEqual(['.github/workflows/deploy.yml secrets.SMOKE_API_KEY']);
  });

  it('reads only the variables that docs/deploy/github.md explains', () => {
    const used = new Set(texts.flatMap(([, text]) => [...text.matchAll(/(?<=vars\.)\w+/g)].map(([name]) => name)));
    const explained = readFileSync('docs/deploy/github.md', 'utf8');
    for (const name of used) expect(explained).toContain(`\`${name}\``);
  });
});

/** The sandbox is for evaluation: people deploy and destroy it, pipelines do not. */
const pipelineStages = Object.keys(stages).filter((name) => name !== 'sandbox');

describe('Stages', () => {
  const { content } = workflows['deploy.yml']!;

  it('are deployed in the order of lib/config/stages.ts, each after the one before and with its own environment', () => {
    const [ci, ...deployed] = Object.entries(content.jobs);
    expect(ci![1].uses).toBe('./.github/workflows/ci.yml');
    expect(deployed.map(([id]) => id)).toEqual(pipelineStages);
    for (const [index, [id, job]] of deployed.entries()) {
      expect([job.needs].flat()).toEqual(index === 0 ? ['ci'] : ['ci', deployed[index - 1]![0]]);
      expect(job.environment).toMatchObject({ name: id });
      expect(job.concurrency).toEqual({ group: `deploy-${id}`, 'cancel-in-progress': false });
      expect(job.steps![1]!.with).toMatchObject({
        stage: id,
        digest: expect.stringContaining('needs.ci.outputs.digest'),
      });
    }
  });

  it.each([
    ['deploy', 'example/kit'],
    ['watch', 'example/kit'],
    // As the tokens of a repository name it that was made since July 15, 2026.
    ['deploy', 'example@123456/kit@456789'],
    ['watch', 'example@123456/kit@456789'],
  ] as const)('take the role that the templates make: %s, of %s', (kind, githubRepository) => {
    const stage = new SynthesizedStage('dev', { githubRepository });
    const name = kind === 'deploy' ? namesOf('dev', 'us-east-1').roles.deploy : namesOf('dev', 'us-east-1').roles.watch;
    const role = JSON.stringify(stage.only('AWS::IAM::Role', `"RoleName":"${name}"`));
    const environment = kind === 'deploy' ? 'dev' : 'dev-watch';
    expect(role).toContain(
      `"token.actions.githubusercontent.com:sub":"repo:${githubRepository}:environment:${environment}"`,
    );
    const source = kind === 'deploy' ? actions['deploy-stage']!.text : workflows['nightly.yml']!.text;
    const resolved = source
      .replace(/\$\{\{ (inputs|matrix)\.stage \}\}/g, 'dev')
      .replace(/\$\{\{ (inputs\.region|vars\.AWS_REGION) \}\}/g, 'us-east-1');
    expect(resolved).toContain(`:role/${name}\n`);
  });

  it('are all watched, by a role that can change nothing', () => {
    const watch = workflows['nightly.yml']!.content.jobs.stage as unknown as {
      strategy: { matrix: { stage: string[] } };
    };
    expect(watch.strategy.matrix.stage).toEqual(pipelineStages);
    const statements = new SynthesizedStage('dev', { githubRepository: 'example/kit' }).statementsOf(
      'Watches dev from GitHub Actions',
    );
    const writing = statements
      .flatMap(({ Action }) => [Action].flat())
      .filter((action) => !/:(Get|List|Describe|Decrypt|Verify)/.test(action));
    expect(writing).toEqual(['sts:AssumeRole']);
    expect(JSON.stringify(statements[0]!.Resource)).toContain('cdk-hnb659fds-lookup-role-');
  });
});
