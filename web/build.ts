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
      start: join(web, 'src/start.ts'),
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
  const pages = pagesOf(metafile, assets);
  writeFileSync(join(out, 'signin.html'), pages.signIn);
  writeFileSync(join(out, 'index.html'), pages.index);
  const styleHashes = [reactAriaStyleHash()];
  writeFileSync(join(out, 'page.json'), `${JSON.stringify({ styleHashes, routes: pages.routes })}\n`);
  copyLicenses(join(out, 'licenses'));
  await Promise.all(readdirSync(assets).map((file) => compress(join(assets, file))));
  return [...Object.keys(metafile.inputs), ...['index.html', 'signin.html', 'build.ts'].map(inWorkspace)];
}

const inWorkspace = (file: string): string => relative(process.cwd(), join(web, file));

/**
 * Fills the names of the built files into the pages. Each route of the page has a form of its own, which preloads the code
 * of the route: the browser would learn of it from that of the frame. Both fonts are preloaded, so that the text never
 * moves.
 */
function pagesOf({ inputs, outputs }: Metafile, assets: string) {
  const files = Object.entries(outputs);
  const nameOf = (path: string) => `/app/assets/${relative(assets, path)}`;
  const built = (source: string): string => {
    const found = files.find(([, { entryPoint }]) => entryPoint === source);
    if (found === undefined) throw new Error(`esbuild made no file of ${source}.`);
    return found[0];
  };
  const withImports = (path: string): string[] => [
    path,
    ...outputs[path]!.imports.filter(({ kind }) => kind === 'import-statement').flatMap((one) => withImports(one.path)),
  ];
  const fonts = files
    .filter(([path]) => /-latin-wght.*\.woff2$/.test(path))
    .map(([path]) => `<link rel="preload" href="${nameOf(path)}" as="font" type="font/woff2" crossorigin>`);
  const fill = (
    page: 'index' | 'signin',
    scripts: Readonly<Record<string, string>>,
    further: readonly string[] = [],
  ) => {
    const modules = new Set([...Object.values(scripts), ...further].flatMap(withImports));
    for (const script of Object.values(scripts)) modules.delete(script);
    const preloads = [...modules].map((path) => `<link rel="modulepreload" href="${nameOf(path)}">`);
    return Object.entries({ ...scripts, 'main.css': built(inWorkspace('src/style/index.css')) }).reduce(
      (html, [name, path]) => html.replace(`{{${name}}}`, nameOf(path)),
      readFileSync(join(web, `${page}.html`), 'utf8')
        .replace('{{fonts}}', fonts.join('\n    '))
        .replace('{{modules}}', preloads.join('\n    ')),
    );
  };
  const scripts = {
    'start.js': built(inWorkspace('src/start.ts')),
    'main.js': built(inWorkspace('src/main.tsx')),
  };
  const routes = [
    ...readFileSync(join(web, 'src/routes.ts'), 'utf8').matchAll(/path: '(.+)',[^}]+import\('\.(.+)'\)/g),
  ];
  const imports = inputs[inWorkspace('src/routes.ts')]!.imports.filter(({ kind }) => kind === 'dynamic-import');
  if (routes.length !== imports.length)
    throw new Error('web/src/routes.ts has a route that web/build.ts does not find.');
  return {
    signIn: fill('signin', { 'signin.js': built(inWorkspace('src/session/signin.tsx')) }),
    index: fill('index', scripts),
    routes: routes.map(([, path, code]) => ({
      path,
      html: fill('index', scripts, [built(inWorkspace(`src${code}`))]),
    })),
  };
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
