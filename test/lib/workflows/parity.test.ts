import { readFileSync } from 'node:fs';
import type { AuditTools } from '@healthcare-ai/ops/audit/tools';
import { auditCommand } from '@healthcare-ai/ops/commands/audit';
import { deployCommand } from '@healthcare-ai/ops/commands/deploy';
import { evidenceCommand } from '@healthcare-ai/ops/commands/evidence';
import { opsCommands } from '@healthcare-ai/ops/commands/index';
import { type OpsCommand, OpsProgram } from '@healthcare-ai/ops/program';
import type { Command } from 'commander';
import { stages } from '../../../lib/config/stages.ts';
import { scripts } from './files.ts';

/** Steps whose script does not run in .ci/run, and why. */
const elsewhere: Readonly<Record<string, string>> = {
  'ci.yml check: Parts from the distribution': '.ci/run starts with it',
  'ci.yml dependencies: Signatures of the registry': "needs the registry's signing keys, which a mirror does not serve",
  'ci.yml image: Build for both architectures':
    'needs Docker and a registry; rehearse:containers builds the same Dockerfile for both with Buildah',
  "template-diff.yml diff: npm run --silent diff -- 'HEAD^1' > diff.txt":
    'nothing differs from HEAD there; test/packages/ops/synth/diff.test.ts runs it on a change',
  'template-diff.yml diff: Comment': 'steps.test.ts runs it',
  'template-diff.yml comment: Write, or replace, the comment':
    'needs an account at GitHub; steps.test.ts runs it with a stand-in',
  'nightly.yml policy: Properties with other values than those of each commit':
    'npm test has them with values that are the same each time',
  'nightly.yml releases: PostgreSQL 15 and 17, and HAProxy': 'needs the repository of the PostgreSQL project',
  'nightly.yml releases: Two releases for ten minutes, and the proofs by kills and replacements at full size':
    'npm test has them for 8 seconds and at a smaller size, with the PostgreSQL that is found',
  'nightly.yml accounts: .ci/nightly':
    'takes 15 minutes; .ci/run deploys the same variants by change sets, and kills one deploy',
  'nightly.yml report: Open an issue, or add to the open one':
    'needs an account at GitHub; steps.test.ts runs it with a stand-in',
  'action deploy-stage: Push': 'needs an AWS account; steps.test.ts runs it with stand-ins',
  'action deploy-stage: Deploy': 'needs an AWS account',
  'action deploy-stage: Smoke test': 'needs an AWS account',
  'action deploy-stage: Roll back': 'needs an AWS account',
  'nightly.yml stage: The audit trail is whole': 'needs an AWS account',
  'nightly.yml stage: Templates that were not deployed, or were from elsewhere': 'needs an AWS account',
  'nightly.yml stage: Resources that were changed by hand': 'needs an AWS account',
};

const lines = (text: string) =>
  text
    .split('\n')
    .flatMap((line) => line.split(' && '))
    .map((line) => line.trim())
    .filter((line) => line !== '');
const ci = lines(readFileSync('.ci/run', 'utf8'));

/** A line of .ci/run may add where its output goes, or that a finding is only shown. */
const runsIn = (list: readonly string[], line: string) =>
  list.some(
    (other) => other === line || other.startsWith(`${line} 2>&1 | tee`) || other === `${quiet(line)} -- --report`,
  );
const quiet = (line: string) => line.replace('npm run ', 'npm run --silent ');

describe('.ci/run', () => {
  it.each(scripts.filter(([where]) => elsewhere[where] === undefined))('runs what %s runs', (_, { run }) => {
    expect(lines(run).filter((line) => !runsIn(ci, line) && !runsIn(ci, quiet(line)))).toEqual([]);
  });

  it('says why of no step that is gone', () => {
    const known = scripts.map(([where]) => where);
    expect(Object.keys(elsewhere).filter((where) => !known.includes(where))).toEqual([]);
  });

  it('misses a line that it does not have', () => {
    expect(runsIn(ci, 'npm run lint')).toBe(true);
    expect(runsIn(ci, 'npm run lin')).toBe(false);
  });
});

const programs: Readonly<Record<string, readonly OpsCommand[]>> = {
  ops: [...opsCommands, evidenceCommand(() => Promise.reject(new Error('only named'))), auditCommand({} as AuditTools)],
  deploy: [deployCommand],
};

/** A command as it is called, without the name of its program: `audit verify`. */
const called = (command: Command): string =>
  command.parent === null ? '' : `${called(command.parent)} ${command.name()}`.trim();

it('every command of the operations that a workflow calls is one, with its options', () => {
  const { stdin, stdout, stderr } = process;
  const calls = scripts.flatMap(([, { run }]) => [...run.matchAll(/npm run (ops|deploy) -- (.*)/g)]);
  expect(calls.length).toBeGreaterThan(3);
  for (const [line, program, rest] of calls) {
    const { commands } = new OpsProgram(
      { name: program!, description: '', commands: programs[program!]! },
      { env: {}, stdin, stdout, stderr, interrupted: AbortSignal.abort(), stages },
    );
    const words = rest!.split(' ');
    const name = words
      .slice(
        0,
        words.findIndex((word) => word.startsWith('-')),
      )
      .join(' ');
    const command = commands.find((one) => called(one) === name);
    expect([line, command !== undefined]).toEqual([line, true]);
    const options = [...commands[0]!.options, ...command!.options].map(({ long }) => long);
    expect([line, words.filter((word) => word.startsWith('--') && !options.includes(word))]).toEqual([line, []]);
  }
});

it('every script that a workflow names is one of package.json', () => {
  const { scripts: known } = JSON.parse(readFileSync('package.json', 'utf8')) as { scripts: Record<string, string> };
  const named = scripts.flatMap(([, { run }]) =>
    [...run.matchAll(/npm run (?:--silent )?([\w:-]+)/g)].map(([, name]) => name!),
  );
  expect(named).not.toEqual([]);
  expect([...new Set(named)].filter((name) => known[name] === undefined)).toEqual([]);
});
