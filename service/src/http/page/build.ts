import { readdirSync, readFileSync } from 'node:fs';
import { extname, join } from 'node:path';
import * as z from 'zod';

/** A file of the page, with the encodings that were made when it was built. */
export interface PageFile {
  readonly type: string;
  readonly body: Buffer;
  readonly br?: Buffer;
  readonly gzip?: Buffer;
}

export interface PageRoute {
  /** Matches the path of a request, with or without the slash at its end. */
  readonly pattern: RegExp;
  readonly file: PageFile;
}

/** The page as `scripts/build.ts` writes it into `dist/app`, in memory. */
export interface PageBuild {
  readonly index: PageFile;
  /** Forms of `index` that preload the code of a route. */
  readonly routes: readonly PageRoute[];
  readonly signIn: PageFile;
  /** By name, such as `main-3F2A.js`. */
  readonly assets: ReadonlyMap<string, PageFile>;
  /** Hashes of constant styles that the policy allows, such as `sha256-...`. */
  readonly styleHashes: readonly string[];
}

const types: Readonly<Record<string, string>> = {
  '.css': 'text/css; charset=utf-8',
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.png': 'image/png',
  '.svg': 'image/svg+xml',
  '.txt': 'text/plain; charset=utf-8',
  '.woff2': 'font/woff2',
};

const description = z.object({
  styleHashes: z.array(z.string().regex(/^sha(256|384|512)-[A-Za-z0-9+/]+={0,2}$/)),
  routes: z.array(z.object({ path: z.string().regex(/^\/app(\/:?[a-z]+)*$/), html: z.string() })),
});

/** @returns undefined where the page was not built */
export function readPageBuild(folder: string): PageBuild | undefined {
  const assets = join(folder, 'assets');
  let names: string[];
  try {
    names = readdirSync(assets);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
  const read = (path: string): PageFile => ({
    type: types[extname(path)] ?? 'application/octet-stream',
    body: readFileSync(path),
    br: readIfThere(`${path}.br`),
    gzip: readIfThere(`${path}.gz`),
  });
  const plain = names.filter((name) => !name.endsWith('.br') && !name.endsWith('.gz'));
  const { styleHashes, routes } = description.parse(JSON.parse(readFileSync(join(folder, 'page.json'), 'utf8')));
  return {
    index: read(join(folder, 'index.html')),
    signIn: read(join(folder, 'signin.html')),
    assets: new Map(plain.map((name) => [name, read(join(assets, name))])),
    styleHashes,
    routes: routes.map(({ path, html }) => ({
      pattern: new RegExp(`^${path.slice('/app'.length).replaceAll(/:[a-z]+/g, '[^/]+')}/?$`),
      file: { type: types['.html']!, body: Buffer.from(html) },
    })),
  };
}

function readIfThere(path: string): Buffer | undefined {
  try {
    return readFileSync(path);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}
