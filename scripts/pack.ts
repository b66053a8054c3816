import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { build } from 'esbuild';

/**
 * Packs a workspace package so that it can be installed without this repository: bundled ESM, type declarations and a
 * package.json of its own. In the workspace `exports` points to TypeScript, which Node.js runs through a workspace link
 * but refuses below node_modules.
 */
const usage = 'usage: node scripts/pack.ts PACKAGE [--out DIR]\nexample: node scripts/pack.ts audit-trail --out out';

/** The parts of a package.json that packing reads or copies. */
interface Manifest {
  readonly name: string;
  readonly version: string;
  readonly description: string;
  readonly license: string;
  readonly engines: Readonly<Record<string, string>>;
  readonly peerDependencies?: Readonly<Record<string, string>>;
  readonly peerDependenciesMeta?: Readonly<Record<string, { readonly optional?: boolean }>>;

  /** What the packed package offers: entry points and commands, as paths below the package. */
  readonly pack?: {
    readonly exports: Readonly<Record<string, string>>;
    readonly bin?: Readonly<Record<string, string>>;
  };
}

const moduleName = (source: string) => source.replace(/^src\//, '').replace(/\.ts$/, '');

async function bundle(root: string, out: string, sources: readonly string[], external: readonly string[]) {
  await build({
    entryPoints: sources.map((source) => ({ in: join(root, source), out: moduleName(source) })),
    outdir: out,
    bundle: true,
    splitting: true,
    platform: 'node',
    format: 'esm',
    target: 'node22',
    external: external.flatMap((name) => [name, `${name}/*`]),
    legalComments: 'none',
    logLevel: 'warning',
  });
}

function declare(root: string, out: string): void {
  const config = join(root, 'tsconfig.pack.json');
  const compilerOptions = { noEmit: false, emitDeclarationOnly: true, declaration: true, rootDir: 'src', outDir: out };
  writeFileSync(
    config,
    JSON.stringify({ extends: '../../tsconfig.json', compilerOptions, include: ['src'], exclude: [] }),
  );
  try {
    execFileSync(process.execPath, [resolve('node_modules/typescript/bin/tsc'), '-p', config], { stdio: 'inherit' });
  } finally {
    rmSync(config);
  }
  for (const name of readdirSync(out, { recursive: true, encoding: 'utf8' })) {
    if (!name.endsWith('.d.ts')) continue;
    const path = join(out, name);
    // A declaration cannot import a `.ts` file that is not there; `.js` resolves to the declaration beside it.
    writeFileSync(path, readFileSync(path, 'utf8').replaceAll(/(from ['"]\.[^'"]*)\.ts(['"])/g, '$1.js$2'));
  }
}

/** @returns the path of the tarball */
async function pack(name: string, destination: string): Promise<string> {
  const root = join('packages', name);
  if (!existsSync(join(root, 'package.json'))) throw new TypeError(`There is no package ${JSON.stringify(name)}.`);
  const manifest = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as Manifest;
  if (!manifest.pack)
    throw new TypeError(`${manifest.name} has no "pack" in its package.json, so it is not published.`);
  const { exports, bin = {} } = manifest.pack;
  const folder = mkdtempSync(join(tmpdir(), 'healthcare-ai-pack-'));
  try {
    const sources = [...Object.values(exports), ...Object.values(bin)];
    await bundle(root, join(folder, 'dist'), sources, Object.keys(manifest.peerDependencies ?? {}));
    declare(root, join(folder, 'types'));
    const { version, description, license, engines, peerDependencies, peerDependenciesMeta } = manifest;
    const packed = {
      ...{ name: manifest.name, version, description, license, type: 'module', engines },
      exports: Object.fromEntries(
        Object.entries(exports).map(([key, source]) => [
          key,
          { types: `./types/${moduleName(source)}.d.ts`, default: `./dist/${moduleName(source)}.js` },
        ]),
      ),
      bin: Object.fromEntries(Object.entries(bin).map(([key, source]) => [key, `./dist/${moduleName(source)}.js`])),
      ...{ peerDependencies, peerDependenciesMeta },
    };
    writeFileSync(join(folder, 'package.json'), `${JSON.stringify(packed, null, 2)}\n`);
    for (const file of ['README.md', 'NOTICE']) {
      const source = join(root, file);
      if (existsSync(source)) writeFileSync(join(folder, file), readFileSync(source));
    }
    writeFileSync(join(folder, 'LICENSE'), readFileSync('LICENSE'));
    mkdirSync(destination, { recursive: true });
    const args = ['pack', '--silent', '--ignore-scripts', '--pack-destination', resolve(destination)];
    const tarball = execFileSync('npm', args, { cwd: folder, encoding: 'utf8' }).trim();
    return join(destination, tarball);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function main(args: readonly string[]): Promise<number> {
  try {
    const { values, positionals } = parseArgs({
      args: [...args],
      allowPositionals: true,
      options: { out: { type: 'string', default: 'out' } },
    });
    if (positionals.length !== 1) throw new TypeError('Name one package.');
    process.stdout.write(`${await pack(positionals[0]!, values.out)}\n`);
    return 0;
  } catch (error) {
    if (!(error instanceof TypeError)) throw error;
    process.stderr.write(`${error.message}\n${usage}\n`);
    return 2;
  }
}

process.exitCode = await main(process.argv.slice(2));
