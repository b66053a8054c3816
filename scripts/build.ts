import { cpSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { build } from 'esbuild';
import { docsAssets } from '../service/src/http/docs/index.ts';

/**
 * Bundles the service into service/dist: one CommonJS file, because Node's compile cache and start-up favour it (150 ms
 * to the first answer, 280 from node_modules), and one for the threads that analyse notes; source maps beside them.
 */
const out = 'service/dist';
await build({
  entryPoints: { service: 'service/src/main.ts', 'analysis-thread': 'service/src/analysis/thread/entry.ts' },
  outdir: out,
  outExtension: { '.js': '.cjs' },
  bundle: true,
  platform: 'node',
  format: 'cjs',
  target: 'node22',
  // Identifiers keep their names: logs carry classes of errors, and traces are read by people.
  minifySyntax: true,
  minifyWhitespace: true,
  sourcemap: 'external',
  legalComments: 'none',
  // PGlite loads its WebAssembly from beside itself, and is for laptops; pg-native and the rest are optional.
  external: ['@electric-sql/pglite', 'pg-native', 'supports-color'],
  define: { 'process.env.NODE_PG_FORCE_NATIVE': 'undefined' },
  logLevel: 'warning',
});
// The verifier of the audit trail, for machines that have nothing but Node.js: no other file is needed beside it.
await build({
  entryPoints: { 'verify-audit': 'packages/audit-trail/src/cli/verify-audit.ts' },
  outdir: out,
  outExtension: { '.js': '.cjs' },
  bundle: true,
  platform: 'node',
  format: 'cjs',
  target: 'node22',
  legalComments: 'none',
  logLevel: 'warning',
});
// The compile cache can only be switched on before a file is compiled, so a first file loads the second: 40 ms less.
// https://nodejs.org/api/module.html#module-compile-cache
writeFileSync(join(out, 'main.cjs'), "require('node:module').enableCompileCache?.();\nrequire('./service.cjs');\n");
const docs = join(out, 'docs');
mkdirSync(docs, { recursive: true });
for (const file of docsAssets) {
  cpSync(join('node_modules/swagger-ui-dist', file), join(docs, file));
}
