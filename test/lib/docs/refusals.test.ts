import { allDocuments } from './support/documents.ts';
import { programs } from './support/programs.ts';
import { npmCommandsIn, refusalsOf } from './support/refusals.ts';

const documents = allDocuments();

test('every command that the documentation has for copying is taken by the program that it calls', () => {
  const faults = documents.flatMap(({ path, blocks }) =>
    blocks.flatMap((line) => refusalsOf(line).map((fault) => `${path}: ${line}: ${fault}`)),
  );
  expect(faults).toEqual([]);
  const scripts = new Set(documents.flatMap(({ blocks }) => blocks.flatMap(npmCommandsIn)).map(({ script }) => script));
  expect([...scripts]).toEqual(
    expect.arrayContaining(['ops', 'deploy', 'keys', 'smoke', 'synth', 'gates', 'diff', 'cost', 'rehearse']),
  );
});

const own = ['ops', 'deploy', 'gates', 'synth', 'diff', 'cost', 'smoke'].map((name) => programs[name]!);
const helps = own.flatMap(function all(command): (typeof command)[] {
  return [command, ...command.commands.flatMap(all)];
});

test('every example in a help is taken by the program that it calls', () => {
  const examples = helps.flatMap((command) => {
    let help = '';
    command.configureOutput({ writeOut: (text) => (help += text) }).outputHelp();
    return [...help.matchAll(/^ +((?:\w+=\S+ )?npm run .+)$/gm)].map(([, example]) => example!);
  });
  expect(examples.length).toBeGreaterThan(15);
  expect(examples.flatMap((example) => refusalsOf(example).map((fault) => `${example}: ${fault}`))).toEqual([]);
});

test('the check knows what a program takes from what it does not', () => {
  expect(refusalsOf('npm run ops -- rollout v1.4.0 --stage staging   # a comment')).toEqual([]);
  expect(refusalsOf('npm run ops -- rollout --stage staging')[0]).toMatch(/missing required argument/);
  expect(refusalsOf('npm run ops -- status')[0]).toMatch(/give --stage/);
  expect(refusalsOf('npm run ops -- status --stage production')[0]).toMatch(/there is no stage "production"/);
  expect(refusalsOf('npm run ops -- logs --stage dev --since soon')[0]).toMatch(/soon/);
  expect(refusalsOf('npm run deploy -- --stage dev --engine kaniko')[0]).toMatch(/Allowed choices/);
  expect(refusalsOf('npm run deploy -- --stage dev -c service.maxTask=8')[0]).toMatch(/is not a key/);
  expect(refusalsOf('npm run synth -- dev && npm run gates -- cdk.out/dev extra')[0]).toMatch(
    /gates: error: too many arguments/,
  );
  expect(refusalsOf('npm run diff')[0]).toMatch(/missing required argument/);
  expect(refusalsOf('npm run smoke -- https://a.example https://b.example')[0]).toMatch(/too many arguments/);
  expect(refusalsOf('npm run rehearse -- promotions')[0]).toMatch(/there is no part promotions/);
});
