import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

/** Runs a program to its end, and returns what it printed. */
const run = (cwd: string, program: string, ...args: readonly string[]) =>
  execFileSync(program, args, { cwd, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] });

/** The example of a README, with the output that the README shows after it. */
function exampleOf(name: string): { readonly code: string; readonly output: string } {
  const readme = readFileSync(`packages/${name}/README.md`, 'utf8');
  const [, code, output] = /```js\n([\s\S]*?)```[\s\S]*?```text\n([\s\S]*?)```/.exec(readme)!;
  return { code: code!, output: output! };
}

const published = [{ name: 'audit-trail' }, { name: 'clinical-text' }, { name: 'cloud-policies' }];

describe.each(published)('the package $name, installed offline in an empty folder', ({ name }) => {
  const folder = mkdtempSync(join(tmpdir(), 'healthcare-ai-packed-'));

  beforeAll(() => {
    const tarball = run('.', process.execPath, 'scripts/pack.ts', name, '--out', folder).trim();
    writeFileSync(join(folder, 'package.json'), JSON.stringify({ name: 'consumer', private: true, type: 'module' }));
    run(folder, 'npm', 'install', '--offline', '--no-audit', '--no-fund', '--omit=peer', tarball);
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it('runs the example of its README, which prints what the README says', () => {
    const { code, output } = exampleOf(name);
    expect(output).not.toBe('');
    writeFileSync(join(folder, 'example.js'), code);
    expect(run(folder, process.execPath, 'example.js')).toBe(output);
  });

  it('has declarations with which the example compiles', () => {
    writeFileSync(join(folder, 'example.ts'), exampleOf(name).code);
    const options = ['--noEmit', '--strict', '--target', 'es2024', '--module', 'nodenext', '--types', 'node'];
    const typeRoots = ['--typeRoots', resolve('node_modules/@types')];
    const tsc = resolve('node_modules/typescript/bin/tsc');
    expect(run(folder, process.execPath, tsc, ...options, ...typeRoots, 'example.ts')).toBe('');
  });

  it('brings no other package', () => {
    expect(existsSync(join(folder, 'node_modules', '@healthcare-ai', name, 'node_modules'))).toBe(false);
    const { packages } = JSON.parse(readFileSync(join(folder, 'package-lock.json'), 'utf8')) as { packages: object };
    expect(Object.keys(packages)).toEqual(['', `node_modules/@healthcare-ai/${name}`]);
  });
});

describe('scripts/pack.ts', () => {
  it.each([
    { args: [], message: 'Name one package.' },
    { args: ['nosuch'], message: 'There is no package "nosuch".' },
    { args: ['ops'], message: '@healthcare-ai/ops has no "pack" in its package.json, so it is not published.' },
  ])('refuses $args with exit code 2 and says why', ({ args, message }) => {
    expect(() => run('.', process.execPath, 'scripts/pack.ts', ...args)).toThrow(
      expect.objectContaining({ status: 2, stderr: expect.stringContaining(message) }),
    );
  });
});
