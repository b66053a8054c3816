import { existsSync, readFileSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';
import { controlFamilies } from '@healthcare-ai/compliance/controls/index';
import { Command } from 'commander';
import { faultOf } from './support/command-line.ts';
import { allDocuments } from './support/documents.ts';
import { programs } from './support/programs.ts';

const documents = allDocuments();
const { scripts } = JSON.parse(readFileSync('package.json', 'utf8')) as { scripts: Record<string, string> };

/** What is wrong with the commands of this project in a line of code: those of npm, and those of the service. */
const faultsIn = (line: string): string[] => [...scriptFaults(line), ...serviceFaults(line)];

const serviceFaults = (line: string): string[] =>
  [...line.matchAll(/\bdist\/main\.cjs +([a-z][^`"[]*)/g)].flatMap(
    ([, words]) => faultOf(programs['main.cjs']!, words!.replace(/'.*$/, '')) ?? [],
  );

function scriptFaults(line: string): string[] {
  return [
    ...line.matchAll(/\bnpm run (?:-s |--silent )?([a-z][\w:-]*)((?: --(?= ))?)([^\n`]*?)(?=\bnpm run\b|$)/g),
  ].flatMap(([, script, separator, rest]) => {
    if (scripts[script!] === undefined) return [`there is no script ${script}`];
    const program = programs[script!];
    if (program === undefined || separator === '') return [];
    return faultOf(program, rest!, programs.keys) ?? [];
  });
}

test('[164.316(b)(2)(ii)] [164.316(b)(2)(iii)] every command that the documentation names exists', () => {
  const faults = documents.flatMap(({ path, code }) =>
    code.flatMap((line) => faultsIn(line).map((fault) => `${path}: ${line}: ${fault}`)),
  );
  expect(faults).toEqual([]);
});

test('every command of this project by which the evidence is seen live exists', () => {
  const live = controlFamilies.flatMap(({ controls }) => controls.flatMap((control) => control.live ?? []));
  const own = live.map(({ command }) => command).filter((command) => command.includes('npm run'));
  expect(own.length).toBeGreaterThan(5);
  expect(own.flatMap(faultsIn)).toEqual([]);
});

test('the check of the commands knows good ones from bad ones', () => {
  expect(faultsIn('npm run ops -- status --stage prod --watch')).toEqual([]);
  expect(faultsIn('npm run ops -- backup list --stage prod --json | jq .')).toEqual([]);
  expect(faultsIn('npm run keys -- create --tenant north --principal ehr --role integration')).toEqual([]);
  expect(faultsIn('npm run keys -- create --role clinician auditor --care-team cardiology ward-3b')).toEqual([]);
  expect(faultsIn('npm run ops -- status|logs')).toEqual([]);
  expect(faultsIn('npm run ops -- status|fly')).toEqual(['ops has no command status|fly']);
  expect(faultsIn('npm run nonsense')).toEqual(['there is no script nonsense']);
  expect(faultsIn('npm run ops -- fly --stage prod')).toEqual(['ops has no command fly']);
  expect(faultsIn('npm run ops -- backup eat --stage prod')).toEqual(['backup has no command eat']);
  expect(faultsIn('npm run ops -- status --stage prod --loud')).toEqual(['status has no option --loud']);
  expect(faultsIn('npm run keys -- revoke --all')).toEqual(['revoke has no option --all']);
  expect(faultsIn('node service/dist/main.cjs expire-audit --dry-run')).toEqual([]);
  expect(faultsIn('node dist/main.cjs expire-audit --now')).toEqual(['expire-audit has no option --now']);
  expect(faultsIn('node dist/main.cjs forget')).toEqual(['main.cjs has no command forget']);
  const bare = new Command('program');
  expect(faultOf(bare, 'more')).toBe('program takes no more');
});

test('every file and folder of the repository that the documentation names in code exists', () => {
  const known = /^(lib|bin|service|test|scripts|deploy|docs|rehearse|bench)\/[\w./-]+$/;
  // Made on the machine that serves, by deploy/compose/secrets.sh, and never part of the repository.
  const made = ['deploy/compose/.env', 'deploy/compose/secrets'];
  const faults = documents.flatMap(({ path, code }) =>
    code
      .flatMap((line) => line.split(/\s+/))
      .filter((word) => known.test(word) && !word.startsWith('service/dist/') && !/[^.]\.{3}/.test(word))
      .filter((word) => !made.includes(word) && !existsSync(word))
      .map((word) => `${path}: ${word}`),
  );
  expect(faults).toEqual([]);
});

test('every link of the documentation leads to a file', () => {
  const faults = documents.flatMap(({ path, text }) =>
    [...text.matchAll(/\]\(([^)\s#]+)(#[^)]*)?\)/g)]
      .map(([, target]) => target!)
      .filter((target) => !/^[a-z]+:/.test(target))
      .filter((target) => !existsSync(normalize(join(dirname(path), target))))
      .map((target) => `${path}: ${target}`),
  );
  expect(faults).toEqual([]);
});
