import { createHash } from 'node:crypto';
import { cpSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join, relative } from 'node:path';
import { promisify } from 'node:util';
import { brotliCompress, gzip, constants as zlib } from 'node:zlib';
import { build, type Metafile } from 'esbuild';

const web = import.meta.dirname;
const require = createRequire(import.meta.url);
const brotli = promisify(brotliCompress);
const gz = promisify(gzip);

/**
 * Builds the page into `out`: HTML, assets with hashes in their names and compressed forms beside them, and the hashes
 * that the content security policy needs.
 *
 * @returns the files that went into it
 */
export async function buildPage(out: string): Promise<string[]> {
  rmSync(out, { recursive: true, force: true });
  const assets = join(out, 'assets');
  mkdirSync(assets, { recursive: true });
  const { metafile } = await build({
    entryPoints: {
      main: join(web, 'src/main.tsx'),
      signin: join(web, 'src/session/signin.tsx'),
      style: join(web, 'src/style/index.css'),
    },
    outdir: assets,
    entryNames: '[name]-[hash]',
    chunkNames: '[name]-[hash]',
    assetNames: '[name]-[hash]',
    bundle: true,
    splitting: true,
    platform: 'browser',
    format: 'esm',
    target: ['chrome125', 'firefox128', 'safari17.5'],
    jsx: 'automatic',
    minify: true,
    legalComments: 'none',
    loader: { '.woff2': 'file' },
    define: { 'process.env.NODE_ENV': '"production"' },
    metafile: true,
    logLevel: 'warning',
  });
  for (const page of ['index', 'signin'] as const) {
    writeFileSync(join(out, `${page}.html`), htmlOf(page, metafile, assets));
  }
  writeFileSync(join(out, 'csp.json'), `${JSON.stringify({ styleHashes: [reactAriaStyleHash()] })}\n`);
  copyLicenses(join(out, 'licenses'));
  await Promise.all(readdirSync(assets).map((file) => compress(join(assets, file))));
  return [...Object.keys(metafile.inputs), ...['index.html', 'signin.html', 'build.ts'].map(inWorkspace)];
}

const inWorkspace = (file: string): string => relative(process.cwd(), join(web, file));

/** Fills the names of the built files into a page. Both fonts are preloaded, so that the text never moves. */
function htmlOf(page: 'index' | 'signin', { outputs }: Metafile, assets: string): string {
  const files = Object.entries(outputs);
  const nameOf = (path: string) => `/app/assets/${relative(assets, path)}`;
  const built = (entry: string): string => {
    const found = files.find(([, { entryPoint }]) => entryPoint === inWorkspace(entry));
    if (found === undefined) throw new Error(`esbuild made no file of web/${entry}.`);
    return found[0];
  };
  const entry = built(page === 'index' ? 'src/main.tsx' : 'src/session/signin.tsx');
  const chunks = outputs[entry]!.imports.filter(({ kind }) => kind === 'import-statement').map(({ path }) => path);
  const fonts = files.map(([path]) => path).filter((path) => /-latin-wght.*\.woff2$/.test(path));
  const preload = (path: string) =>
    `<link rel="preload" href="${nameOf(path)}" as="font" type="font/woff2" crossorigin>`;
  return readFileSync(join(web, `${page}.html`), 'utf8')
    .replace('{{fonts}}', fonts.map(preload).join('\n    '))
    .replace('{{modules}}', chunks.map((path) => `<link rel="modulepreload" href="${nameOf(path)}">`).join('\n    '))
    .replace('{{main.css}}', nameOf(built('src/style/index.css')))
    .replace(/\{\{(main|signin)\.js\}\}/, nameOf(entry));
}

/**
 * On iPhones, React Aria's dialog adds a constant `<style>` element, which a policy without inline styles refuses unless
 * it has the hash of its text (adobe/react-spectrum#8273). The text is read from the version that is installed.
 */
function reactAriaStyleHash(): string {
  const file = 'dist/private/overlays/usePreventScroll.mjs';
  const source = readFileSync(join(dirname(require.resolve('react-aria/package.json')), file), 'utf8');
  const [, rule] = /\.textContent = `([^`$]*)`\.trim\(\)/.exec(source) ?? [];
  if (rule === undefined) throw new Error(`React Aria's ${file} has no constant style any more: update web/build.ts.`);
  return `sha256-${createHash('sha256').update(rule.trim()).digest('base64')}`;
}

/** The licence of the fonts demands that it goes with them. */
function copyLicenses(to: string): void {
  mkdirSync(to, { recursive: true });
  for (const font of ['source-sans-3', 'source-serif-4']) {
    cpSync(require.resolve(`@fontsource-variable/${font}/LICENSE`), join(to, `${font}.txt`));
  }
}

/** Writes `.br` and `.gz` beside a file where they are smaller: fonts are compressed already. */
async function compress(path: string): Promise<void> {
  const content = readFileSync(path);
  const forms = {
    br: await brotli(content, {
      params: {
        [zlib.BROTLI_PARAM_QUALITY]: zlib.BROTLI_MAX_QUALITY,
        [zlib.BROTLI_PARAM_SIZE_HINT]: content.length,
      },
    }),
    gz: await gz(content, { level: 9 }),
  };
  for (const [extension, compressed] of Object.entries(forms)) {
    if (compressed.length < content.length * 0.95) writeFileSync(`${path}.${extension}`, compressed);
  }
}
