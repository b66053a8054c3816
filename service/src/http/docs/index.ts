import { readFileSync } from 'node:fs';
import { extname, join } from 'node:path';
import type { RequestHandler } from 'express';
import { initScript, page } from './page.ts';

export interface DocsProps {
  /** Folder that holds {@link docsAssets}: `node_modules/swagger-ui-dist`, or a copy of them beside the bundle. */
  readonly assets: string;
}

/** The files of swagger-ui-dist that the page uses. */
export const docsAssets = ['swagger-ui.css', 'swagger-ui-bundle.js', 'favicon-32x32.png'] as const;

/**
 * Nothing from elsewhere and nothing inline: a note that is tried out on the page stays between browser and service.
 * Swagger UI draws its icons from `data:` addresses.
 */
const POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self' data:",
  "connect-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join(';');

interface Document {
  readonly type: string;
  readonly body: Buffer;
}

/**
 * Serves the page that shows and tries the API, to be mounted at `/docs`. `openapi.json` is expected beside it. Every
 * file is read once and served from memory: a client that does not read its answer holds no file open.
 */
export function createDocs(props: DocsProps): RequestHandler {
  const documents = new Map<string, () => Document | undefined>([
    ['/', () => ({ type: 'text/html; charset=utf-8', body: Buffer.from(page) })],
    ['/init.js', () => ({ type: 'text/javascript; charset=utf-8', body: Buffer.from(initScript) })],
    ...docsAssets.map((file) => [`/${file}`, () => readDocument(props.assets, file)] as const),
  ]);
  const read = new Map<string, Document>();
  const documentAt = (path: string): Document | undefined => {
    const found = read.get(path) ?? documents.get(path)?.();
    if (found) read.set(path, found);
    return found;
  };
  return (request, response, next) => {
    response.setHeader('Content-Security-Policy', POLICY);
    const [path = ''] = request.originalUrl.split('?', 1);
    const isRead = request.method === 'GET' || request.method === 'HEAD';
    if (isRead && request.path === '/' && !path.endsWith('/')) {
      // Without the slash the page's relative addresses would miss its folder.
      response.writeHead(308, { Location: `${path.slice(path.lastIndexOf('/') + 1)}/`, 'Content-Length': 0 }).end();
      return;
    }
    const document = isRead ? documentAt(request.path) : undefined;
    if (!document) next();
    else {
      response.writeHead(200, { 'Content-Type': document.type, 'Content-Length': document.body.length });
      response.end(document.body);
    }
  };
}

const types: Readonly<Record<string, string>> = {
  '.css': 'text/css; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.png': 'image/png',
};

function readDocument(folder: string, file: string): Document | undefined {
  try {
    return { type: types[extname(file)]!, body: readFileSync(join(folder, file)) };
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}
