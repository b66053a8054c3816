import { cpSync, mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { type BuildOptions, build, type Plugin } from 'esbuild';
import { docsAssets } from '../service/src/http/docs/index.ts';
import { buildPage } from '../web/build.ts';

const out = 'service/dist';
const main = join(out, 'main.cjs');
/** The files that went into the last build. */
const inputList = 'out/build-inputs.json';

// `--if-changed`, of the tests: a bundle that is newer than each of its sources is kept.
if (process.argv.includes('--if-changed') && isUpToDate()) process.exit();

const installedOnce = 'installed once';

/** A fifth of the time to load the bundle went to parts of Express that the service does not use, or has several times. */
const leanExpress: Plugin = {
  name: 'lean-express',
  setup(bundling) {
    // The service reads bodies itself: see `readJson`.
    bundling.onResolve({ filter: /^body-parser$/ }, () => ({ path: 'body-parser', namespace: 'unused' }));
    bundling.onLoad({ filter: /./, namespace: 'unused' }, () => ({ contents: '' }));
    // npm installs one copy of the table of media types for each package that asks for this version.
    const express = dirname(createRequire(import.meta.url).resolve('express'));
    bundling.onResolve({ filter: /^mime-types$/ }, async ({ kind, resolveDir, pluginData }) => {
      if (pluginData === installedOnce) return undefined;
      const [own, first] = await Promise.all(
        [resolveDir, express].map((folder) =>
          bundling.resolve('mime-types', { kind, resolveDir: folder, pluginData: installedOnce }),
        ),
      );
      return versionOf(own!.path) === versionOf(first!.path) ? first : own;
    });
  },
};

const versionOf = (path: string): string =>
  JSON.parse(readFileSync(join(dirname(path), 'package.json'), 'utf8')).version;

const forNode = {
  outdir: out,
  outExtension: { '.js': '.cjs' },
  bundle: true,
  platform: 'node',
  format: 'cjs',
  target: 'node22',
  legalComments: 'none',
  metafile: true,
  logLevel: 'warning',
} as const satisfies BuildOptions;

/**
 * Bundles the service into service/dist: one CommonJS file, because Node's compile cache and start-up favour it (150 ms
 * to the first answer, 280 from node_modules), and one for the threads that analyse notes; source maps beside them.
 */
const service = await build({
  ...forNode,
  entryPoints: { service: 'service/src/main.ts', 'analysis-thread': 'service/src/analysis/thread/entry.ts' },
  // Identifiers keep their names: logs carry classes of errors, and traces are read by people.
  minifySyntax: true,
  minifyWhitespace: true,
  sourcemap: 'external',
  // PGlite loads its WebAssembly from beside itself, and is for laptops; pg-native and the rest are optional.
  external: ['@electric-sql/pglite', 'pg-native', 'supports-color'],
  define: { 'process.env.NODE_PG_FORCE_NATIVE': 'undefined' },
  plugins: [leanExpress],
});
// The verifier of the audit trail, for machines that have nothing but Node.js: no other file is needed beside it.
const verifier = await build({
  ...forNode,
  entryPoints: { 'verify-audit': 'packages/audit-trail/src/cli/verify-audit.ts' },
});
// The compile cache can only be switched on before a file is compiled, so a first file loads the second: 40 ms less.
// https://nodejs.org/api/module.html#module-compile-cache
writeFileSync(main, "require('node:module').enableCompileCache?.();\nrequire('./service.cjs');\n");
const docs = join(out, 'docs');
mkdirSync(docs, { recursive: true });
for (const file of docsAssets) {
  cpSync(join('node_modules/swagger-ui-dist', file), join(docs, file));
}
const page = await buildPage(join(out, 'app'));
mkdirSync('out', { recursive: true });
const bundled = [service, verifier].flatMap(({ metafile }) => Object.keys(metafile.inputs));
const inputs = bundled.filter((input) => !input.startsWith('unused:'));
writeFileSync(inputList, JSON.stringify([...new Set([...inputs, ...page, 'scripts/build.ts', 'package-lock.json'])]));

function isUpToDate(): boolean {
  try {
    const built = statSync(main).mtimeMs;
    const files: string[] = JSON.parse(readFileSync(inputList, 'utf8'));
    return files.every((file) => statSync(file).mtimeMs < built);
  } catch {
    // Nothing was built yet, or a source is gone.
    return false;
  }
}
