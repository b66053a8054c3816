import { loadAssemblies } from '@healthcare-ai/cloud-policies/gates/load';
import { type Folder, folderOf } from './folder.ts';

const folders: Folder[] = [];
const folder = (files: Readonly<Record<string, unknown>>): string => {
  const made = folderOf(files);
  folders.push(made);
  return made.path;
};
afterAll(() => {
  for (const { remove } of folders) remove();
});

const empty = { Resources: {} };

test('each folder with templates is an assembly, however deep', () => {
  const root = folder({
    'loose.template.json': empty,
    'assembly-dev/a.template.json': empty,
    'assembly-dev/b.template.json': empty,
    'asset.1234/c.template.json': empty,
    'other.json': empty,
  });

  const loaded = loadAssemblies(root);

  expect(loaded.map(({ name, templates }) => [name, templates.map((template) => template.name)])).toEqual([
    ['', ['loose']],
    ['assembly-dev', ['assembly-dev/a', 'assembly-dev/b']],
  ]);
});

test('a manifest reports region, account and termination protection', () => {
  const root = folder({
    'manifest.json': {
      artifacts: {
        x: {
          type: 'aws:cloudformation:stack',
          environment: 'aws://111122223333/us-east-1',
          properties: { templateFile: 'x.template.json' },
        },
        y: {
          type: 'aws:cloudformation:stack',
          environment: 'aws://unknown-account/unknown-region',
          properties: { templateFile: 'y.template.json', terminationProtection: true },
        },
      },
    },
    'x.template.json': empty,
    'y.template.json': empty,
    'z.template.json': empty,
  });

  const templates = loadAssemblies(root)[0]!.templates;

  expect(
    templates.map(({ account, region, terminationProtection }) => [account, region, terminationProtection]),
  ).toEqual([
    ['111122223333', 'us-east-1', false],
    [undefined, undefined, true],
    [undefined, undefined, undefined],
  ]);
});

test('a folder that is not there, a file, or a folder without templates is refused', () => {
  const root = folder({ 'x.json': empty });

  expect(() => loadAssemblies(`${root}/none`)).toThrow(/no folder .*none/);
  expect(() => loadAssemblies(`${root}/x.json`)).toThrow(/is a file/);
  expect(() => loadAssemblies(root)).toThrow(/no \*\.template\.json/);
});

test.each(['{', '[]', '"text"', 'null'])('a template that is %s is refused by name', (text) => {
  const root = folder({ 'bad.template.json': text });

  expect(() => loadAssemblies(root)).toThrow(/bad\.template\.json is not a JSON object/);
});
