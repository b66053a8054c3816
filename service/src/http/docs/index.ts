import { type RequestHandler, Router } from 'express';
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

/** Serves the page that shows and tries the API, to be mounted at `/docs`. `openapi.json` is expected beside it. */
export function createDocs(props: DocsProps): RequestHandler {
  const router = Router({ strict: true });
  router.use((_request, response, next) => {
    response.setHeader('Content-Security-Policy', POLICY);
    next();
  });
  router.get('/', (request, response) => {
    // Without the slash the page's relative addresses would miss its folder.
    const [path = ''] = request.originalUrl.split('?', 1);
    if (!path.endsWith('/')) response.redirect(308, `${path.slice(path.lastIndexOf('/') + 1)}/`);
    else response.type('html').send(page);
  });
  router.get('/init.js', (_request, response) => {
    response.type('js').send(initScript);
  });
  for (const file of docsAssets) {
    router.get(`/${file}`, (_request, response, next) => {
      const options = { root: props.assets, cacheControl: false, etag: false, lastModified: false };
      response.sendFile(file, options, (error) => {
        if (error && !response.headersSent) next();
      });
    });
  }
  return router;
}
