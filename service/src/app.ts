import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import { contract } from '@healthcare-ai/contract';
import express, { type ErrorRequestHandler, type Request, type RequestHandler, type Response } from 'express';
import { allowOrigins } from './http/cors.ts';
import { bearerGate, type Gate } from './http/gates.ts';
import { contextOf, Handling, type HandlingOptions, setHeaders } from './http/handling.ts';
import { addPage, type Page } from './http/page/add-page.ts';
import { problems } from './http/problems.ts';
import type { Readiness } from './http/readiness.ts';
import type { RequestContext } from './http/request-context.ts';
import type { Route } from './http/route.ts';
import { addEndpoints, type Endpoint } from './http/route-table.ts';
import { healthRoutes } from './http/routes/health.ts';
import { securityHeaders } from './http/security-headers.ts';
import type { Authenticator } from './identity/authenticator.ts';

export interface AppDependencies extends Omit<HandlingOptions, 'headers'> {
  readonly version: string;
  readonly routes: readonly Route[];
  readonly readiness: Readiness;
  /** Origins whose pages may call the API. */
  readonly corsOrigins: readonly string[];
  /** Builds the OpenAPI document; called when it is first requested. */
  readonly openApi: () => unknown;
  /** Serves the documentation page. */
  readonly docs: RequestHandler;
  readonly authenticator: Authenticator;

  /** @default - no page */
  readonly page?: Page;
}

/** Builds the application. Nothing is started, and nothing is kept outside of it. */
export function createApp(use: AppDependencies): RequestListener {
  const app = express();
  app.disable('x-powered-by');
  app.disable('etag');
  app.set('query parser', false);
  app.set('case sensitive routing', true);

  const headers = securityHeaders();
  const handling = new Handling({ ...use, headers });
  const bearer = bearerGate(use.authenticator);
  app.use((request, response, next) => {
    if (handling.begin(request, response)) next();
  });
  if (use.page) addPage(app, handling, { ...use, ...use.page, headers });
  // Behind the page and its sessions: no page of another origin may read those.
  if (use.corsOrigins.length > 0) allowOrigins(app, use.corsOrigins, headers);
  const endpoints = use.routes.map((route) => handling.endpoint(bearer, route));
  addEndpoints(app, [...endpoints, ...openEndpoints(use, handling)], handling.refuseMethod());
  app.use('/docs', setHeaders(headers), (request, response, next) => {
    contextOf(response).route = '/docs';
    use.docs(request, response, next);
  });
  app.use('/docs', handling.onlyRead);
  app.use(handling.notFound);
  app.use(((error, _request, response, _next) => {
    const status = (error as { status?: unknown }).status;
    // The router's own faults, such as a path that does not decode, are the client's.
    if (typeof status === 'number' && status >= 400 && status < 500) handling.refuse(response, problems.notFound());
    else handling.fail(error, response);
  }) satisfies ErrorRequestHandler);

  // CORS is a middleware of Express, so with it everything goes through.
  return use.corsOrigins.length > 0 ? app : pastExpress(app, handling, bearer, use.routes);
}

/** What answers without a credential, apart from the documentation page. */
function openEndpoints(use: AppDependencies, { respond }: Handling): Endpoint[] {
  const open = (path: string, answer: (context: RequestContext, response: Response) => unknown): Endpoint => ({
    method: 'GET',
    path,
    handler(_request, response) {
      const context = contextOf(response);
      context.route = path;
      return answer(context, response) as Promise<void>;
    },
  });
  let openApi: Buffer | undefined;
  return [
    ...[...healthRoutes(use)].map(([path, answer]) =>
      open(path, async (context, response) => {
        const { status, body } = await answer();
        respond.json(response, context, status, body);
      }),
    ),
    open('/', (context, response) => respond.json(response, context, 200, serviceInfo(use.version))),
    open('/openapi.json', (context, response) => {
      openApi ??= Buffer.from(JSON.stringify(use.openApi()));
      respond.document(response, context, openApi);
    }),
  ];
}

/**
 * Express and its router cost as much as the whole of node:http (`npm run bench`): what is posted to an exact path goes
 * past them.
 */
function pastExpress(
  app: (request: IncomingMessage, response: ServerResponse) => void,
  handling: Handling,
  gate: Gate,
  routes: readonly Route[],
): RequestListener {
  const routeOf = new Map(routes.filter(isPostToExactPath).map((route) => [route.path, route]));
  return (incoming, outgoing) => {
    const route = incoming.method === 'POST' ? routeOf.get(incoming.url!) : undefined;
    const [request, response] = [incoming as Request, outgoing as Response];
    if (!route) app(request, response);
    else if (handling.begin(request, response)) {
      handling.run(gate, route, request, response).catch((error) => handling.fail(error, response));
    }
  };
}

const isPostToExactPath = ({ method, path }: Route): boolean => method === 'POST' && !path.includes('{');

const serviceInfo = (version: string) => ({
  service: 'healthcare-ai',
  version,
  description: 'Ingests clinical notes durably and keeps an audit trail of every access.',
  documentation: '/docs',
  openapi: '/openapi.json',
  health: contract.paths.health,
});
