import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { linkModules } from '@healthcare-ai/ops/diff/worktree';
import { answers, describeWhere, run } from '../../../lib/support/program.ts';

const isRepository = answers('git', 'rev-parse', '--verify', 'HEAD');

describeWhere(isRepository, 'this is no git checkout, so npm run diff was not tried')('npm run diff', () => {
  const work = mkdtempSync(join(tmpdir(), 'healthcare-ai-diff-test-'));
  const clone = join(work, 'clone');
  const diff = (...args: readonly string[]) => run(process.execPath, ['bin/diff.ts', ...args], process.env, clone);

  beforeAll(() => {
    expect(run('git', ['clone', '--quiet', '--no-hardlinks', '.', clone]).code).toBe(0);
    linkModules(resolve('.'), clone);
  });
  afterAll(() => rmSync(work, { recursive: true, force: true }));

  it('shows what changes in lib and in packages do to the templates, marks what is replaced, and leaves no worktree behind', () => {
    // GIVEN another address range, more tasks, and another port of the service, a fact of packages/contract:
    // each side uses the packages of its own commit
    const change = (name: string, ...edits: readonly (readonly [before: string, after: string])[]) => {
      const file = join(clone, name);
      let text = readFileSync(file, 'utf8');
      for (const [before, after] of edits) {
        expect(text).toContain(before);
        text = text.replace(before, after);
      }
      writeFileSync(file, text);
    };
    const cidr = ["cidr: '10.20.0.0/16'", "cidr: '10.21.0.0/16'"] as const;
    change('lib/config/stages.ts', cidr, ['maxTasks: 3', 'maxTasks: 4']);
    change('packages/contract/src/index.ts', ['port: 8000,', 'port: 8001,']);

    // WHEN
    const { code, out, err } = diff('HEAD', 'dev', '--fail-on', 'destructive');

    // THEN
    expect(err).toBe('');
    expect(code).toBe(1);
    expect(out).toContain('Stack healthcare-ai-dev-network');
    expect(out).toMatch(/AWS::EC2::VPC .*replace/);
    expect(out).toMatch(/REPLACED: .*Vpc/);
    expect(out).toContain('Stack healthcare-ai-dev-service');
    expect(out).toMatch(/\[-\] 3\n.*\[\+\] 4/);
    expect(out).toMatch(/\[-\] 8000\n.*\[\+\] 8001/);
    expect(out).not.toContain('Stack healthcare-ai-dev-database');
    expect(out.trimEnd().split('\n').at(-1)).toMatch(
      // Rules of security groups are named after their port.
      /^2 stacks change: 2 resources added, \d+ updated, \d+ replaced, 2 removed\.$/,
    );
    expect(run('git', ['worktree', 'list'], process.env, clone).out.trimEnd().split('\n')).toHaveLength(1);
  });

  it('compares two commits as well: nothing has changed between a commit and itself', () => {
    expect(diff('HEAD..HEAD', 'sandbox', '--fail-on', 'any')).toMatchObject({
      code: 0,
      out: 'No difference to HEAD.\n',
      err: '',
    });
  });

  it.each([
    ['no commit', [], "missing required argument 'commit[..commit]'"],
    ['a commit that is none', ['nosuch'], 'there is no commit "nosuch"'],
    ['a commit that is an option', ['--upload-pack=x'], "unknown option '--upload-pack=x'"],
  ])('given %s ends with exit code 2 and says why', (_, args, message) => {
    const { code, err } = diff(...args);
    expect(code).toBe(2);
    expect(err).toContain(message);
    expect(err).not.toMatch(/\n\s+at /);
  });
});
